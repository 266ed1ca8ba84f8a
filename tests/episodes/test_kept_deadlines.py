"""The deadlines that are kept are those a rebuild would give, also when people record things at the same time."""

from datetime import datetime, timedelta

import pytest

from baton.episodes.actions import set_date
from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.episodes.models import Deadline, Episode
from baton.platform.guard import acting_as
from baton.visits.actions import record_visit
from baton.visits.models import Visit
from baton.visits.policies import Told
from baton.visits.queries import persons_of
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NINE = MONDAY + timedelta(days=5)
HOUR = timedelta(hours=1)


def a_visit(place: Place, episode: Episode, *, happened_at: datetime, at: datetime, written_up: bool = True) -> Visit:
    texts = dict.fromkeys(("purpose", "action", "reflection", "analysis"), "Written." if written_up else "")
    with acting_as(place.worker):
        told = Told(
            happened_at=happened_at,
            made=True,
            seen=frozenset(list(persons_of(episode))[:1]),
            alone=frozenset(),
            place="home",
            failed_because="",
            **texts,
        )
        return record_visit(episode=episode, told=told, by=place.worker, at=at)


def test_what_another_recorded_a_moment_later_and_saved_first_counts() -> None:
    """Of two posts at once, the later one may be the first to commit."""
    place = a_place()
    episode = an_allocated_episode(place)
    a_visit(place, episode, happened_at=NINE, at=NINE + 2 * HOUR)
    a_visit(place, episode, happened_at=NINE - HOUR, at=NINE + HOUR)
    with acting_as(place.worker):
        assert list(deadlines_that_differ(at=NINE + 3 * HOUR)) == []
        assert not Deadline.objects.filter(timescale="record_visit", state="open").exists()


@pytest.mark.parametrize("written_up", [(True, False), (False, True)])
def test_of_two_visits_at_one_moment_each_keeps_its_own_deadline(written_up: tuple[bool, bool]) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visits = [
        a_visit(place, episode, happened_at=NINE, at=NINE + hours * HOUR, written_up=done)
        for hours, done in enumerate(written_up, start=1)
    ]
    with acting_as(place.worker):
        kept = Deadline.objects.filter(timescale="record_visit", record="visits_visit").order_by("record_id")
        assert [row.state for row in kept] == ["met" if done else "open" for done in written_up]
        assert [row.record_id for row in kept] == [visit.pk for visit in visits]
        assert list(deadlines_that_differ(at=NINE + 3 * HOUR)) == []


def test_of_two_visits_at_one_moment_a_manager_sets_a_date_for_one() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    one, other = (a_visit(place, episode, happened_at=NINE, at=NINE + HOUR, written_up=False) for _ in range(2))
    tuesday = (NINE + timedelta(days=3)).date()
    with acting_as(place.manager):
        owed = Deadline.objects.get(timescale="record_visit", record_id=other.pk)
        set_date(deadline=owed, due_on=tuesday, reason="Wilf was ill", by=place.manager, at=NINE + 2 * HOUR)
        assert Deadline.objects.get(timescale="record_visit", record_id=other.pk).due_on == tuesday
        assert Deadline.objects.get(timescale="record_visit", record_id=one.pk).due_on != tuesday
