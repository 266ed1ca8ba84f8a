"""What the worker clears away."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.jobs import sweep
from baton.platform.models import Draft, RateCount, Session
from tests.factories import a_place

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 20, 3, 17, tzinfo=UTC)


def swept() -> dict[str, int]:
    with clock.stopped_at(NIGHT):
        return sweep(timestamp=0)


def test_sessions_that_ended_go_and_others_stay() -> None:
    Session.objects.create(session_key="ended", session_data="", expire_date=NIGHT - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=NIGHT + timedelta(seconds=1))
    assert swept()["sessions"] == 1
    assert Session.objects.get().session_key == "open"


def test_counts_of_callers_are_kept_two_days() -> None:
    RateCount.objects.create(key="old", window_starts_at=NIGHT - timedelta(days=2, seconds=1), count=3)
    RateCount.objects.create(key="new", window_starts_at=NIGHT - timedelta(days=1), count=3)
    assert swept()["counts"] == 1
    assert RateCount.objects.get().key == "new"


def test_sweeping_twice_does_no_harm() -> None:
    swept()
    assert swept() == {"sessions": 0, "counts": 0}


def test_drafts_nobody_came_back_to_go_after_a_month() -> None:
    worker = a_place().worker
    with acting_as(worker):
        for path, days in (("/old/", 31), ("/new/", 29)):
            Draft.objects.create(holder=f"u{worker.pk}", path=path, typed={}, saved_at=NIGHT - timedelta(days=days))
    swept()
    with acting_as(worker):
        assert Draft.objects.get().path == "/new/"
