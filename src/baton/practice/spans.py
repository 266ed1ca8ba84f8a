"""An amount of time as a framework writes it: "48 hours", "5 working days", "4 to 6 weeks"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from baton.practice import calendar

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WRITTEN = re.compile(r"(?:(\d+) to )?([1-9]\d{0,3}) ([a-z ]+)")


class Unit(StrEnum):
    """What an amount is counted in."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


NAMES = {
    Unit.HOURS: ("hour", "hours"),
    Unit.CALENDAR_DAYS: ("day", "days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.WEEKS: ("week", "weeks"),
    Unit.MONTHS: ("month", "months"),
}
UNIT_OF_NAME = {name: unit for unit, names in NAMES.items() for name in names} | {"calendar days": Unit.CALENDAR_DAYS}
COUNTED: dict[Unit, Callable[[date, int], date]] = {
    Unit.CALENDAR_DAYS: calendar.add_days,
    Unit.WORKING_DAYS: calendar.add_working_days,
    Unit.WEEKS: calendar.add_weeks,
    Unit.MONTHS: calendar.add_months,
}


@dataclass(frozen=True, slots=True)
class Span:
    """An amount in a unit. `at_least` is the lower end of a range such as "4 to 6 weeks", the amount its upper end."""

    amount: int
    unit: Unit
    at_least: int | None = None

    def due_on(self, start: date) -> date:
        """The last day of the span, counted from its start day. Not for hours, which end at an instant."""
        return _counted(self.unit, self.amount, start)

    def due_at(self, start: datetime) -> datetime:
        """The last instant of a span of hours, in UTC."""
        return calendar.add_hours(start, self.amount)

    @property
    def in_hours(self) -> bool:
        """Whether the span ends at an instant and not with a day."""
        return self.unit is Unit.HOURS

    @property
    def lower(self) -> "Span | None":
        """The lower end of a range as a span of its own."""
        return None if self.at_least is None else Span(self.at_least, self.unit)

    @property
    def elapsed(self) -> timedelta:
        """The span as plain elapsed time, for warnings: hours, days and weeks only."""
        hours_each = {Unit.HOURS: 1, Unit.CALENDAR_DAYS: 24, Unit.WEEKS: 7 * 24}
        return timedelta(hours=self.amount * hours_each[self.unit])

    def __str__(self) -> str:
        """The span in words: "six weeks", "four to six weeks", "48 hours"."""
        name = NAMES[self.unit][self.amount != 1]
        least = "" if self.at_least is None else f"{in_words(self.at_least)} to "
        return f"{least}{in_words(self.amount)} {name}"


@lru_cache(maxsize=65536)
def _counted(unit: Unit, amount: int, start: date) -> date:
    return COUNTED[unit](start, amount)


def in_words(number: int) -> str:
    """Small numbers as words, larger ones as figures."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


def read_span(written: str) -> Span:
    """Read "5 working days" or "4 to 6 weeks". Raises ValueError that says how to write one."""
    found = WRITTEN.fullmatch(written.strip())
    unit = UNIT_OF_NAME.get(found[3]) if found else None
    if not found or unit is None:
        raise ValueError(f'"{written}" is not an amount of time; write a number with {", ".join(UNIT_OF_NAME)}')
    least, amount = found[1] and int(found[1]), int(found[2])
    if least and least >= amount:
        raise ValueError(f'"{written}" runs backwards; write the smaller number first')
    return Span(amount, unit, least or None)
