"""Reads of requests for what is held on somebody, and their clocks."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.rights.models import AccessRequest, Stop, Subject
from baton.rights.policies import clock


def get_request(access_id: int) -> AccessRequest:
    """One request, whom it is about and what stopped it, if the asker may see it; `Http404` if not. Three queries."""
    found = AccessRequest.objects.select_related("registered_by", "identity_by", "extended_by", "answered_by")
    return get_object_or_404(found.prefetch_related("subjects", "stops"), pk=access_id)


def get_stop(stop_id: int) -> Stop:
    """What somebody was asked for, with its request; `Http404` otherwise. Two queries."""
    return get_object_or_404(Stop.objects.select_related("request"), pk=stop_id)


def get_subject(subject_id: int) -> Subject:
    """Somebody a request is about, with the request; `Http404` otherwise. One query."""
    return get_object_or_404(Subject.objects.select_related("request"), pk=subject_id)


def open_requests() -> list[AccessRequest]:
    """Requests nobody answered yet, the first due first, those whose clock stands last. Three queries."""
    found = AccessRequest.objects.filter(answered_on__isnull=True).prefetch_related("subjects", "stops")
    return sorted(found, key=lambda each: (clock.due_on(asked_of(each)) or date.max, each.received_on))


def answered_requests() -> QuerySet[AccessRequest]:
    """Requests that were answered, the latest first. One query a page, and two for what belongs to them."""
    found = AccessRequest.objects.filter(answered_on__isnull=False).prefetch_related("subjects", "stops")
    return found.order_by("-answered_on", "-pk")


def asked_of(request: AccessRequest) -> clock.Asked:
    """What the request's clock is counted from. No query where `stops` were read with it."""
    stops = [
        clock.Stop(each.kind == Stop.Kind.IDENTITY, each.asked_on, each.answered_on) for each in request.stops.all()
    ]
    return clock.Asked(request.received_on, tuple(stops), request.extended_on)


def count_by_urgency(*, on: date) -> dict[str, int]:
    """How many open requests are overdue, due soon, and stand still, for the home page. Three queries."""
    states = [state_of(each, on=on) for each in open_requests()]
    return {"open": len(states)} | {state: states.count(state) for state in ("overdue", "due_soon", "stopped")}


def state_of(request: AccessRequest, *, on: date) -> str:
    """ "answered", "stopped", "overdue", "due_soon" or "running"."""
    if request.is_answered:
        return "answered"
    due = clock.due_on(asked_of(request))
    if due is None:
        return "stopped"
    return "overdue" if due < on else "due_soon" if due - on <= clock.SOON else "running"
