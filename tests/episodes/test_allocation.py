"""Giving a family to one lead practitioner, and from one to the next."""

from datetime import date, timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction

from baton.episodes.actions import allocate, step_up
from baton.episodes.actions.allocation import SOMEBODY_ELSE_WAS_QUICKER
from baton.episodes.models import Allocation, Deadline, Episode, Event
from baton.episodes.policies import episode_is_open, handover_is_written, practitioner_is_new
from baton.episodes.queries.allocation import (
    note_foreseen,
    practitioner,
    practitioners_found,
    waiting_episodes,
    workers_with_caseloads,
)
from baton.people.models import Family
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from tests.client import queries_counted
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_family, a_place, an_allocated_episode, an_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def give(place: Place, episode: Episode, to: User, **more) -> Allocation:  # type: ignore[no-untyped-def]
    given = {"children": 2, "needs": "Help with mornings.", "by": place.manager, "at": TUESDAY} | more
    with acting_as(given["by"]):
        return allocate(episode=episode, to=to, **given)


def test_the_manager_gives_a_waiting_family_to_a_lead_practitioner() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    allocation = give(place, episode, place.worker, first_visit_on=date(2026, 10, 9))
    with acting_as(place.manager):
        episode.refresh_from_db()
        event = Event.objects.get(record="episodes_allocation", record_id=allocation.pk)
        owed = Deadline.objects.get(episode=episode, timescale="first_visit")
        assert episode.state == Episode.State.OPEN
        assert (event.kind, event.at, event.summary) == (
            "lead_practitioner_allocated",
            TUESDAY,
            "Wilf Worker is lead practitioner",
        )
        assert (owed.owner_id, owed.due_on) == (place.worker.pk, date(2026, 10, 13))  # five working days
        assert Deadline.objects.get(episode=episode, timescale="allocate").state == Deadline.State.MET
        assert AuditEntry.objects.filter(action="allocate", by=place.manager, family_id=episode.family_id).count() == 1


def test_only_the_manager_of_the_team_allocates() -> None:
    place = a_place()
    episode = an_episode(place)
    for user in (place.worker, place.other_manager, place.hub_adviser, place.administrator):
        with pytest.raises(NotAllowed):
            give(place, episode, place.worker, by=user)
    assert give(place, episode, place.worker, by=place.service_manager)


def test_nobody_leads_beside_another() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.manager), pytest.raises(IntegrityError, match="one_lead_practitioner"), transaction.atomic():
        Allocation.objects.create(
            episode=episode,
            family_id=episode.family_id,
            practitioner=place.colleague,
            from_at=WEDNESDAY,
            allocated_by=place.manager,
            children=1,
            needs="",
        )


def test_what_the_database_refuses_is_told_in_a_sentence() -> None:
    """A row that no lock could see: one that ended after this begins."""
    place = a_place()
    episode = an_episode(place)
    give(place, episode, place.worker)
    with acting_as(place.manager):
        Allocation.objects.update(until_at=WEDNESDAY)
    with pytest.raises(Refused) as refused:
        give(place, episode, place.colleague, at=TUESDAY + timedelta(hours=1))
    assert refused.value.sentences == (SOMEBODY_ELSE_WAS_QUICKER,)


def test_a_transfer_ends_one_lead_and_begins_the_next_at_the_same_moment() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    give(place, episode, place.colleague, handover="Dad works nights; ring after noon.", at=WEDNESDAY)
    with acting_as(place.manager):
        first, second = Allocation.objects.filter(episode=episode).order_by("from_at")
        kinds = list(Event.objects.filter(episode=episode, at=WEDNESDAY).values_list("kind", flat=True))
        assert (first.until_at, second.from_at, second.until_at) == (WEDNESDAY, WEDNESDAY, None)
        assert set(kinds) == {"lead_practitioner_changed", "handover_recorded"}
        assert Deadline.objects.get(episode=episode, timescale="first_visit").owner_id == place.colleague.pk


def test_a_transfer_without_a_handover_is_refused() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with pytest.raises(Refused) as refused:
        give(place, episode, place.colleague, handover="  ", at=WEDNESDAY)
    assert refused.value.sentences == (handover_is_written.__doc__,)


def test_a_family_is_not_given_to_who_has_it_or_after_help_ended() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with pytest.raises(Refused) as refused:
        give(place, episode, place.worker, handover="Again", at=WEDNESDAY)
    assert refused.value.sentences == (practitioner_is_new.__doc__,)
    with acting_as(place.worker):
        step_up(
            episode=episode, decided_at=WEDNESDAY, immediate=True, told_to="Duty", reason="Unsafe", family_told="Yes",
            by=place.worker, at=WEDNESDAY,
        )  # fmt: skip
    with pytest.raises(Refused) as refused:
        give(place, episode, place.colleague, at=WEDNESDAY + timedelta(hours=1))
    assert refused.value.sentences == (episode_is_open.__doc__,)


def test_a_family_is_not_given_to_somebody_who_does_not_work_with_families() -> None:
    place = a_place()
    episode = an_episode(place)
    with pytest.raises(Refused, match="works with families"):
        give(place, episode, place.administrator)


def test_the_second_of_two_managers_is_told_who_was_given_the_family() -> None:
    place = a_place()
    episode = an_episode(place)
    first = give(place, episode, place.worker, version=0)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        give(place, episode, place.colleague, version=0, by=place.service_manager, at=WEDNESDAY)
    assert meanwhile.value.theirs == {"to": str(place.worker.pk)}
    assert (meanwhile.value.version, meanwhile.value.by) == (first.pk, "Mina Manager")


def test_a_lead_of_another_agency_sees_the_family_only_while_leading() -> None:
    place = a_place()
    episode = an_allocated_episode(place, to=place.teacher)
    with acting_as(place.teacher):
        assert Family.objects.filter(pk=episode.family_id).exists()
    give(place, episode, place.worker, handover="Back to the team.", at=WEDNESDAY)
    with acting_as(place.teacher):
        assert not Family.objects.filter(pk=episode.family_id).exists()


@pytest.mark.commits
@pytest.mark.django_db(transaction=True)
def test_of_two_managers_at_the_same_moment_one_allocates_and_the_other_is_told() -> None:
    place = a_place()
    episode = an_episode(place)
    outcomes: list[object] = []
    first_has_begun, second_waits = Signal(), Signal()

    def second() -> None:
        try:
            first_has_begun.wait(10)
            second_waits.set()
            outcomes.append(give(place, episode, place.colleague, version=0, at=WEDNESDAY))
        except EditedMeanwhile as meanwhile:
            outcomes.append(meanwhile.by)
        finally:
            connections.close_all()

    other = Thread(target=second)
    other.start()
    with acting_as(place.manager):
        allocate(episode=episode, to=place.worker, children=2, needs="", version=0, by=place.manager, at=TUESDAY)
        first_has_begun.set()
        second_waits.wait(10)
    other.join(20)
    assert outcomes == ["Mina Manager"]
    with acting_as(place.manager):
        assert Allocation.objects.filter(episode=episode, until_at__isnull=True).count() == 1


# What a manager looks at


def test_the_waiting_list_begins_with_what_is_due_first() -> None:
    place = a_place()
    late = a_requested_episode(
        place, family=a_family(team=place.team, by=place.hub_adviser, name="Latterby"), at=MONDAY
    )
    early = a_requested_episode(
        place, family=a_family(team=place.team, by=place.hub_adviser, name="Earlham"), at=MONDAY - timedelta(days=1)
    )
    an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Servedby"))
    with acting_as(place.manager):
        waiting = list(waiting_episodes())
    assert [episode.pk for episode in waiting] == [early.pk, late.pk]
    assert waiting[0].lasts_until == MONDAY + timedelta(days=1)  # 48 hours after the request
    for user in (place.other_manager, place.hub_adviser, place.administrator):
        with acting_as(user):
            assert not waiting_episodes().exists()


def test_a_place_without_an_allocation_clock_orders_by_the_request() -> None:
    place = a_place()
    second = an_episode(place, framework="doncaster")
    family = a_family(team=place.team, by=place.hub_adviser, name="Earlham")
    first = an_episode(place, framework="doncaster", family=family, at=MONDAY - timedelta(days=3))
    with acting_as(place.manager):
        waiting = list(waiting_episodes())
    assert [(episode.pk, episode.lasts_until) for episode in waiting] == [(first.pk, None), (second.pk, None)]


def test_each_workers_families_children_and_deadlines_are_counted_in_one_query() -> None:
    place = a_place()
    for name in ("First", "Second"):
        family = a_family(team=place.team, by=place.hub_adviser, name=name)
        give(place, a_requested_episode(place, family=family), place.worker)
    a_month_later = MONDAY + timedelta(days=30)
    with acting_as(place.manager), queries_counted() as counted:
        workers = {
            w.name: w for w in workers_with_caseloads([place.team.pk], at=a_month_later, on=a_month_later.date())
        }
        assert len(counted) == 1
    busy, free = workers["Wilf Worker"], workers["Cora Colleague"]
    assert set(workers) == {"Wilf Worker", "Cora Colleague"}
    assert (busy.families, busy.children) == (2, 4)
    assert busy.overdue == 4  # two first visits and two assessments
    assert (free.families, free.children, free.overdue, free.due_soon) == (0, 0, 0, 0)


def test_a_practitioner_of_any_agency_is_found_by_name_or_agency() -> None:
    place = a_place()
    on = MONDAY.date()
    with acting_as(place.manager):
        for words in ("tess", "larkhill", "TEACH lark"):
            assert place.teacher in list(practitioners_found(words, at=MONDAY, on=on)), words
        assert place.manager not in list(practitioners_found("mina", at=MONDAY, on=on))
        assert list(practitioners_found("nobody of this name", at=MONDAY, on=on)) == []
        assert practitioner(place.administrator.pk, at=MONDAY, on=on) is None
        found = practitioner(place.teacher.pk, at=MONDAY, on=on)
        assert found is not None
        assert found.families == 0


def test_the_note_is_filled_in_with_the_frameworks_own_dates() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    with acting_as(place.manager):
        assert note_foreseen(episode, at=TUESDAY) == {
            "children": 2,
            "first_visit_on": date(2026, 10, 13),
            "assessment_on": date(2026, 10, 25),
            "planning_meeting_on": date(2026, 11, 4),  # ten days after an assessment on its last day
            "manager_review_on": date(2026, 11, 3),
        }


def test_a_framework_that_sets_no_dates_leaves_the_note_empty() -> None:
    place = a_place()
    for framework in ("doncaster", "derby"):
        family = a_family(team=place.team, by=place.hub_adviser, name=framework)
        episode = an_episode(place, framework=framework, family=family)
        with acting_as(place.manager):
            assert note_foreseen(episode, at=TUESDAY) == {"children": 2}


# Row security, asked directly


def count_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", ["episodes_episode", "episodes_allocation", "episodes_event", "episodes_deadline"])
def test_without_a_context_or_from_another_team_no_row_is_seen(table: str) -> None:
    place = a_place()
    an_allocated_episode(place)
    assert count_of(table) == 0
    for user, sees in ((place.stranger, False), (place.other_manager, False), (place.worker, True)):
        with acting_as(user):
            assert bool(count_of(table)) is sees
