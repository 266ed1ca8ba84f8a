"""A few rows added in one statement: the same as `bulk_create` says, few or many, new or corrected."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.episodes.models import Event
from baton.platform import added
from baton.platform.added import add_rows
from baton.platform.guard import acting_as
from tests.factories import a_place, an_allocated_episode

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
ONCE = ("record", "record_id", "kind", "person")


@pytest.mark.parametrize("number", [0, 1, 3, added.A_FEW, added.A_FEW + 1])
def test_rows_are_added_and_then_corrected(number: int) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        before = Event.objects.count()

        def told(summary: str) -> list[Event]:
            return [
                Event(
                    episode=episode,
                    family_id=episode.family_id,
                    kind="visit_made",
                    at=NOON + timedelta(days=day),
                    recorded_at=NOON,
                    recorded_by=place.worker,
                    summary=summary,
                    record="visits_visit",
                    record_id=day,
                )
                for day in range(number)
            ]

        add_rows(told("First"), once_by=ONCE, corrects=("summary", "at"))
        add_rows(told("Second"), once_by=ONCE, corrects=("summary",))
        kept = list(Event.objects.filter(record="visits_visit").order_by("record_id"))
        assert [event.record_id for event in kept] == list(range(number))
        assert {event.summary for event in kept} <= {"Second"}
        assert [event.at for event in kept] == [NOON + timedelta(days=day) for day in range(number)]
        assert Event.objects.count() == before + number
