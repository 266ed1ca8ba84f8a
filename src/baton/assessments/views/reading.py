"""Pages to read: an assessment with what there is to do in it, and all that is written."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.assessments import presenters
from baton.assessments.permissions import may_judge
from baton.assessments.queries import InFull, all_versions, assessment_in_full, paths_half_typed
from baton.assessments.states import AUTHORISED, BEING_WRITTEN, SUBMITTED
from baton.episodes.queries.episodes import present_allocation
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.routes import holder_of


def assessment(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """The assessment: while it is written the list of what is asked, afterwards what is written."""
    full = _looked_at(request, assessment_id, "assessment")
    if full.assessment.state in BEING_WRITTEN:
        return _list_of_questions(request, full)
    return _what_is_written(request, full)


def in_full(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """All that is written, on one page for reading and printing."""
    return _what_is_written(request, _looked_at(request, assessment_id, "assessment, in full"))


def _looked_at(request: HttpRequest, assessment_id: int, what: str) -> InFull:
    full = assessment_in_full(assessment_id, on=clock.today())
    note_look(family_id=full.assessment.family_id, what=what, by=cast(User, request.user), at=clock.now())
    return full


def _about(full: InFull) -> dict[str, Any]:
    allocation = present_allocation(full.assessment.episode)
    return presenters.about(full.assessment, allocation.practitioner if allocation else None)


def _list_of_questions(request: HttpRequest, full: InFull) -> HttpResponse:
    half_typed = paths_half_typed(holder=holder_of(request), under=request.path)
    context = {
        "title": presenters.title_of(full),
        "assessment": full.assessment,
        "comments": full.comments,
        "standing": presenters.standing(full),
        "plan": presenters.plan_rows(full.assessment),
        "progress": presenters.progress(full),
        "sections": presenters.task_sections(full, half_typed),
        "outcomes_item": presenters.outcomes_item(full),
        **_about(full),
    }
    return render(request, "assessments/assessment.html", context)


def _what_is_written(request: HttpRequest, full: InFull) -> HttpResponse:
    one = full.assessment
    others = [each for each in all_versions(one.episode) if each.pk != one.pk]
    newest = all(each.number < one.number for each in others)
    context = {
        "title": presenters.title_of(full),
        "assessment": one,
        "others": presenters.versions(others),
        "may_judge": one.state == SUBMITTED and may_judge(cast(User, request.user), one),
        "may_revise": one.state == AUTHORISED and newest and one.episode.is_open,
        "being_written": one.state in BEING_WRITTEN,
        **presenters.written(full),
        **_about(full),
    }
    return render(request, "assessments/in_full.html", context)
