"""How amounts of time are counted, once, for everyone: hours, days, working days, weeks and months in Europe/London."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR = 2000
LAST_YEAR = 2100
SATURDAY = 5


class OutsideCalendarError(ValueError):
    """The date lies outside the years for which bank holidays or the calendar itself are known."""


def day_of(moment: datetime) -> date:
    """The date in London on which an instant falls. Raises ValueError when the instant has no timezone."""
    if moment.tzinfo is LONDON:
        return moment.date()
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no timezone")
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError as error:
        raise OutsideCalendarError(f"{moment.isoformat()} is outside the calendar") from error


def end_of(day: date) -> datetime:
    """The last instant of a day in London, in London time."""
    return datetime.combine(day, time.max, LONDON)


def add_hours(moment: datetime, hours: int) -> datetime:
    """The instant that many elapsed hours later, through nights, weekends and clock changes, in UTC."""
    try:
        return moment.astimezone(UTC) + timedelta(hours=hours)
    except OverflowError as error:
        raise OutsideCalendarError(f"{hours} hours after {moment.isoformat()} is outside the calendar") from error


def add_days(day: date, days: int) -> date:
    """The date that many calendar days later; the start day is not counted."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise OutsideCalendarError(f"{days} days after {day.isoformat()} is outside the calendar") from error


def add_weeks(day: date, weeks: int) -> date:
    """The same weekday that many weeks later."""
    return add_days(day, 7 * weeks)


def add_months(day: date, months: int) -> date:
    """The same day number that many months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OutsideCalendarError(f"{months} months after {day.isoformat()} is outside the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=65536)
def add_working_days(day: date, days: int) -> date:
    """The date that many working days later. The start day is not counted, whatever day it is.

    Raises OutsideCalendarError where the bank holidays of England are not known.
    """
    while days > 0:
        day = add_days(day, 1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a bank holiday of England and Wales. Raises OutsideCalendarError."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a year. Raises OutsideCalendarError for a year that is not known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendarError(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}")
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year, observed=True))


def age_on(day: date, *, born: date) -> int:
    """Completed years of age on a day; someone born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
