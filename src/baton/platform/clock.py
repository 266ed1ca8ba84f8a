"""The one place that reads the clock. Only views, jobs and commands call it; everything else is given the time."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

LONDON = ZoneInfo("Europe/London")
_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """The moment it is, aware, in UTC."""
    return _stopped.get() or timezone.now()  # noqa: TID251 - the one place


def today() -> date:
    """The date it is in England."""
    return now().astimezone(LONDON).date()


@contextmanager
def stopped_at(at: datetime) -> "Iterator[None]":
    """Hold the clock at a moment, for tests."""
    token = _stopped.set(at)
    try:
        yield
    finally:
        _stopped.reset(token)
