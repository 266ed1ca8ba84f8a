"""Looks at a request before it led to a family stand with the looks at the family, for those who read these."""

import pytest
from django.urls import reverse

from baton.governance.queries.logs import looks_at
from baton.platform.guard import acting_as
from baton.requests.actions import Answer, screen
from baton.requests.models import HelpRequest
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_place
from tests.factories.guarded import a_restriction
from tests.factories.requests import a_request
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
OPEN = "locality_early_help"


def looked_at_and_answered(place: Place, code: str = OPEN) -> HelpRequest:
    """A request that the hub opened, and then answered for the team."""
    asked = a_request(by=place.teacher)
    page_client(place.hub_adviser).get(reverse("request", args=[asked.pk]))
    opened = {"level": 2, "team": place.team} if code == OPEN else {}
    with acting_as(place.hub_adviser):
        answer = Answer(code, "why", "told", "phone", **opened)  # type: ignore[arg-type]
        return screen(request=asked, answer=answer, place="dorset", by=place.hub_adviser, at=MONDAY)


def test_the_hubs_look_before_there_was_a_family_is_told_to_who_watches_it() -> None:
    place = a_place()
    request = looked_at_and_answered(place)
    said = f"{place.hub_adviser.name} opened the request {request.reference}"
    for who in (place.manager, place.service_manager, place.governance):
        page = words_of(page_client(who).get(reverse("looks", args=[request.family_id])))
        assert said in page
        assert page.count(place.hub_adviser.name) == 2  # … once among the people, and once with what they opened


def test_of_a_request_of_another_family_or_of_none_nothing_is_told() -> None:
    place = a_place()
    request, other = looked_at_and_answered(place), looked_at_and_answered(place)
    signposted = looked_at_and_answered(place, "advice_and_information")
    page = words_of(page_client(place.manager).get(reverse("looks", args=[request.family_id])))
    assert other.reference not in page
    assert signposted.family_id is None
    assert signposted.reference not in page


def test_who_does_not_hold_the_family_reads_no_such_look() -> None:
    place = a_place()
    request = looked_at_and_answered(place)
    assert request.family_id is not None
    assert page_client(place.other_manager).get(reverse("looks", args=[request.family_id])).status_code == 404
    for who in (place.other_manager, place.worker):
        with acting_as(who):
            assert not looks_at(request.family_id).exists()


def test_of_a_restricted_family_who_is_not_named_reads_no_such_look_and_governance_does() -> None:
    place = a_place()
    request = looked_at_and_answered(place)
    assert request.family_id is not None
    a_restriction(place, request.family_id, place.manager)
    with acting_as(place.service_manager):
        assert not looks_at(request.family_id).exists()
    with acting_as(place.manager):
        assert looks_at(request.family_id).exists()
    said = words_of(page_client(place.governance).get(reverse("looks", args=[request.family_id])))
    assert f"opened the request {request.reference}" in said
