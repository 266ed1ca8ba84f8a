"""Who looked, what became of a record, and what one person did, as pages."""

import pytest
from django.urls import reverse

from baton.people.actions import hand_family_to
from baton.people.models import Family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.guard import acting_as
from tests.client import page_client
from tests.factories import a_place, an_allocated_episode
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db


def words_of(response: object) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))  # type: ignore[attr-defined]


def test_a_manager_sees_who_looked_as_what_and_why() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        note_look(family_id=episode.family_id, what="timeline", by=place.worker, at=clock.now(), why="The police rang")
    said = words_of(page_client(place.manager).get(reverse("looks", args=[episode.family_id])))
    assert "Wilf Worker opened the timeline" in said
    assert "Practitioner, Test Council. Reason given: The police rang" in said


def test_information_governance_sees_who_looked_and_not_at_whom() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        name = episode.family.name
    page_client(place.worker).get(reverse("family", args=[episode.family_id]))
    said = words_of(page_client(place.governance).get(reverse("looks", args=[episode.family_id])))
    assert "Wilf Worker opened the family page" in said
    assert name not in said
    said = words_of(page_client(place.governance).get(reverse("activity", args=[place.worker.pk])))
    assert f"Family number {episode.family_id}" in said
    assert name not in said


def test_history_says_what_it_was_and_what_it_became() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.service_manager):
        family = Family.objects.get(pk=episode.family_id)
        hand_family_to(family=family, team=place.other_team, by=place.service_manager, at=clock.now())
    client = page_client(place.service_manager)
    said = words_of(client.get(reverse("history", args=[episode.family_id])))
    assert "Hand family to Sven Servicemanager" in said
    assert f"Family: team was {place.team.name}, became {place.other_team.name}." in said


def test_a_person_reads_what_they_did_themselves() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client = page_client(place.worker)
    client.get(reverse("family", args=[episode.family_id]))
    said = words_of(client.get(reverse("your-activity")))
    assert "Opened the family page" in said
    assert "Opened the family page" not in words_of(page_client(place.colleague).get(reverse("your-activity")))
