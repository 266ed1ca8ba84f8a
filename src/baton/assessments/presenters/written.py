"""What is written in an assessment, for reading and printing."""

from collections.abc import Iterable
from itertools import groupby

from django.urls import reverse

from baton.assessments.models import Assessment, OutcomeView
from baton.assessments.presenters.addresses import Shown
from baton.assessments.presenters.asked import whom
from baton.assessments.presenters.boxes import LABELS
from baton.assessments.queries import Asked, InFull
from baton.platform import dates_in_words


def reading(full: InFull) -> list[Shown]:
    """Each section with what is written in it, grouped by whom it is about; without what is empty."""
    written = [asked for asked in full.asked if asked.written]
    return [
        {
            "title": section.title,
            "groups": [
                {"name": name, "answers": [_answer(one) for one in of_one]} for name, of_one in groupby(asked, key=whom)
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
