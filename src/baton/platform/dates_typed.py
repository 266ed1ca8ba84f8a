"""Reads dates and times as people type them, and says what to do when they cannot be read. No Django."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from baton.platform.dates_in_words import LONDON

BOXES = ("day", "month", "year")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
A_TIME = re.compile(r"^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$")
NAMED_TIMES = {"midday": time(12), "noon": time(12), "12 noon": time(12), "midnight": time(0)}


@dataclass(frozen=True)
class NotRead(Exception):
    """Why it could not be read, and which boxes to look at."""

    sentence: str
    boxes: tuple[str, ...]


def read_day(typed: dict[str, str], called: str = "date") -> date:
    """The date in three boxes; a month may be a name. Raises `NotRead`."""
    missing = tuple(box for box in BOXES if not typed[box])
    if missing:
        raise NotRead(f"The {called} must include a {' and a '.join(missing)}", missing)
    if not re.fullmatch(r"\d{4}", typed["year"]):
        raise NotRead(f"The year of the {called} must have 4 numbers, like 2026", ("year",))
    month, day_of_month = _month(typed["month"]), _number(typed["day"])
    wrong = tuple(box for box, fine in (("day", 1 <= day_of_month <= 31), ("month", 1 <= month <= 12)) if not fine)
    try:
        return date(int(typed["year"]), month, day_of_month)
    except ValueError:
        raise NotRead(f"The {called} must be a real date, like 27 3 2026", wrong or BOXES) from None


def read_time(typed: str) -> time:
    """ "2:30pm", "14:30", "2.30 pm", "9am", "0930" or "midday". Raises `NotRead`."""
    words = " ".join(typed.lower().replace("a.m.", "am").replace("p.m.", "pm").split())
    if words in NAMED_TIMES:
        return NAMED_TIMES[words]
    found = A_TIME.match(words)
    if not found or not (found[2] or found[3]):
        raise NotRead("Enter a time, like 2:30pm or 14:30", ("time",))
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and hour <= 12:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise NotRead("Enter a real time, like 2:30pm or 14:30", ("time",)) from None


def moment_in_england(on: date, at: time) -> datetime:
    """The moment meant by England's clocks, in UTC; of a time that came twice, the first.

    Raises `NotRead` for a time that the clocks skipped.
    """
    told = datetime.combine(on, at, tzinfo=LONDON).astimezone(UTC)
    if told.astimezone(LONDON).time() != at:
        raise NotRead("That time did not happen: the clocks went forward. Enter the time an hour later", ("time",))
    return told


def _month(typed: str) -> int:
    return MONTHS.index(typed[:3].lower()) + 1 if typed[:3].lower() in MONTHS and typed.isalpha() else _number(typed)


def _number(typed: str) -> int:
    """The number, or 0 for what is none."""
    return int(typed) if re.fullmatch(r"\d{1,2}", typed, re.ASCII) else 0
