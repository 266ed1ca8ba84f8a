"""Answers of the hub, and the ways a request comes to them."""

from datetime import timedelta

from baton.people.models import FamilyMember
from baton.platform.guard import acting_as
from baton.requests.actions import (
    Answer,
    link_person,
    screen,
)
from baton.requests.models import HelpRequest
from tests.factories import Place
from tests.factories.times import MONDAY

LATER = MONDAY + timedelta(hours=5)


SIGNPOST = Answer(
    decision="signpost",
    reason="One need.",
    answer="We spoke: the school nurse will help.",
    answered_how="phone",
    signposted_to="School nursing",
)


def opening(place: Place, **changes: object) -> Answer:
    """What opens early help in Dorset."""
    usual = {
        "decision": "locality_early_help",
        "reason": "Several agencies are needed.",
        "answer": "We spoke: a practitioner will call.",
        "answered_how": "phone",
        "level": 3,
        "team": place.team,
    }
    return Answer(**usual | changes)  # type: ignore[arg-type]


def screened(place: Place, request: HelpRequest, answer: Answer) -> HelpRequest:
    with acting_as(place.hub_adviser):
        return screen(request=request, answer=answer, place="dorset", by=place.hub_adviser, at=LATER)


def link_a_child(place: Place, request: HelpRequest, family_id: int) -> None:
    """Say that the first child named is the family's first child."""
    with acting_as(place.hub_adviser):
        child = FamilyMember.objects.filter(family_id=family_id, part="child").select_related("person").first()
        assert child is not None
        named = request.people.filter(part="child").first()
        assert named is not None
        link_person(named=named, person=child.person, by=place.hub_adviser, at=LATER)
