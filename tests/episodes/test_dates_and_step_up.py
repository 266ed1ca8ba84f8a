"""A date of the manager's beside the framework's own; and a step-up that nothing blocks."""

from datetime import date, datetime, timedelta

import pytest
from django.http import Http404

from baton.episodes.actions import allocate, end_episode, set_date, step_up
from baton.episodes.models import Allocation, Deadline, DirectedDate, Episode, Event, StepUp
from baton.episodes.queries.deadlines import explained_row
from baton.episodes.queries.episodes import get_episode
from baton.episodes.queries.step_up import step_up_of, still_missing
from baton.people.models import Family
from baton.platform.actions import action
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import NotAllowed, Refused
from baton.practice.happenings import Happening
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_place, an_allocated_episode, an_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)
NEW_DATE = date(2026, 10, 20)


def move(place: Place, deadline: Deadline, *, due_on: date = NEW_DATE, by: User | None = None) -> DirectedDate:
    by = by or place.manager
    with acting_as(by):
        return set_date(deadline=deadline, due_on=due_on, reason="The family is away.", by=by, at=WEDNESDAY)


def first_visit(place: Place, episode: Episode) -> Deadline:
    with acting_as(place.manager):
        return Deadline.objects.select_related("episode").get(episode=episode, timescale="first_visit")


def test_a_date_set_by_the_manager_moves_the_deadline_and_keeps_the_frameworks_own() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    before = first_visit(place, episode)
    move(place, before)
    after = first_visit(place, episode)
    assert after.pk == before.pk
    assert (after.due_on, after.framework_lasts_until) == (NEW_DATE, before.lasts_until)
    with acting_as(place.manager):
        derived = explained_row(after, at=WEDNESDAY)
    assert derived is not None
    assert (derived.framework_due_on, derived.due_on) == (date(2026, 10, 13), NEW_DATE)
    assert "The family is away" in derived.explanation


def test_a_date_may_be_moved_again_and_the_last_word_counts() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    move(place, first_visit(place, episode))
    move(place, first_visit(place, episode), due_on=date(2026, 10, 9))
    assert first_visit(place, episode).due_on == date(2026, 10, 9)
    with acting_as(place.manager):
        assert DirectedDate.objects.count() == 1


def test_a_date_is_not_set_backwards_or_for_what_is_done() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with pytest.raises(Refused, match="today"):
        move(place, first_visit(place, episode), due_on=date(2026, 10, 6))
    done = first_visit(place, episode)
    done.state = Deadline.State.MET
    with pytest.raises(Refused, match="no longer be moved"):
        move(place, done)


def test_only_the_manager_of_the_team_sets_a_date() -> None:
    place = a_place()
    deadline = first_visit(place, an_allocated_episode(place))
    for user in (place.worker, place.other_manager):
        with pytest.raises(NotAllowed):
            move(place, deadline, by=user)


# Stepping up


def pass_on(
    place: Place, episode: Episode, *, by: User | None = None, at: datetime = WEDNESDAY, told_to: str = "Duty desk"
) -> StepUp:
    by = by or place.worker
    with acting_as(by):
        return step_up(
            episode=episode,
            decided_at=at,
            immediate=True,
            told_to=told_to,
            reason="A child was hurt.",
            family_told="",
            still_missing=still_missing(episode, family_told=""),
            by=by,
            at=at,
        )


@action(allowed=lambda user, episode: True, events=(Happening.CLOSED,))
def close(*, episode: Episode, by: User, at: datetime) -> Episode:
    """Closure as the plans area does it, without its plan."""
    end_episode(
        episode=episode, state=Episode.State.CLOSED, kind=Happening.CLOSED, record=episode, at=at, summary="Closed"
    )
    return episode


def test_a_step_up_ends_the_episode_its_lead_and_its_clocks_at_the_moment_of_the_decision() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    pass_on(place, episode)
    with acting_as(place.manager):
        episode.refresh_from_db()
        event = Event.objects.get(episode=episode, kind="stepped_up")
        assert (episode.state, episode.ended_at, event.at) == (Episode.State.STEPPED_UP, WEDNESDAY, WEDNESDAY)
        assert Allocation.objects.get(episode=episode).until_at == WEDNESDAY
        assert (
            not Deadline.objects.filter(episode=episode, state="open")
            .exclude(timescale__startswith="oversight")
            .exists()
        )
        assert Deadline.objects.get(episode=episode, timescale="first_visit").state == Deadline.State.ENDED_UNMET


def test_a_waiting_family_is_stepped_up_and_all_that_is_missing_is_noted() -> None:
    place = a_place()
    stepped_up = pass_on(place, a_requested_episode(place))
    assert len(stepped_up.still_missing) == 5
    assert "Nobody led the work with this family." in stepped_up.still_missing


def test_a_family_whose_help_had_ended_is_stepped_up_and_its_closure_stays_as_it_was() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.manager):
        close(episode=episode, by=place.manager, at=WEDNESDAY - timedelta(hours=5))
    pass_on(place, episode)
    with acting_as(place.manager):
        episode.refresh_from_db()
        assert (episode.state, episode.ended_at) == (Episode.State.CLOSED, WEDNESDAY - timedelta(hours=5))
        assert Event.objects.filter(episode=episode, kind="stepped_up").exists()


def test_telling_a_step_up_again_corrects_it_and_keeps_who_told_it_first() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    pass_on(place, episode)
    with acting_as(place.manager):
        episode.refresh_from_db()
    pass_on(place, episode, by=place.manager, told_to="Ms Finch, duty desk", at=WEDNESDAY + timedelta(hours=1))
    with acting_as(place.manager):
        stepped_up = step_up_of(episode)
        assert stepped_up is not None
        assert (stepped_up.told_to, stepped_up.by, stepped_up.recorded_at) == (
            "Ms Finch, duty desk",
            place.worker,
            WEDNESDAY,
        )
        assert Event.objects.filter(episode=episode, kind="stepped_up").count() == 1


def test_a_step_up_may_be_dated_before_the_last_allocation() -> None:
    place = a_place()
    episode = an_allocated_episode(place)  # allocated on Tuesday
    pass_on(place, episode, at=MONDAY + timedelta(hours=2))
    with acting_as(place.manager):
        allocation = Allocation.objects.get(episode=episode)
        assert allocation.until_at == allocation.from_at


def test_a_lead_of_another_agency_can_step_up_and_then_no_longer_sees_the_family() -> None:
    place = a_place()
    episode = an_allocated_episode(place, to=place.teacher)
    pass_on(place, episode, by=place.teacher)
    with acting_as(place.teacher):
        assert not Family.objects.filter(pk=episode.family_id).exists()


def test_who_does_not_work_with_families_cannot_step_one_up() -> None:
    place = a_place()
    episode = an_episode(place)
    for user in (place.hub_adviser, place.administrator):
        with pytest.raises(NotAllowed):
            pass_on(place, episode, by=user)


def test_nothing_is_missing_where_everything_was_done() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.manager):
        for number, kind in enumerate(("written_consent_recorded", "assessment_authorised", "plan_agreed")):
            Event.objects.create(
                episode=episode,
                family_id=episode.family_id,
                kind=kind,
                at=WEDNESDAY,
                recorded_at=WEDNESDAY,
                record="x",
                record_id=number,
            )
        assert still_missing(episode, family_told="Yes, mum agrees.") == ()


def test_the_hub_does_not_open_the_casework_it_knows_of() -> None:
    place = a_place()
    episode = an_episode(place)
    with acting_as(place.worker):
        assert get_episode(episode.pk) == episode
    for user in (place.hub_adviser, place.stranger, place.administrator):
        with acting_as(user), pytest.raises(Http404):
            get_episode(episode.pk)


def test_two_allocations_never_stand_open_after_a_step_up() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    pass_on(place, episode)
    with acting_as(place.manager), pytest.raises(Refused):
        allocate(
            episode=episode, to=place.colleague, children=1, needs="", handover="x", by=place.manager, at=WEDNESDAY
        )
