"""Somebody who has died stays in the family's record: their age stops, and nothing is asked of or about them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.consent.queries import who_can_agree
from baton.episodes.actions import rebuild_deadlines
from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.episodes.models import Deadline, Episode
from baton.people.actions import add_member, change_facts
from baton.people.models import Family, FamilyMember
from baton.people.queries import children_of
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.guarded import a_restriction
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


def stands_elsewhere_too(place: Place, episode: Episode, *, is_closed: bool = False) -> Episode:
    """Ashby is helped in his father's family too, which another team holds."""
    fathers = a_family(team=place.other_team, by=place.hub_adviser, name="Otterdown", children=())
    with acting_as(place.hub_adviser):
        ashby = FamilyMember.objects.get(family=episode.family_id, person__given_name="Ashby").person
        told = {"part": "child", "relationship": "son", "from_on": MONDAY.date()}
        add_member(family=Family.objects.get(pk=fathers.pk), person=ashby, **told, by=place.hub_adviser, at=MONDAY)
    theirs = replace(place, team=place.other_team, worker=place.stranger, manager=place.other_manager)
    opened = an_allocated_episode(theirs, family=fathers, framework="derby")
    if is_closed:
        a_restriction(place, fathers.pk, place.stranger)
    return opened


def due_as(who: User, episode: Episode) -> set[tuple[str, int | None]]:
    with acting_as(who):
        return set(Deadline.objects.filter(episode=episode).values_list("timescale", "person_id"))


@pytest.mark.parametrize("is_closed", [False, True], ids=["another team's", "restricted"])
def test_a_death_ends_what_is_due_in_every_family_they_stand_in(
    place: Place, episode: Episode, is_closed: bool
) -> None:
    # Given a boy in two families, the other one's open to nobody who works with the first
    elsewhere = stands_elsewhere_too(place, episode, is_closed=is_closed)
    before = due_as(place.stranger, elsewhere)

    # When his death is recorded in the first
    child = dies(place, episode, "Ashby")

    # Then nothing is due of him in the other either, and whoever recorded it sees no more of that than before
    assert child.person_id in {person for _, person in before}
    after = due_as(place.stranger, elsewhere)
    assert after == {each for each in before if each[1] != child.person_id}
    with acting_as(place.worker):
        assert not Episode.objects.filter(pk=elsewhere.pk).exists()
    with acting_as(place.stranger):
        assert list(deadlines_that_differ(at=NOW)) == []


def test_a_birthday_put_right_moves_what_is_due_in_every_family_they_stand_in(place: Place, episode: Episode) -> None:
    # Given a boy of thirteen, whom Derby screens because he is over ten
    elsewhere = stands_elsewhere_too(place, episode)
    with acting_as(place.worker):
        member = FamilyMember.objects.select_related("person").get(family=episode.family_id, person__given_name="Ashby")
    before = {rule for rule, person in due_as(place.stranger, elsewhere) if person == member.person_id}

    # When he turns out to be six
    with acting_as(place.worker):
        told = {"subject": "birth", "facts": {"date_of_birth": date(2020, 5, 1)}, "version": member.person.version}
        change_facts(member=member, **told, by=place.worker, at=NOW)

    # Then the other family's deadlines follow
    after = {rule for rule, person in due_as(place.stranger, elsewhere) if person == member.person_id}
    assert after < before
