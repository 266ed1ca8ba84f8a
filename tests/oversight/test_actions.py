"""Oversight, supervision and sign-off: events, deadlines, audit, and who may."""

from datetime import timedelta

import pytest
from django.db import connection

from baton.episodes.actions import end_episode
from baton.episodes.models import Deadline, Episode, Event
from baton.oversight.actions import give_sign_off, record_oversight, record_supervision
from baton.oversight.models import OversightNote
from baton.oversight.queries import asks_for_sign_off, points_owed
from baton.platform.actions import action
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import NotAllowed, Refused
from baton.practice.happenings import Happening
from tests.factories import Place, a_family, a_place, an_allocated_episode, an_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)


def oversee(place: Place, episode: Episode, point: str = "allocation", *, by: User | None = None) -> OversightNote:
    by = by or place.manager
    with acting_as(by):
        return record_oversight(episode=episode, point=point, note="Fits Wilf's skills.", by=by, at=WEDNESDAY)


def supervise(place: Place, episode: Episode, *, practitioner: User | None, by: User | None = None) -> None:
    by = by or place.manager
    with acting_as(by):
        record_supervision(
            episode=episode,
            practitioner=practitioner,
            held_at=WEDNESDAY,
            discussion="Ashby's days",
            by=by,
            at=WEDNESDAY,
        )


def test_oversight_at_a_point_meets_its_prompt_and_leaves_an_event_and_an_audit_entry() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.manager):
        assert list(points_owed(episode)) == ["allocation"]
    note = oversee(place, episode)
    with acting_as(place.manager):
        event = Event.objects.get(kind="oversight_recorded")
        assert (event.point, event.summary, event.record_id) == ("allocation", "Oversight: allocation", note.pk)
        assert Deadline.objects.get(timescale="oversight_allocation").state == Deadline.State.MET
        assert points_owed(episode) == {}
        assert AuditEntry.objects.filter(action="record_oversight", record_id=note.pk).count() == 1


def test_oversight_at_another_time_meets_no_prompt() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    oversee(place, episode, "")
    with acting_as(place.manager):
        assert list(points_owed(episode)) == ["allocation"]


def test_a_point_the_framework_does_not_name_is_refused() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with pytest.raises(Refused, match="points"):
        oversee(place, episode, "full_moon")


@action(allowed=lambda user, episode: True, events=(Happening.CLOSED,))
def close(*, episode: Episode, by: User, at) -> Episode:  # type: ignore[no-untyped-def]
    """Closure as the plans area does it, without its plan."""
    end_episode(episode=episode, state="closed", kind=Happening.CLOSED, record=episode, at=at, summary="Closed")
    return episode


def test_oversight_of_the_closure_is_owed_and_given_after_help_has_ended() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.manager):
        close(episode=episode, by=place.manager, at=WEDNESDAY)
        assert "closure" in points_owed(episode)
    oversee(place, episode, "closure")
    with acting_as(place.manager):
        assert "closure" not in points_owed(episode)


def test_supervision_meets_its_deadline_and_starts_the_next() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    supervise(place, episode, practitioner=place.worker)
    with acting_as(place.manager):
        states = list(
            Deadline.objects.filter(timescale="supervision").order_by("started_at").values_list("state", "due_on")
        )
        assert [state for state, _ in states] == ["met", "open"]
        assert str(states[1][1]) == "2026-11-04"  # four weeks after Wednesday
        assert Event.objects.get(kind="supervision_held").summary == "Mina Manager with Wilf Worker"


def test_a_family_without_a_lead_practitioner_is_not_supervised() -> None:
    place = a_place()
    with pytest.raises(Refused, match="Allocate it first"):
        supervise(place, an_episode(place), practitioner=None)


def test_only_the_manager_of_the_team_adds_oversight_and_supervision() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    for user in (place.worker, place.other_manager, place.hub_adviser):
        with pytest.raises(NotAllowed):
            oversee(place, episode, by=user)
        with pytest.raises(NotAllowed):
            supervise(place, episode, practitioner=place.worker, by=user)
    assert oversee(place, episode, by=place.service_manager)


def test_a_senior_manager_signs_off_where_the_framework_has_a_limit() -> None:
    place = a_place()
    derby = an_allocated_episode(place, framework="derby")
    with acting_as(place.service_manager):
        assert asks_for_sign_off(derby)
        give_sign_off(episode=derby, reason="The baby is due.", until_on=None, by=place.service_manager, at=WEDNESDAY)
        assert Deadline.objects.get(timescale="senior_sign_off").state == Deadline.State.MET
        assert Event.objects.filter(kind="senior_sign_off_given").count() == 1


def test_nobody_else_signs_off_and_a_place_without_a_limit_has_nothing_to_sign() -> None:
    place = a_place()
    derby = an_allocated_episode(place, framework="derby")
    with acting_as(place.manager), pytest.raises(NotAllowed):
        give_sign_off(episode=derby, reason="x", until_on=None, by=place.manager, at=WEDNESDAY)
    dorset = an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Dorling"))
    with acting_as(place.service_manager), pytest.raises(Refused, match="no limit"):
        give_sign_off(episode=dorset, reason="x", until_on=None, by=place.service_manager, at=WEDNESDAY)


@pytest.mark.parametrize("table", ["oversight_oversightnote", "oversight_supervision"])
def test_managers_notes_are_seen_by_those_who_hold_the_family_and_nobody_else(table: str) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    oversee(place, episode)
    supervise(place, episode, practitioner=place.worker)

    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            return int(cursor.fetchone()[0])

    assert rows() == 0
    for user, sees in ((place.stranger, 0), (place.other_manager, 0), (place.hub_adviser, 0), (place.worker, 1)):
        with acting_as(user):
            assert rows() == sees, user
