"""Dates as other systems write them: in words, in figures of any order, as Excel's numbers, with two-digit years."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

EXCEL_BEGINS = date(1899, 12, 30)  # number 1 is 31 December 1899 there, and 60 a 29 February that never was
NEVER_WAS = 60
EARLIEST, LATEST_SERIAL = date(1900, 1, 1), 73_050  # 73050 is 1 January 2100
ORDERS = {"day first": "dmy", "month first": "mdy", "year first": "ymd"}
MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
EMPTY = {"", "null", "none", "n/a", "na", "nan", "nat", "-"}
PLACEHOLDERS = {date(1900, 1, 1), date(9999, 12, 31)}  # what a system writes that cannot leave a date empty
_TIME = r"(?:[T ]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
FIGURES = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
WORDS = re.compile(
    rf"(?:[a-z]+,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[-\s]+([a-z]+)\.?,?[-\s]+(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
SERIAL = re.compile(r"(\d{1,5})(?:\.\d+)?")


@dataclass(frozen=True)
class DateRead:
    """A date that was read, or none; `note` says what had to be guessed, `wrong` why it is none."""

    day: date | None = None
    note: str = ""
    wrong: str = ""


NOTHING = DateRead()


def read_date(written: object, *, order: str = "dmy", today: date) -> DateRead:
    """Read a date as a sheet holds it. `order` is dmy or mdy, for figures with the year last."""
    if isinstance(written, datetime):
        return _in_range(written.date())
    if isinstance(written, date):
        return _in_range(written)
    text = " ".join(str(written).split())
    if text.casefold() in EMPTY:
        return NOTHING
    for reader in (_year_first, _figures, _words, _serial):
        read = reader(text, order, today)
        if read is not None:
            return read if read.day is None else _in_range(read.day, read.note)
    return DateRead(wrong="is not a date")


def _year_first(text: str, order: str, today: date) -> DateRead | None:
    found = YEAR_FIRST.fullmatch(text) or EIGHT.fullmatch(text)
    return _made(int(found[1]), int(found[2]), int(found[3])) if found else None


def _figures(text: str, order: str, today: date) -> DateRead | None:
    found = FIGURES.fullmatch(text)
    if not found:
        return None
    one, two, last = found.groups()
    year, note = _year(last, today)
    day, month = (int(one), int(two)) if order != "mdy" else (int(two), int(one))
    read = _made(year, month, day, note)
    if read.day is None and _made(year, day, month).day is not None:
        named = "day" if order != "mdy" else "month"
        return DateRead(wrong=f"is not a date with the {named} first, as the mapping says")
    return read


def _words(text: str, order: str, today: date) -> DateRead | None:
    found = WORDS.fullmatch(text)
    if not found or found[2][:3].casefold() not in MONTHS:
        return None
    year, note = _year(found[3], today)
    return _made(year, MONTHS[found[2][:3].casefold()], int(found[1]), note)


def _serial(text: str, order: str, today: date) -> DateRead | None:
    found = SERIAL.fullmatch(text)
    if not found:
        return None
    number = int(found[1])
    if not 1 <= number <= LATEST_SERIAL or number == NEVER_WAS:
        return DateRead(wrong="is a number that stands for no day")
    day = EXCEL_BEGINS + timedelta(days=number + (number < NEVER_WAS))
    return DateRead(day, f"the number {number} was read as Excel's for this day")


def _year(written: str, today: date) -> tuple[int, str]:
    """Two figures are of this century where that is not to come, and else of the one before."""
    if len(written) == 4:
        return int(written), ""
    year = today.year - today.year % 100 + int(written)
    year -= 100 if year > today.year else 0
    return year, f"a year of two figures was read as {year}"


def _made(year: int, month: int, day: int, note: str = "") -> DateRead:
    try:
        return DateRead(date(year, month, day), note)
    except ValueError:
        return DateRead(wrong="is not a day of the calendar")


def _in_range(day: date, note: str = "") -> DateRead:
    if day in PLACEHOLDERS:
        return DateRead(note=f"{day.isoformat()} was read as no date")
    return DateRead(wrong="lies before 1900") if day < EARLIEST else DateRead(day, note)
