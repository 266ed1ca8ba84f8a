"""Assessments and scores as pages show them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse

from baton.assessments.forms import LABELS
from baton.assessments.models import Assessment, OutcomeView, ToolScore
from baton.assessments.policies import TO_SUBMIT, children_are_in_every_section, every_child_is_heard
from baton.assessments.queries import Asked, Awaited, InFull, facts_to_submit
from baton.people.models import FamilyMember
from baton.platform import dates_in_words
from baton.practice.frameworks import Framework

Shown = dict[str, Any]


# --- where things are --------------------------------------------------------------------------------------------


def address_of(assessment: Assessment, asked: Asked) -> str:
    """The page of one question about one person, or about the family."""
    if asked.person_id is None:
        return reverse("assessment-question", args=[assessment.pk, asked.question.id])
    return reverse("assessment-question-about", args=[assessment.pk, asked.question.id, asked.person_id])


def caption(assessment: Assessment, asked: Asked | None = None) -> str:
    """The line above a heading: whose assessment, and which part of it is about whom."""
    family = f"{assessment.family.name} family"
    if asked is None:
        return family
    return f"{asked.section.title}: {asked.person.name}" if asked.person else f"{asked.section.title}: {family}"


def about(assessment: Assessment) -> Shown:
    """What `people/about_family.html` needs."""
    return {"family": assessment.family, "episode": assessment.episode, "part": "assessment"}


def title_of(full: InFull) -> str:
    """What the place calls it, with the number of a later version."""
    title = full.framework.assessment.title
    return title if full.assessment.number == 1 else f"{title}, version {full.assessment.number}"


# --- the list of what is asked -----------------------------------------------------------------------------------


def task_sections(full: InFull, half_typed: frozenset[str]) -> list[Shown]:
    """Each section with its questions as items of a task list, grouped by whom they are about."""
    return [
        {"title": section.title, "groups": _groups(full.assessment, list(asked), half_typed)}
        for section, asked in groupby(full.asked, key=lambda one: one.section)
    ]


def _groups(assessment: Assessment, asked: list[Asked], half_typed: frozenset[str]) -> list[Shown]:
    return [
        {
            "name": name,
            "id": f"{asked[0].section.id}-{number}",
            "items": [_item(assessment, one, half_typed) for one in of_one],
        }
        for number, (name, of_one) in enumerate(groupby(asked, key=_whom))
    ]


def _whom(asked: Asked) -> str:
    return asked.person.name if asked.person else ""


def _item(assessment: Assessment, asked: Asked, half_typed: frozenset[str]) -> Shown:
    address = address_of(assessment, asked)
    return {"text": asked.question.title, "href": address, "status": _status(asked, address in half_typed)}


def _status(asked: Asked, half_typed: bool) -> str:
    if half_typed:
        return "under_way"
    return "Written" if asked.written else "todo"


def progress(full: InFull) -> str:
    """How far the writing is, in one line."""
    written = sum(1 for asked in full.asked if asked.written)
    return f"{written} of {len(full.asked)} questions have something written."


def outcomes_item(full: InFull) -> Shown:
    """The outcomes as an item of a task list."""
    outcomes = len(full.framework.outcomes)
    return {
        "text": "Which outcomes does the family reach, and which need help?",
        "hint": f"{len(full.outcomes)} of {outcomes} looked at",
        "href": reverse("assessment-outcomes", args=[full.assessment.pk]),
        "status": "Written" if full.outcomes else "todo",
    }


def beside(full: InFull, asked: Asked) -> list[Shown]:
    """The same question about the others, for a way across."""
    others = [one for one in full.asked if one.question.id == asked.question.id and one != asked]
    return [
        {"name": one.person.name, "href": address_of(full.assessment, one), "written": bool(one.written)}
        for one in others
        if one.person
    ]


def missing(full: InFull) -> list[Shown]:
    """What has to be there before the assessment is submitted: the sentence, and where it is missing."""
    facts = facts_to_submit(full)
    where = {every_child_is_heard: facts.unheard, children_are_in_every_section: facts.unwritten}
    return [
        {"sentence": (policy.__doc__ or "").strip(), "where": where.get(policy, ())}
        for policy in TO_SUBMIT
        if not policy(facts)
    ]


# --- what is written ---------------------------------------------------------------------------------------------


def reading(full: InFull) -> list[Shown]:
    """Each section with what is written in it, grouped by whom it is about; without what is empty."""
    written = [asked for asked in full.asked if asked.written]
    return [
        {
            "title": section.title,
            "groups": [
                {"name": name, "answers": [_answer(one) for one in of_one]}
                for name, of_one in groupby(asked, key=_whom)
            ],
        }
        for section, asked in groupby(written, key=lambda one: one.section)
    ]


def written(full: InFull) -> Shown:
    """All that is written, as `assessments/written.html` shows it."""
    return {
        "standing": standing(full),
        "plan": plan_rows(full.assessment),
        "sections": reading(full),
        "outcome_groups": outcome_groups(full),
        "comments": full.comments,
    }


def _answer(asked: Asked) -> Shown:
    alone = len(asked.question.boxes) == 1
    texts = [("" if alone else LABELS[box], text) for box, text in asked.written.items()]
    return {"title": asked.question.title, "texts": texts, "by": _written_by(asked)}


def _written_by(asked: Asked) -> str:
    if asked.answer is None:
        return ""
    return f"{asked.answer.edited_by.name}, {dates_in_words.moment(asked.answer.edited_at)}"


def plan_rows(assessment: Assessment) -> list[tuple[str, str]]:
    """The plan for the assessment, without what is empty."""
    rows = (
        ("Focus", assessment.focus),
        ("When and where", assessment.when_and_where),
        ("Who to speak to", assessment.who_to_speak_to),
        ("Interpreter and aids", assessment.aids),
    )
    return [(key, text) for key, text in rows if text]


def outcome_groups(full: InFull) -> list[Shown]:
    """The outcomes marked, those there already and those that need help."""
    return [
        {
            "title": view.label,
            "outcomes": [each.title for each in full.framework.outcomes if full.outcomes.get(each.id) == view],
        }
        for view in (OutcomeView.View.NEEDED, OutcomeView.View.MET)
    ]


def standing(full: InFull) -> list[tuple[str, str]]:
    """Who did what with the assessment, and when."""
    one = full.assessment
    rows = [
        ("Depth", _depth(full)),
        ("Started", f"{dates_in_words.long_day(one.started_at)}, by {one.started_by.name}"),
    ]
    if one.submitted_at and one.submitted_by:
        rows.append(("Submitted", f"{dates_in_words.moment(one.submitted_at)}, by {one.submitted_by.name}"))
    if one.authorised_at and one.authorised_by:
        rows.append(("Authorised", f"{dates_in_words.moment(one.authorised_at)}, by {one.authorised_by.name}"))
    return rows


def _depth(full: InFull) -> str:
    level = full.assessment.level
    if level is None:
        return "All questions, as no level decides otherwise"
    titles = {each.number: each.title for each in full.framework.levels}
    return f"Level {level}: {titles.get(level, '')}".rstrip(": ")


def versions(others: Iterable[Assessment]) -> list[Shown]:
    """Other versions of the assessment, as links."""
    return [
        {
            "text": f"Version {one.number}, {dates_in_words.long_day(one.authorised_at or one.started_at)}",
            "href": reverse("assessment", args=[one.pk]),
            "state": one.state,
        }
        for one in others
    ]


# --- tools -------------------------------------------------------------------------------------------------------


def people_choices(members: Iterable[FamilyMember]) -> list[tuple[str, str]]:
    """The members of a family as choices, each with their part in it."""
    return [
        (str(member.person_id), f"{member.person.name} ({member.relationship or member.get_part_display().lower()})")
        for member in members
    ]


def score_rows(scores: Iterable[ToolScore], framework: Framework) -> list[tuple[str, ...]]:
    """Scores over time: tool, for whom, when, result, by whom; each tool's together, newest first."""
    titles = {tool.id: tool.title for tool in framework.tools}
    order = list(titles)
    ranked = sorted(scores, key=lambda score: order.index(score.tool) if score.tool in titles else len(order))
    return [
        (
            titles.get(score.tool, score.tool),
            score.person.name if score.person else "The family",
            dates_in_words.moment(score.scored_at),
            score.result,
            score.by.name,
        )
        for score in ranked
    ]


def awaited_lines(awaited: Iterable[Awaited], framework: Framework) -> Iterator[str]:
    """What the framework still waits for, a line each."""
    titles = {tool.id: tool.title for tool in framework.tools}
    for one in awaited:
        deadline = one.deadline
        joined = " and " if one.all_of_them else " or "
        tools = joined.join(title for tool, title in titles.items() if tool in one.tools)
        whom = f" with {deadline.person.name}" if deadline.person else ""
        due = f", by {dates_in_words.long_day(deadline.due_on)}" if deadline.due_on else ""
        yield f"{deadline.title}{whom}{due}: {tools}"
