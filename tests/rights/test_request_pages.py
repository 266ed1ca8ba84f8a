"""The pages of requests for what is held on somebody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from baton.platform import clock
from baton.platform.guard import acting_as
from baton.rights.models import AccessRequest
from tests.client import PageClient, page_client
from tests.factories import a_place, an_allocated_episode
from tests.factories.rights import a_request_about, an_access_request
from tests.factories.times import MONDAY
from tests.limits import only

pytestmark = pytest.mark.django_db
TYPED = {
    "asked_by": "Marigold Quillfeather",
    "asks_as": "themselves",
    "about": "Marigold Quillfeather, 3 February 1988",
    "reach": "1 Test Street",
    "channel": "spoken",
    "received_on-day": "5",
    "received_on-month": "10",
    "received_on-year": "2026",
}


def day(name: str, on: object = MONDAY) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def test_a_teacher_registers_what_a_mother_asked() -> None:
    place = a_place()
    client = page_client(place.teacher)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        page = client.get(reverse("register-access"))
        assert "one month to answer" in page.content.decode()
        answer = client.post(reverse("register-access"), TYPED, follow=True)
    said = answer.content.decode()
    assert "Information governance takes it from here" in said
    assert "Thursday 5 November 2026" in said
    assert "Open the request" not in said


def test_the_list_shows_what_is_due_with_as_many_queries_for_many_as_for_one() -> None:
    place = a_place()
    an_access_request(by=place.governance)
    client = page_client(place.governance)
    with clock.stopped_at(MONDAY + timedelta(days=27)):
        client.get(reverse("rights"))
        few = client.queries
        for _ in range(5):
            an_access_request(by=place.governance)
        said = client.get(reverse("rights")).content.decode()
        assert client.queries == few == 5
        home = client.get(reverse("home")).content.decode()
    assert said.count("Due soon") == 6
    assert "Thursday 5 November 2026" in said
    assert "requests to answer within a week" in home


def test_an_officer_works_on_a_request_until_it_is_answered() -> None:
    place = a_place()
    an_allocated_episode(place)
    request = a_request_about(place)
    client = page_client(place.governance)
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        said = client.get(reverse("access-request", args=[request.pk])).content.decode()
        assert "One month from 5 October 2026: 5 November 2026." in said
        assert "Marigold Quillfeather, born 3 February 1988" in said
        on = MONDAY + timedelta(days=2)
        posted = {"kind": "clarification", "what": "Which years?", **day("on", on)}
        said = _sent(client, "stop-clock", request, posted)
        assert "The clock stands since 7 October 2026: Which years?" in said
        with acting_as(place.governance):
            stop = AccessRequest.objects.get(pk=request.pk).stops.get()
        answered = {"answer": "All of them", **day("on", on + timedelta(days=1))}
        said = client.post(reverse("stop-answered", args=[stop.pk]), answered, follow=True).content.decode()
        assert "and 2 days that do not count" in said
        said = _sent(client, "extend-access", request, {"because": "Eleven years of files", **day("told_on", on)})
        assert "Three months from 5 October 2026" in said
        said = _sent(
            client, "answer-access", request, {"outcome": "taken_back", "told_how": "On the telephone", **day("on", on)}
        )
        assert "Taken back by who asked. On the telephone" in said


def test_what_may_not_be_done_yet_is_said_on_the_form() -> None:
    place = a_place()
    request = an_access_request(by=place.governance)
    client = page_client(place.governance)
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        posted = {"outcome": "sent", "told_how": "By post", **day("on", MONDAY + timedelta(days=2))}
        answer = client.post(reverse("answer-access", args=[request.pk]), posted)
    assert answer.status_code == 422
    assert "Release the copy first" in answer.content.decode()


@pytest.mark.parametrize("who", ["worker", "manager", "service_manager", "hub_adviser", "administrator"])
def test_nobody_else_opens_a_request(who: str) -> None:
    place = a_place()
    request = an_access_request(by=place.governance)
    client = page_client(getattr(place, who))
    assert client.get(reverse("access-request", args=[request.pk])).status_code == 403
    assert client.get(reverse("access-registered", args=[request.pk])).status_code == 404


def _sent(client: PageClient, name: str, request: AccessRequest, posted: dict[str, str]) -> str:
    address = reverse(name, args=[request.pk])
    client.get(address)
    return client.post(address, posted, follow=True).content.decode()


@pytest.mark.parametrize("name", ["add-subject", "hold"])
def test_who_looks_up_names_all_the_time_waits(name: str) -> None:
    place = a_place()
    path = reverse(name, args=[a_request_about(place).pk] if name == "add-subject" else [])
    client = page_client(place.governance)
    with only(1):
        assert client.get(path).status_code == 200
        refused = client.get(path)
    assert refused.status_code == 429
    assert "You looked for people more than 100 times" in refused.content.decode()
