"""What an assessment asks, as a list of tasks, and what is still missing."""

from itertools import groupby

from django.urls import reverse

from baton.assessments.models import Assessment
from baton.assessments.policies import TO_SUBMIT, children_are_in_every_section, every_child_is_heard
from baton.assessments.presenters.addresses import Shown, address_of
from baton.assessments.queries import Asked, InFull, facts_to_submit


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
        for number, (name, of_one) in enumerate(groupby(asked, key=whom))
    ]


def whom(asked: Asked) -> str:
    """The name of whom a question is about; an empty text for the family as a whole."""
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
