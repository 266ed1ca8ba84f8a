"""Visits, and consent in writing at the first of them."""

from datetime import datetime, timedelta

from baton.consent.actions import Told as Agreed
from baton.consent.actions import record_consent
from baton.consent.models import Consent
from baton.demonstration.calendar import office_time
from baton.demonstration.texts import say
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.people.queries import children_of, members_on
from baton.platform.models import User
from baton.visits.actions import plan_visit, record_visit
from baton.visits.models import Visit
from baton.visits.policies import Told

FAILS = 0.1
WRITTEN_UP_LATE = 0.2
PRIVATE = (Visit.Place.HOME, Visit.Place.HOME, Visit.Place.HOME, Visit.Place.SCHOOL, Visit.Place.CENTRE)


def visit(walk: Walk, episode: Episode, lead: User, at: datetime) -> bool:
    """Make a visit and write it up, mostly within a day. Says whether anybody was seen."""
    made = walk.random.random() >= FAILS
    written_at = at + timedelta(hours=walk.random.choice((1, 2, 4)))
    if walk.random.random() < WRITTEN_UP_LATE:
        written_at = office_time(walk.random, at + timedelta(days=walk.random.choice((1, 2, 4))))
    with walk.step(lead, written_at):
        told = _made(walk, episode, at) if made else Told(at, made=False, failed_because=say(walk.random, "failures"))
        record_visit(episode=episode, told=told, by=lead, at=written_at)
    return made


def agree_in_writing(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """The first parent agrees in writing."""
    with walk.step(lead, at):
        parent = next(
            each for each in members_on(episode.family_id, on=at.date()) if each.part == FamilyMember.Part.PARENT
        )
        record_consent(
            family=parent.family,
            person=parent.person,
            method=Consent.Method.WRITTEN,
            given_at=at,
            told=Agreed(where=Consent.Where.VISIT, scope="Help with what we talked about.", has_copy=True),
            by=lead,
            at=at,
        )


def plan_next(walk: Walk, episode: Episode, lead: User) -> None:
    """A visit in the diary of the days to come, seen from today."""
    planned_for = office_time(walk.random, walk.until + timedelta(days=walk.random.randint(1, 12)))
    with walk.step(lead, walk.until):
        plan_visit(
            episode=episode,
            planned_for=planned_for,
            place=walk.random.choice(PRIVATE),
            purpose=say(walk.random, "purposes"),
            by=lead,
            at=walk.until,
        )


def _made(walk: Walk, episode: Episode, at: datetime) -> Told:
    children = [member.person_id for member in children_of(episode.family_id) if _was_born(member.person, at)]
    parents = [member.person_id for member in members_on(episode.family_id, on=at.date()) if member.part == "parent"]
    alone = [child for child in children if walk.random.random() < 0.4]
    return Told(
        at,
        made=True,
        place=walk.random.choice(PRIVATE),
        purpose=say(walk.random, "purposes"),
        action=say(walk.random, "actions"),
        reflection=say(walk.random, "reflections"),
        analysis=say(walk.random, "analyses"),
        seen=frozenset([*parents[:1], *children]),
        alone=frozenset(alone),
    )


def _was_born(person: Person, at: datetime) -> bool:
    """Nobody sees a child who is still awaited."""
    return person.date_of_birth is not None and person.date_of_birth <= at.date()
