"""Opening the pages of a family, and what its record holds for that."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse

from baton.consent.actions import record_consent
from baton.episodes.models import Episode, Event
from baton.people.models import Family, FamilyMember
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.visits.actions import record_visit
from baton.visits.policies import Told
from tests.client import page_client
from tests.factories import Place
from tests.factories.times import MONDAY

NAMES = ("family", "timeline", "deadlines")


WEEK = timedelta(weeks=1)


def page_of(name: str, episode: Episode) -> str:
    return reverse(name, args=[episode.family_id])


def opened(user: User, episode: Episode, name: str = "family") -> HttpResponse:
    response = page_client(user).get(page_of(name, episode))
    assert response.status_code == 200
    return response


def person_id(place: Place, episode: Episode, name: str) -> int:
    with acting_as(place.manager):
        return FamilyMember.objects.get(family=episode.family_id, person__given_name=name).person_id


def a_visit(place: Place, episode: Episode, *, seen: str = "Ashby", at: datetime = MONDAY + WEEK) -> None:
    told = Told(happened_at=at, made=True, place="home", seen=frozenset({person_id(place, episode, seen)}))
    with acting_as(place.worker):
        record_visit(episode=episode, told=told, by=place.worker, at=at + timedelta(hours=1))


def consent(place: Place, episode: Episode, method: str = "written") -> None:
    with acting_as(place.worker):
        record_consent(
            family=Family.objects.get(pk=episode.family_id),
            person=FamilyMember.objects.get(family=episode.family_id, part="parent").person,
            method=method,
            given_at=MONDAY + WEEK,
            by=place.worker,
            at=MONDAY + WEEK,
        )


def many_events(place: Place, episode: Episode, number: int) -> None:
    with acting_as(place.manager):
        Event.objects.bulk_create(
            Event(
                episode=episode,
                family_id=episode.family_id,
                kind="correspondence_filed",
                at=MONDAY + timedelta(days=2, minutes=each),
                recorded_at=MONDAY,
                recorded_by=place.worker,
                summary=f"Letter {each}",
                record="a_letter",
                record_id=each,
            )
            for each in range(number)
        )


def _family(place: Place, episode: Episode) -> Family:
    with acting_as(place.manager):
        return Family.objects.get(pk=episode.family_id)
