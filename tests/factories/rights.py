"""Requests of people for what is held on them, made by the actions."""

from datetime import date, datetime
from typing import Any

from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.rights.actions import (
    Told,
    add_subject,
    decide_file,
    decide_on_person,
    gather,
    register_request,
    release_copy,
)
from baton.rights.models import AccessRequest, Release
from baton.rights.queries.gathered import documents_of, hidden_by, people_marked
from tests.factories.places import Place
from tests.factories.times import MONDAY


def what_is_told(**told: Any) -> Told:
    """A mother asks for what is held on herself; `told` changes it."""
    usual: dict[str, Any] = {
        "asked_by": "Marigold Quillfeather",
        "asks_as": "themselves",
        "reach": "1 Test Street, DT1 1XJ",
        "about": "Marigold Quillfeather, 3 February 1988",
        "channel": "letter",
        "received_on": MONDAY.date(),
        "identity_how": "Known to the worker",
    }
    return Told(**usual | told)


def an_access_request(*, by: User, at: datetime = MONDAY, **told: Any) -> AccessRequest:
    """A request that a member of staff registered."""
    with acting_as(by):
        return register_request(told=what_is_told(**told), by=by, at=at)


def a_request_about(
    place: Place,
    *,
    given_name: str = "Marigold",
    family_name: str = "Quillfeather",
    born: date = date(1988, 2, 3),
    at: datetime = MONDAY,
) -> AccessRequest:
    """A request with the person it is about found on record."""
    request = an_access_request(by=place.governance, at=at)
    with acting_as(place.governance):
        named = {"given_name": given_name, "family_name": family_name, "born": born}
        return add_subject(request=request, **named, by=place.governance, at=at)


def a_gathered_request(place: Place, at: datetime = MONDAY) -> AccessRequest:
    """A request about the mother for which everything was gathered."""
    request = a_request_about(place, at=at)
    with acting_as(place.governance):
        return gather(request=request, by=place.governance, at=at)


def a_released_copy(place: Place, at: datetime = MONDAY) -> Release:
    """A copy in which everybody else is hidden, with the files of the documents that are left."""
    request = a_gathered_request(place, at=at)
    with acting_as(place.governance):
        hide_everybody_else(request, by=place.governance, at=at)
        give_every_file(request, by=place.governance, at=at)
        return release_copy(request=request, by=place.governance, at=at)


def hide_everybody_else(request: AccessRequest, *, by: User, at: datetime = MONDAY) -> None:
    """Decide on every mark: hide it."""
    for named in people_marked(request.pk):
        decision = {"state": "hidden", "reason": "another", "note": ""}
        decide_on_person(request=request, name=named["name"], **decision, by=by, at=at)


def give_every_file(request: AccessRequest, *, by: User, at: datetime = MONDAY) -> None:
    """Decide on the file of each document whose row is shown: give it."""
    for item in documents_of(request.pk):
        if hidden_by(item) is None:
            decide_file(item=item, is_given=True, reason="", note="", by=by, at=at)
