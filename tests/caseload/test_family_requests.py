"""All requests about one family on a page of their own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from baton.platform.guard import acting_as
from baton.requests.actions import Answer, screen
from baton.requests.models import HelpRequest
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_place
from tests.factories.requests import NELL, a_request
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
OPEN = "locality_early_help"


@pytest.fixture
def place() -> Place:
    return a_place()


def answered(place: Place, answer: Answer, *, days: int = 0) -> HelpRequest:
    at = MONDAY + timedelta(days=days)
    asked = a_request(by=place.teacher, at=at)
    with acting_as(place.hub_adviser):
        return screen(request=asked, answer=answer, place="dorset", by=place.hub_adviser, at=at + timedelta(hours=2))


def a_family_that_asked_twice(place: Place) -> int:
    first = answered(place, Answer(OPEN, "why", "told", "phone", level=2, team=place.team))
    later = a_request(by=place.teacher, at=MONDAY + timedelta(days=9), people=(NELL,))
    advice = Answer("advice_and_information", "why", "told", "phone", family=first.family)
    at = MONDAY + timedelta(days=10)
    with acting_as(place.hub_adviser):
        screen(request=later, answer=advice, place="dorset", by=place.hub_adviser, at=at)
    assert first.family_id is not None
    return first.family_id


def test_every_request_stands_there_with_what_it_led_to(place: Place) -> None:
    family_id = a_family_that_asked_twice(place)
    client, address = page_client(place.worker), reverse("family-requests", args=[family_id])
    assert address in client.get(reverse("family", args=[family_id])).content.decode()
    page = words_of(client.get(address))
    assert page.index("14 October 2026") < page.index("5 October 2026")
    assert "Advice and information, 15 October 2026" in page
    assert "Open to locality early help, 5 October 2026" in page
    assert "From Tess Teacher, Larkhill Test School" in page


def test_the_hub_sees_them_and_another_team_does_not(place: Place) -> None:
    family_id = a_family_that_asked_twice(place)
    address = reverse("family-requests", args=[family_id])
    hub = page_client(place.hub_adviser)
    assert address in hub.get(reverse("family", args=[family_id])).content.decode()
    assert "Advice and information" in words_of(hub.get(address))
    assert page_client(place.stranger).get(address).status_code == 404


def test_the_list_grows_over_pages_and_not_in_queries(place: Place) -> None:
    family_id = a_family_that_asked_twice(place)
    with acting_as(place.hub_adviser):
        for _ in range(25):
            asked = a_request(by=place.teacher)
            HelpRequest.objects.filter(pk=asked.pk).update(family_id=family_id)
    client, address = page_client(place.worker), reverse("family-requests", args=[family_id])
    page = client.get(address)
    assert page.content.decode().count("baton-rows__row") == 20
    assert client.queries <= 10
    assert client.get(f"{address}?page=2").content.decode().count("baton-rows__row") == 7
