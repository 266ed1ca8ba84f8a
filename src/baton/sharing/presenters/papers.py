"""The papers that leave by a decision: each a PDF that says whom it is for, under what, and by whose decision."""

from collections.abc import Callable, Iterable
from typing import Any

from baton.assessments import presenters as assessments
from baton.assessments.queries import assessment_in_full
from baton.chronology.presenters import copied_in_words
from baton.chronology.queries import get_copy
from baton.episodes.queries.episodes import get_episode, present_allocation
from baton.episodes.queries.stories import framework_of
from baton.people.models import Family
from baton.plans.presenters.plan import GoalInWords, goals_in_words, terms_in_words
from baton.plans.queries import plan_in_full
from baton.platform.dates_in_words import long_day, moment
from baton.platform.pdf import pdf_of
from baton.practice.calendar import day_of
from baton.relationships.presenters.on_paper import ecomap_paper, genogram_paper
from baton.rights.presenters.corrections import Beside
from baton.sharing.models import Decision
from baton.sharing.presenters.decisions import handed_out

WHAT = Decision.What
Paper = dict[str, Any]
NO_LONGER_NEEDED = "dropped"


def copy_that_leaves(decision: Decision) -> bytes:
    """The PDF of what a decision lets go, as it stands when the decision is recorded. `Http404` where there is none."""
    template, paper = PAPERS[WHAT(decision.what)]
    made = f"{handed_out(decision)} Made by {decision.recorded_by.name} on {moment(decision.recorded_at)}."
    return pdf_of(template, paper(decision) | {"made": made})


def block(title: str = "", level: int = 0, **said: Any) -> Paper:
    """A part of a document: a heading of a level or none, then lines, texts, points and the rows of a table."""
    return {"title": title, "level": level, "lines": [], "texts": [], "points": [], "table": []} | said


def _genogram(decision: Decision) -> Paper:
    paper = genogram_paper(_family(decision), on=decision.shown_on or day_of(decision.recorded_at))
    return paper | {"against": _against_picture(decision, "relationships_relationship", paper["records"])}


def _ecomap(decision: Decision) -> Paper:
    paper = ecomap_paper(_family(decision), on=decision.shown_on or day_of(decision.recorded_at))
    return paper | {"against": _against_picture(decision, "relationships_networktie", paper["records"])}


def _against_picture(decision: Decision, table: str, records: list[tuple[int, str]]) -> list[str]:
    """What people say is wrong in a picture, each after the sentence it is about."""
    beside = Beside(decision.family_id)
    return [f"{sentence}. {each.line}" for number, sentence in records for each in beside.record(table, number)]


def _plan(decision: Decision) -> Paper:
    on, episode = day_of(decision.recorded_at), get_episode(decision.record_id or 0)
    plan = plan_in_full(episode.pk)
    agreed = plan is not None and plan.agreed_at is not None
    said = f"We agreed this plan on {long_day(plan.agreed_at)}: {plan.agreed_with}." if plan and agreed else ""
    against = _said_against(decision, "plans_plan", plan.pk) if plan else []
    blocks = [block(texts=[said or "This plan is a draft: it has not been agreed yet.", *against])]
    for goal in goals_in_words(plan, framework_of(episode), on=on):
        blocks += _goal(goal)
    terms = [[key, value] for key, value in terms_in_words(plan)]
    blocks.append(block("How we will work together", 2, lines=terms))
    allocation = present_allocation(episode)
    if allocation:
        lead = allocation.practitioner
        told = [lead.name, lead.job_title, lead.organisation.name, f"telephone {lead.phone}" if lead.phone else ""]
        blocks.append(block("Who to talk to", 2, texts=[", ".join(each for each in told if each)]))
    return _document(decision, "Our plan", blocks)


def _goal(goal: GoalInWords) -> Iterable[Paper]:
    yield block(f"What we want, number {goal.number}: {goal.wanted}", 2)
    for action in goal.actions:
        points = [f"Who: {action.owner}", f"By when: {action.due}", f"We will know because: {action.how_we_know}"]
        ended = ". ".join(each for each in (action.ended, action.note) if each)
        yield block(action.what, 3, points=[*points, ended] if ended else points)


def _assessment(decision: Decision) -> Paper:
    full = assessment_in_full(decision.record_id or 0, on=day_of(decision.recorded_at))
    written = assessments.written(full)  # what the manager said to the worker is left out: it stays here
    against = _said_against(decision, "assessments_assessment", full.assessment.pk)
    blocks = [block(lines=_plain(written["standing"]), texts=against)]
    blocks.append(block("How the assessment was planned", 2, lines=_plain(written["plan"])))
    for section in written["sections"]:
        blocks.append(block(section["title"], 2))
        for group in section["groups"]:
            blocks += _group(group)
    blocks.append(block("Outcomes", 2))
    blocks += [
        block(group["title"], 3, points=list(group["outcomes"]) or ["None"]) for group in written["outcome_groups"]
    ]
    return _document(decision, assessments.title_of(full), blocks)


def _group(group: dict[str, Any]) -> Iterable[Paper]:
    if group["name"]:
        yield block(group["name"], 3)
    for answer in group["answers"]:
        said = [[label, text] for label, text in answer["texts"]]
        yield block(answer["title"], 4 if group["name"] else 3, lines=[*said, ["Written by", answer["by"]]])


def _chronology(decision: Decision) -> Paper:
    copy = get_copy(decision.record_id or 0)
    rows = [
        [
            row.when,
            "\n".join(each for each in (row.title, row.text, f"What it meant: {row.why}" if row.why else "") if each),
            row.about,
            "\n".join(each for each in (row.agency, row.source) if each),
        ]
        for row in copied_in_words(copy.entries.all())
    ]
    head = ["When", "What", "Who", "Where it is known from"]
    made = f"Copied on {moment(copy.made_at)} by {copy.made_by.name}. The words are those of that day."
    return _document(decision, copy.title, [block(texts=[copy.purpose, made], table=[head, *rows])])


def _document(decision: Decision, title: str, blocks: list[Paper]) -> Paper:
    return {
        "title": title,
        "caption": f"{_family(decision).name} family",
        "handed_out": handed_out(decision),
        "stood": f"As it stood on {long_day(decision.recorded_at)}.",
        "blocks": blocks,
    }


def _plain(rows: Iterable[tuple[str, Any]]) -> list[list[str]]:
    return [[key, str(value)] for key, value in rows if value]


def _said_against(decision: Decision, table: str, record_id: int) -> list[str]:
    """What people say is wrong in it goes with each copy."""
    return [each.line for each in Beside(decision.family_id).record(table, record_id)]


def _family(decision: Decision) -> Family:
    return decision.family


PAPERS: dict[WHAT, tuple[str, Callable[[Decision], Paper]]] = {
    WHAT.GENOGRAM: ("picture", _genogram),
    WHAT.NETWORK: ("picture", _ecomap),
    WHAT.PLAN: ("document", _plan),
    WHAT.ASSESSMENT: ("document", _assessment),
    WHAT.CHRONOLOGY: ("document", _chronology),
}
