"""Somebody who has died stays in the family's record: their age stops, and nothing is asked of or about them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.consent.queries import who_can_agree
from baton.episodes.actions import rebuild_deadlines
from baton.episodes.models import Deadline, Episode
from baton.people.models import FamilyMember
from baton.people.queries import children_of
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
DIED = MONDAY + timedelta(days=10)
NOW = MONDAY + timedelta(days=20)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place, framework="derby")  # which screens each child over ten


def dies(place: Place, episode: Episode, given_name: str) -> FamilyMember:
    with acting_as(place.worker):
        member = FamilyMember.objects.select_related("person").get(
            family=episode.family_id, person__given_name=given_name
        )
    typed = {f"died_on-{name}": str(getattr(DIED, name)) for name in ("day", "month", "year")}
    path = reverse("change-fact", args=[member.pk, "death"])
    with stopped_at(NOW):
        answer = page_client(place.worker).post(
            path, {"form_key": str(uuid4()), "version": member.person.version, **typed}
        )
    assert answer.status_code == 302
    return member


def due_of(place: Place, episode: Episode) -> set[tuple[str, int | None]]:
    with acting_as(place.worker):
        return set(Deadline.objects.filter(episode=episode).values_list("timescale", "person_id"))


def test_the_family_page_and_search_say_that_they_died_instead_of_an_age(place: Place, episode: Episode) -> None:
    dies(place, episode, "Ashby")
    with stopped_at(NOW):
        client = page_client(place.worker)
        family = words_of(client.get(reverse("family", args=[episode.family_id])))
        found = words_of(client.post(reverse("search"), {"name": "Ashby Quillfeather"}))
        visit = words_of(client.get(reverse("record-visit", args=[episode.pk])))
    for said in (family, found, visit):
        assert "died on 15 October 2026" in said
    assert "aged 13" not in family + found


def test_nothing_is_due_of_a_child_who_died_and_the_rest_stays(place: Place, episode: Episode) -> None:
    before = due_of(place, episode)
    child = dies(place, episode, "Ashby")
    after = due_of(place, episode)
    assert child.person_id in {person for _, person in before}
    assert after == {each for each in before if each[1] != child.person_id}
    with acting_as(place.service_manager):
        rebuild_deadlines(at=NOW)
    assert due_of(place, episode) == after


def test_they_are_neither_asked_to_agree_nor_planned_with(place: Place, episode: Episode) -> None:
    child = dies(place, episode, "Ashby")
    with acting_as(place.worker):
        assert child.person_id not in {each.person_id for each in who_can_agree(episode.family_id)}
        assert child.person_id not in {each.person_id for each in children_of(episode.family_id)}
        assert FamilyMember.objects.filter(pk=child.pk, until_on__isnull=True).exists()


def test_a_death_recorded_by_mistake_and_taken_back_brings_the_deadlines_back(place: Place, episode: Episode) -> None:
    before = due_of(place, episode)
    child = dies(place, episode, "Ashby")
    path = reverse("change-fact", args=[child.pk, "death"])
    with stopped_at(NOW):
        page_client(place.worker).post(path, {"form_key": str(uuid4()), "version": child.person.version + 1})
    assert due_of(place, episode) == before
