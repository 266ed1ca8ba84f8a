"""Requests, their clocks and their history in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from baton.platform.dates_in_words import day, long_day, moment
from baton.rights.models import AccessRequest
from baton.rights.policies import clock
from baton.rights.queries.requests import asked_of, state_of

# The same on every request, whoever it is about: nobody may learn from it whether a restricted family is concerned.
RESTRICTED = (
    "Records of restricted families are answered for by the people named for them, who are told of every request that "
    "concerns one. This page says so for each request, and never whether it is so for this one."
)


def rows_of(requests: Iterable[AccessRequest], *, on: date) -> list[dict[str, Any]]:
    """Requests as rows of a list."""
    return [
        {
            "href": reverse("access-request", args=[each.pk]),
            "reference": each.reference,
            "asked_by": each.asked_by,
            "received": long_day(each.received_on),
            "due": due_in_words(each),
            "state": state_of(each, on=on),
            "outcome": each.get_outcome_display() if each.outcome else "",
            "answered": long_day(each.answered_on),
        }
        for each in requests
    ]


def due_in_words(request: AccessRequest) -> str:
    """ "Friday 18 December 2026", or why there is no day."""
    if request.is_answered:
        return ""
    due = clock.due_on(asked_of(request))
    return day(due) if due else "The clock stands"


def facts_of(request: AccessRequest) -> list[tuple[str, str]]:
    """What was asked, and what is known of who asks."""
    rows = [
        ("Asked by", request.asked_by),
        ("Asks", request.get_asks_as_display()),
        ("They may because", request.authority),
        ("About", request.about),
        ("Wants", request.scope or "Everything that is held"),
        ("Answer goes to", request.reach),
        ("Came", f"{request.get_channel_display()}, {long_day(request.received_on)}"),
        ("Registered", f"{request.registered_by.name}, {moment(request.registered_at)}"),
        ("Known to be them by", _identity(request)),
        ("Takes longer because", request.extended_because),
        ("Answered", _answered(request)),
    ]
    return [(key, value) for key, value in rows if value]


def steps_in_words(request: AccessRequest) -> list[dict[str, str]]:
    """Every date of the clock with its rule and its source, the latest first."""
    return [
        {
            "on": long_day(each.on),
            "what": each.what,
            "due": long_day(each.due_on) or "no day yet",
            "why": each.why,
            "source": each.source,
        }
        for each in reversed(clock.steps(asked_of(request)))
    ]


def waiting_for(request: AccessRequest) -> dict[str, Any] | None:
    """What the person was asked for and has not sent."""
    stop = next((each for each in request.stops.all() if each.answered_on is None), None)
    return {"stop": stop, "asked": long_day(stop.asked_on)} if stop else None


def _identity(request: AccessRequest) -> str:
    if request.identity_by is None:
        return "Not known yet"
    return f"{request.identity_how} ({request.identity_by.name}, {long_day(request.identity_on)})"


def _answered(request: AccessRequest) -> str:
    if request.answered_by is None:
        return ""
    said = f"{request.get_outcome_display()}. {request.told_how}"
    return f"{said} ({request.answered_by.name}, {long_day(request.answered_on)})"
