"""Requests of people for what is held on them, made by the actions."""

from datetime import date, datetime
from typing import Any

from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.rights.actions import Told, add_subject, register_request
from baton.rights.models import AccessRequest
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
