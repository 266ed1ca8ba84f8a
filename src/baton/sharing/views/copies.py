"""The copies that leave: each says whom it is for and under what, and is made on the day its decision is recorded."""

from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baton.assessments import presenters as assessments
from baton.assessments.queries import assessment_in_full
from baton.chronology.presenters import copied_in_words
from baton.chronology.queries import get_copy
from baton.episodes.queries.episodes import get_episode
from baton.plans.views.pages import about
from baton.plans.views.plan import in_words
from baton.platform import clock, pdf
from baton.platform.access import note_look
from baton.platform.dates_in_words import moment
from baton.platform.models import User
from baton.practice.calendar import day_of
from baton.relationships.presenters.on_paper import ecomap_paper, genogram_paper
from baton.sharing.models import Decision
from baton.sharing.presenters import handed_out, share_url
from baton.sharing.queries import get_decision

WHAT = Decision.What


def copy_to_hand_out(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The document that a decision lets go, on the day it was recorded and while its agreement stands."""
    decision = get_decision(decision_id)
    make = COPIES.get(WHAT(decision.what))
    if make is None or not decision.is_shared or decision.record_id is None:
        raise Http404("This decision is about no document.")
    stands = decision.agreement is None or decision.agreement.stands
    lets_it_go = stands and day_of(decision.recorded_at) == clock.today()
    note_look(
        family_id=decision.family_id,
        what=f"{decision.what} to hand out" if lets_it_go else "decision about sharing",
        why=f"Decision {decision.pk}: to {decision.receiver}",
        by=cast(User, request.user),
        at=clock.now(),
    )
    return make(request, decision, decision.record_id) if lets_it_go else _decide_again(request, decision)


def _decide_again(request: HttpRequest, decision: Decision) -> HttpResponse:
    context = {"title": "Decide again", "decision": decision, "family": decision.family, "back": _back(decision)}
    return render(request, "sharing/decide_again.html", context)


def _picture(request: HttpRequest, decision: Decision, record_id: int) -> HttpResponse:
    shown_on = decision.shown_on or day_of(decision.recorded_at)
    paper = genogram_paper if decision.what == WHAT.GENOGRAM else ecomap_paper
    by = cast(User, request.user).name
    made = f"{handed_out(decision)} Made by {by} on {moment(clock.now())}."
    response = HttpResponse(
        pdf.pdf_of("picture", {**paper(decision.family, on=shown_on), "made": made}), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{decision.what}.pdf"'
    return response


def _plan(request: HttpRequest, decision: Decision, record_id: int) -> HttpResponse:
    episode, on = get_episode(record_id), clock.today()
    context = {
        **in_words(episode, on=on),
        "printed_on": on,
        "handed_out": handed_out(decision),
        "back": _back(decision),
        **about(episode),
    }
    return render(request, "plans/plan_to_print.html", context)


def _assessment(request: HttpRequest, decision: Decision, record_id: int) -> HttpResponse:
    full = assessment_in_full(record_id, on=clock.today())
    context = {
        **assessments.written(full),
        "comments": (),  # what the manager said to the worker stays here
        "title": assessments.title_of(full),
        "family": decision.family,
        "handed_out": handed_out(decision),
        "back": _back(decision),
    }
    return render(request, "sharing/assessment.html", context)


def _chronology(request: HttpRequest, decision: Decision, record_id: int) -> HttpResponse:
    found = get_copy(record_id)
    context = {
        "title": found.title,
        "family": found.family,
        "copy": found,
        "rows": copied_in_words(found.entries.all()),
        "purpose": found.purpose,
        "printed_on": clock.today(),
        "handed_out": handed_out(decision),
    }
    return render(request, "chronology/on_paper.html", context)


def _back(decision: Decision) -> dict[str, str]:
    return {"href": share_url(decision.family_id, decision.what, decision.record_id or 0), "text": "Back"}


COPIES: dict[WHAT, Callable[[HttpRequest, Decision, int], HttpResponse]] = {
    WHAT.GENOGRAM: _picture,
    WHAT.NETWORK: _picture,
    WHAT.PLAN: _plan,
    WHAT.ASSESSMENT: _assessment,
    WHAT.CHRONOLOGY: _chronology,
}
