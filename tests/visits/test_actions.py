"""Planning, recording and correcting visits: state, events, deadlines, audit, and who may."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from baton.episodes.models import Correction, Deadline, Episode, Event
from baton.people.queries import members_on
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from baton.visits.actions import call_off_visit, move_visit, plan_visit, record_visit, write_visit
from baton.visits.models import Seen, Visit
from baton.visits.policies import Told
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)
AN_HOUR = timedelta(hours=1)
WRITTEN = {"purpose": "Say hello.", "action": "Talked with both.", "reflection": "At ease.", "analysis": "Safe enough."}


def people(place: Place, episode: Episode) -> dict[str, int]:
    with acting_as(place.manager):
        return {m.person.given_name: m.person_id for m in members_on(episode.family_id, on=WEDNESDAY.date())}


def a_visit(place: Place, episode: Episode, **more: Any) -> Told:
    seen = people(place, episode)
    told = {"happened_at": WEDNESDAY, "made": True, "place": "home", "seen": frozenset({seen["Ashby"]})}
    return Told(**(told | more))


def record(
    place: Place, episode: Episode, told: Told, *, by: User | None = None, at: datetime = WEDNESDAY + AN_HOUR
) -> Visit:
    by = by or place.worker
    with acting_as(by):
        return record_visit(episode=episode, told=told, by=by, at=at)


def rewrite(
    place: Place,
    visit: Visit,
    told: Told,
    *,
    version: int = 1,
    by: User | None = None,
    at: datetime = WEDNESDAY + 2 * AN_HOUR,
    because: str = "I mixed two visits up.",
) -> Visit:
    by = by or place.worker
    with acting_as(by):
        return write_visit(visit=visit, told=told, version=version, because=because, by=by, at=at)


def events_of(place: Place, visit: Visit) -> dict[str, datetime]:
    with acting_as(place.manager):
        return dict(Event.objects.filter(record="visits_visit", record_id=visit.pk).values_list("kind", "at"))


def deadline(place: Place, episode: Episode, timescale: str) -> Deadline:
    with acting_as(place.manager):
        return Deadline.objects.get(episode=episode, timescale=timescale)


def test_a_visit_made_and_written_up_is_two_events_who_was_seen_and_one_audit_entry() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    seen = people(place, episode)
    told = a_visit(
        place, episode, seen=frozenset({seen["Ashby"], seen["Marigold"]}), alone=frozenset({seen["Ashby"]}), **WRITTEN
    )
    visit = record(place, episode, told)
    assert events_of(place, visit) == {"visit_made": WEDNESDAY, "visit_recorded": WEDNESDAY + AN_HOUR}
    with acting_as(place.manager):
        summary = Event.objects.get(kind="visit_made").summary
        assert summary == "At home. Saw Ashby (alone) and Marigold."
        assert dict(Seen.objects.values_list("person__given_name", "alone")) == {"Ashby": True, "Marigold": False}
        assert AuditEntry.objects.filter(action="record_visit", record_id=visit.pk, by=place.worker).count() == 1


def test_the_first_visit_meets_its_deadline_and_a_late_one_meets_it_late() -> None:
    place = a_place()
    in_time = an_allocated_episode(place)
    late = an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Latterby"))
    record(place, in_time, a_visit(place, in_time))
    a_month_on = WEDNESDAY + timedelta(days=28)
    record(place, late, a_visit(place, late, happened_at=a_month_on), at=a_month_on)
    assert deadline(place, in_time, "first_visit").state == Deadline.State.MET
    assert deadline(place, late, "first_visit").state == Deadline.State.MET_LATE


def test_a_visit_that_failed_meets_no_deadline_and_says_why() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = record(place, episode, a_visit(place, episode, made=False, failed_because="Nobody in."))
    assert events_of(place, visit) == {"visit_failed": WEDNESDAY}
    assert deadline(place, episode, "first_visit").state == Deadline.State.OPEN
    with acting_as(place.manager):
        assert Event.objects.get(kind="visit_failed").summary == "At home. Nobody in."
        assert not Seen.objects.exists()


def test_the_clock_of_the_record_runs_until_the_visit_is_written_up() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode)
    visit = record(place, episode, told)
    owed = deadline(place, episode, "record_visit")
    assert (owed.state, owed.due_at) == (Deadline.State.OPEN, WEDNESDAY + timedelta(hours=24))
    rewrite(place, visit, replace(told, **WRITTEN))
    assert deadline(place, episode, "record_visit").state == Deadline.State.MET


def test_a_visit_written_up_after_a_day_is_recorded_late() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, **WRITTEN)
    record(place, episode, told, at=WEDNESDAY + timedelta(hours=25))
    assert deadline(place, episode, "record_visit").state == Deadline.State.MET_LATE


def test_correcting_the_time_of_a_visit_moves_its_event_and_its_deadlines() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, **WRITTEN)
    visit = record(place, episode, told)
    moved = WEDNESDAY - 3 * AN_HOUR
    rewrite(place, visit, replace(told, happened_at=moved))
    assert events_of(place, visit) == {"visit_made": moved, "visit_recorded": WEDNESDAY + AN_HOUR}
    assert deadline(place, episode, "record_visit").due_at == moved + timedelta(hours=24)
    assert deadline(place, episode, "first_visit").met_at == moved


def test_a_visit_corrected_to_a_later_day_counts_as_recorded_by_the_correction() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, **WRITTEN)
    visit = record(place, episode, told)
    next_day = WEDNESDAY + timedelta(days=1)
    rewrite(place, visit, replace(told, happened_at=next_day), at=next_day + AN_HOUR)
    assert events_of(place, visit) == {"visit_made": next_day, "visit_recorded": next_day + AN_HOUR}
    assert deadline(place, episode, "record_visit").state == Deadline.State.MET


def test_a_visit_that_failed_after_all_takes_its_events_back() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, **WRITTEN)
    visit = record(place, episode, told)
    rewrite(place, visit, replace(told, made=False, failed_because="It was the wrong family."))
    assert events_of(place, visit) == {"visit_failed": WEDNESDAY}
    assert deadline(place, episode, "first_visit").state == Deadline.State.OPEN
    with acting_as(place.manager):
        assert not Seen.objects.exists()
        assert not Deadline.objects.filter(timescale="record_visit").exists()
    rewrite(place, visit, told, version=2)
    assert set(events_of(place, visit)) == {"visit_made", "visit_recorded"}


def test_who_was_seen_is_corrected_with_the_visit() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode)
    visit = record(place, episode, told)
    other = people(place, episode)["Bramwell"]
    rewrite(place, visit, replace(told, seen=frozenset(), alone=frozenset({other})))
    with acting_as(place.worker):
        assert list(Seen.objects.values_list("person_id", "alone")) == [(other, True)]


def test_a_planned_visit_becomes_one_that_was_made() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        visit = plan_visit(
            episode=episode,
            planned_for=WEDNESDAY,
            place="school",
            purpose="Meet Ashby",
            by=place.worker,
            at=MONDAY + timedelta(days=1),
        )
    assert events_of(place, visit) == {}
    made = rewrite(place, visit, replace(a_visit(place, episode), place="school"), by=place.colleague)
    assert (made.state, made.practitioner, made.recorded_by, made.version) == (
        "made",
        place.colleague,
        place.colleague,
        2,
    )


def test_a_planned_visit_is_called_off_once() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        visit = plan_visit(
            episode=episode, planned_for=WEDNESDAY, place="home", purpose="Hello", by=place.worker, at=MONDAY
        )
        called_off = call_off_visit(visit=visit, version=1, by=place.worker, at=MONDAY + AN_HOUR)
        assert called_off.state == Visit.State.CANCELLED
        with pytest.raises(Refused, match="already"):
            call_off_visit(visit=called_off, version=2, by=place.manager, at=MONDAY + AN_HOUR)
    with pytest.raises((Refused, NotAllowed)):
        rewrite(place, called_off, a_visit(place, episode), version=2)


def test_a_visit_is_not_planned_backwards() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker), pytest.raises(Refused, match="still to come"):
        plan_visit(episode=episode, planned_for=MONDAY, place="home", purpose="Hello", by=place.worker, at=WEDNESDAY)


def test_somebody_outside_the_family_cannot_be_seen() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with pytest.raises(Refused, match="Add them to the family first"):
        record(place, episode, a_visit(place, episode, seen=frozenset({999_999})))


def test_the_second_of_two_who_correct_a_visit_is_told_and_nothing_is_written() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, **WRITTEN)
    visit = record(place, episode, told)
    rewrite(place, visit, replace(told, analysis="The manager's word"), by=place.manager)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        rewrite(place, visit, replace(told, analysis="Mine"))
    assert (meanwhile.value.version, meanwhile.value.by) == (2, "Mina Manager")
    assert meanwhile.value.theirs["analysis"] == "The manager's word"
    with acting_as(place.worker):
        assert Visit.objects.get(pk=visit.pk).analysis == "The manager's word"


def test_a_recorded_visit_is_corrected_by_who_made_it_or_the_manager_and_nobody_else() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode)
    visit = record(place, episode, told)
    with pytest.raises(NotAllowed):
        rewrite(place, visit, told, by=place.colleague)
    assert rewrite(place, visit, told, by=place.manager).version == 2


def test_only_who_works_with_families_records_visits() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode)
    for user in (place.hub_adviser, place.administrator):
        with pytest.raises(NotAllowed):
            record(place, episode, told, by=user)


def test_a_practitioner_of_another_team_cannot_write_a_visit_to_a_family_they_do_not_hold() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode)
    with pytest.raises(Refused, match="not in this family"):  # they see no member of it
        record(place, episode, told, by=place.stranger)


@pytest.mark.parametrize("table", ["visits_visit", "visits_seen"])
def test_visits_are_seen_by_those_who_hold_the_family_and_nobody_else(table: str) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    record(place, episode, a_visit(place, episode))

    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            return int(cursor.fetchone()[0])

    assert rows() == 0
    for user, sees in (
        (place.stranger, 0),
        (place.hub_adviser, 0),
        (place.teacher, 0),
        (place.colleague, 1),
        (place.manager, 1),
    ):
        with acting_as(user):
            assert rows() == sees, user


def test_a_correction_keeps_what_stood_who_changed_it_and_why() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, **WRITTEN)
    visit = record(place, episode, told)
    moved = WEDNESDAY - AN_HOUR
    rewrite(place, visit, replace(told, happened_at=moved, analysis="Not safe yet."), by=place.manager, because="Typo")
    with acting_as(place.worker):
        kept = Correction.objects.get(record="visits_visit", record_id=visit.pk)
        assert kept.before == {"happened_at": "7 October 2026 at 9:30am", "analysis": "Safe enough."}
        assert (kept.by, kept.at, kept.because) == (place.manager, WEDNESDAY + 2 * AN_HOUR, "Typo")


def test_what_stood_is_not_changed_without_a_reason_and_a_write_up_is_finished_without_one() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode, purpose="Say hell.")
    visit = record(place, episode, told)
    with pytest.raises(Refused, match="Write why you change what was recorded"):
        rewrite(place, visit, replace(told, place="school"), because=" ")
    rewrite(place, visit, replace(told, **WRITTEN), because="")
    with pytest.raises(Refused, match="Write why you change what was recorded"):
        rewrite(place, visit, replace(told, **WRITTEN | {"analysis": ""}), version=2, because="")
    with acting_as(place.worker):
        assert not Correction.objects.exists()


def test_nobody_changes_or_removes_a_correction() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    told = a_visit(place, episode)
    rewrite(place, record(place, episode, told), replace(told, place="school"))
    for sentence in ("update episodes_correction set because = 'x'", "delete from episodes_correction"):
        with acting_as(place.manager), transaction.atomic(), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError, match="permission denied"):
                cursor.execute(sentence)
            transaction.set_rollback(True)
    with acting_as(place.stranger):
        assert not Correction.objects.exists()


def test_a_planned_visit_is_moved_and_says_when_it_was_to_be() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        visit = plan_visit(
            episode=episode, planned_for=WEDNESDAY, place="home", purpose="Meet.", by=place.worker, at=MONDAY
        )
    friday, told = WEDNESDAY + timedelta(days=2), {"by": place.colleague, "at": MONDAY + AN_HOUR}
    with acting_as(place.colleague):
        moved = move_visit(visit=visit, planned_for=friday, because="School trip", version=1, **told)
        assert (moved.state, moved.planned_for, moved.practitioner) == ("planned", friday, place.worker)
        assert Correction.objects.get().before == {"planned_for": "7 October 2026 at 9:30am"}
        with pytest.raises(EditedMeanwhile):
            move_visit(visit=visit, planned_for=WEDNESDAY, because="Back", version=1, **told)
        with pytest.raises(Refused, match="still to come"):
            move_visit(visit=visit, planned_for=MONDAY, because="Back", version=2, **told)
    made = rewrite(place, moved, a_visit(place, episode), version=2, because="")
    with acting_as(place.worker), pytest.raises(Refused, match="recorded or called off"):
        move_visit(visit=made, planned_for=friday, because="Again", version=3, **told | {"by": place.worker})
