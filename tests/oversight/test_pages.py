"""The pages on which managers write, and what everybody who holds the family reads."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.oversight.models import OversightNote, SignOff, Supervision
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import Draft
from tests.client import page_client
from tests.factories import a_place, an_allocated_episode, an_episode
from tests.factories.times import MONDAY
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)
HELD = {"held_at-day": "7", "held_at-month": "10", "held_at-year": "2026", "held_at-time": "9am"}


@pytest.fixture(autouse=True)
def it_is_wednesday() -> Iterator[None]:
    with stopped_at(WEDNESDAY):
        yield


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def key() -> dict[str, str]:
    return {"form_key": str(uuid4())}


def test_the_point_that_is_owed_comes_first_and_is_chosen() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    page = page_client(place.manager).get(reverse("record-oversight", args=[episode.pk]))
    assert 'value="allocation" checked' in page.content.decode()
    assert "Due by Tuesday 13 October 2026" in words_of(page)
    assert "Transfer" in words_of(page)


def test_a_link_may_name_the_point() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    page = page_client(place.manager).get(reverse("record-oversight", args=[episode.pk]) + "?point=transfer")
    assert 'value="transfer" checked' in page.content.decode()


def test_a_framework_without_points_still_takes_oversight() -> None:
    place = a_place()
    episode = an_allocated_episode(place, framework="doncaster")
    client, path = page_client(place.manager), reverse("record-oversight", args=[episode.pk])
    assert "Oversight of the work" in words_of(client.get(path))
    client.post(path, {**key(), "point": "another_time", "note": "Going well."})
    with acting_as(place.manager):
        assert OversightNote.objects.get().point == ""


def test_the_manager_gives_oversight_once_and_finds_it_on_the_list() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client = page_client(place.manager)
    assert "Oversight is owed at 1 point." in words_of(client.get(reverse("oversight", args=[episode.pk])))
    sent = {**key(), "point": "allocation", "note": "Wilf knows this school."}
    for _ in range(2):
        response = client.post(reverse("record-oversight", args=[episode.pk]), sent)
        assert response["Location"] == reverse("oversight", args=[episode.pk])
    words = words_of(client.get(reverse("oversight", args=[episode.pk])))
    assert "Management oversight: allocation" in words
    assert words.count("Wilf knows this school.") == 1
    assert "Oversight is owed" not in words


def test_oversight_without_words_says_what_to_write_and_keeps_the_point() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    path = reverse("record-oversight", args=[episode.pk])
    response = page_client(place.manager).post(path, {**key(), "point": "transfer", "note": ""})
    assert response.status_code == 422
    assert "Write your oversight" in words_of(response)
    assert 'value="transfer" checked' in response.content.decode()
    with acting_as(place.manager):
        assert Draft.objects.filter(path=path).exists()


def test_supervision_of_the_family_is_written_down_with_its_lead() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.manager), reverse("record-supervision", args=[episode.pk])
    assert "With Wilf Worker" in words_of(client.get(path))
    client.post(path, {**key(), **HELD, "discussion": "Ashby's mornings.", "agreed": "School visit by Friday."})
    words = words_of(client.get(reverse("oversight", args=[episode.pk])))
    assert "Supervision with Wilf Worker" in words
    assert "Agreed: School visit by Friday." in words


def test_supervision_of_a_family_nobody_leads_is_refused_and_keeps_the_words() -> None:
    place = a_place()
    episode = an_episode(place)
    response = page_client(place.manager).post(
        reverse("record-supervision", args=[episode.pk]), {**key(), **HELD, "discussion": "Kept words"}
    )
    assert response.status_code == 422
    assert "Allocate it first" in words_of(response)
    assert "Kept words" in response.content.decode()
    with acting_as(place.manager):
        assert not Supervision.objects.exists()


def test_the_sign_off_is_offered_to_the_service_manager_where_the_framework_asks_for_it() -> None:
    place = a_place()
    derby = an_allocated_episode(place, framework="derby")
    client = page_client(place.service_manager)
    assert "Sign off" in words_of(client.get(reverse("oversight", args=[derby.pk])))
    assert "Sign off" not in words_of(page_client(place.manager).get(reverse("oversight", args=[derby.pk])))
    assert client.get(reverse("sign-off", args=[derby.pk])).status_code == 200
    client.post(reverse("sign-off", args=[derby.pk]), {**key(), "reason": "The baby is due."})
    with acting_as(place.service_manager):
        assert SignOff.objects.get().reason == "The baby is due."
    assert "Senior sign-off" in words_of(client.get(reverse("oversight", args=[derby.pk])))


def test_a_framework_without_a_limit_has_no_sign_off_page() -> None:
    place = a_place()
    dorset = an_allocated_episode(place)
    assert page_client(place.service_manager).get(reverse("sign-off", args=[dorset.pk])).status_code == 404
    assert page_client(place.manager).get(reverse("sign-off", args=[dorset.pk])).status_code == 403


def test_a_practitioner_reads_what_managers_added_and_adds_nothing() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client = page_client(place.worker)
    words = words_of(client.get(reverse("oversight", args=[episode.pk])))
    assert "No manager has added anything yet" in words
    assert "Give oversight" not in words
    for name in ("record-oversight", "record-supervision", "sign-off"):
        assert client.get(reverse(name, args=[episode.pk])).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 404), ("teacher", 404), ("other_manager", 404), ("hub_adviser", 403)]
)
def test_nobody_who_does_not_hold_the_family_reads_oversight(name: str, status: int) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    assert page_client(getattr(place, name)).get(reverse("oversight", args=[episode.pk])).status_code == status


def test_a_manager_of_another_team_who_leads_the_family_reads_and_does_not_write() -> None:
    place = a_place()
    episode = an_allocated_episode(place, to=place.other_manager)
    client = page_client(place.other_manager)
    assert client.get(reverse("oversight", args=[episode.pk])).status_code == 200
    assert client.get(reverse("record-oversight", args=[episode.pk])).status_code == 403
