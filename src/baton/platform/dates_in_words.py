"""Dates and times as people read them: "Friday 18 December 2026", "18 December 2026 at 2:30pm". In England's time."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WORDS_FOR_TIMES = {time(0, 0): "midnight", time(12, 0): "midday"}
REMEMBERED = 10_000  # a page says a hundred, and most of them again and again


@lru_cache(REMEMBERED)
def day(on: date | None) -> str:
    """ "Friday 18 December 2026"; nothing for no date."""
    return f"{_local_date(on):%A} {long_day(on)}" if on else ""


@lru_cache(REMEMBERED)
def long_day(on: date | None) -> str:
    """ "18 December 2026"; nothing for no date."""
    return f"{_local_date(on).day} {_local_date(on):%B %Y}" if on else ""


def short_day(on: date | None) -> str:
    """ "18 Dec 2026"; nothing for no date."""
    return f"{_local_date(on).day} {_local_date(on):%b %Y}" if on else ""


@lru_cache(REMEMBERED)
def clock_time(at: datetime | time | None) -> str:
    """ "2:30pm", "9am", "midday"; nothing for no time."""
    if at is None:
        return ""
    read = _local(at).time() if isinstance(at, datetime) else at
    read = read.replace(second=0, microsecond=0, tzinfo=None)
    return WORDS_FOR_TIMES.get(read) or _twelve_hour(read)


@lru_cache(REMEMBERED)
def moment(at: datetime | None) -> str:
    """ "18 December 2026 at 2:30pm"; nothing for no moment."""
    return f"{long_day(at)} at {clock_time(at)}" if at else ""


def _twelve_hour(at: time) -> str:
    hour = at.hour % 12 or 12
    half = "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02}{half}" if at.minute else f"{hour}{half}"


def _local(at: datetime) -> datetime:
    """The moment by England's clocks; one without a timezone is taken to be so already."""
    return at.astimezone(LONDON) if at.tzinfo else at


def _local_date(on: date) -> date:
    return _local(on).date() if isinstance(on, datetime) else on
