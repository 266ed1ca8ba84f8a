"""What somebody types into one box to find a person: names, a birthday, an age, a postcode, a number, in any order."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from baton.matching.likeness.facts import compact, plain

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATES = (
    re.compile(r"\b(?P<d>\d{1,2})[\s./-]+(?P<m>\d{1,2})[\s./-]+(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{MONTH})\s+(?P<y>\d{{4}}|\d{{2}})\b", re.IGNORECASE),
)
MONTH_AND_YEAR = re.compile(rf"\b(?P<m>{MONTH})\s+(?P<y>\d{{4}})\b", re.IGNORECASE)
AGE = re.compile(
    r"\b(?:aged?\s*(?P<a>\d{1,3})|(?P<b>\d{1,3})\s*(?:years?(?:\s+old)?|yrs?|y\.?o\.?|y))\b", re.IGNORECASE
)
YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
UPN = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b", re.IGNORECASE)
NUMBER = re.compile(r"\+?\d(?:[\s-]?\d){8,12}")
LONE_AGE = re.compile(r"(?<![\d/.-])\b(\d{1,2})\b(?![\d/.-])")
OLDEST = 110


@dataclass(frozen=True)
class Typed:
    """What was understood. `born_from` and `born_to` stand for an age or a year; `numbers` identify or telephone."""

    names: tuple[str, ...] = ()
    born: date | None = None
    born_from: date | None = None
    born_to: date | None = None
    age: int | None = None
    postcodes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.born or self.born_from or self.postcodes or self.numbers)

    @property
    def birthdays(self) -> tuple[date, ...]:
        """The day of birth, and the same with day and month the other way round."""
        if self.born is None:
            return ()
        swapped = _date(self.born.year, self.born.day, self.born.month)
        return (self.born,) if swapped is None or swapped == self.born else (self.born, swapped)


@dataclass
class _Reader:
    """Takes one thing after another out of what was typed; what is left are names."""

    left: str
    on: date
    found: dict[str, object] = field(default_factory=dict)

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Each place the pattern fits in what is left."""
        return pattern.finditer(self.left)

    def cut(self, match: re.Match[str]) -> None:
        self.left = f"{self.left[: match.start()]} {self.left[match.end() :]}"


def understand(text: str, *, on: date) -> Typed:
    """Read what was typed, on a day (a year of two figures lies before it). What nothing else explains is a name."""
    reader = _Reader(text, on)
    for read in (_postcodes, _birthday, _numbers, _age_or_year):
        read(reader)
    return Typed(names=tuple(plain(reader.left).split()), **reader.found)  # type: ignore[arg-type]


def _postcodes(reader: _Reader) -> None:
    for match in list(reader.take(POSTCODE))[:1]:
        reader.found["postcodes"] = (compact(match.group()),)
        reader.cut(match)


def _birthday(reader: _Reader) -> None:
    for pattern in DATES:
        for match in reader.take(pattern):
            born = _date(_year(match["y"], reader.on), _month(match["m"]), int(match["d"]))
            born = born or _date(_year(match["y"], reader.on), int(match["d"]), _month(match["m"]))
            if born is not None:
                reader.found["born"] = born
                reader.cut(match)
                return


def _numbers(reader: _Reader) -> None:
    found = [match for pattern in (UPN, NUMBER) for match in reader.take(pattern)]
    if found:
        reader.found["numbers"] = tuple(compact(match.group()) for match in found)
        for match in sorted(found, key=lambda each: -each.start()):
            reader.cut(match)


def _age_or_year(reader: _Reader) -> None:
    """An age ("9", "aged 9", "9 years old"), a year, or a month and a year."""
    for match in reader.take(MONTH_AND_YEAR):
        year, month = int(match["y"]), _month(match["m"])
        _between(reader, match, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return
    for match in reader.take(AGE):
        _aged(reader, match, int(match["a"] or match["b"]))
        return
    for match in reader.take(YEAR):
        _between(reader, match, date(int(match.group()), 1, 1), date(int(match.group()), 12, 31))
        return
    for match in reader.take(LONE_AGE):
        _aged(reader, match, int(match.group()))
        return


def _aged(reader: _Reader, match: re.Match[str], age: int) -> None:
    if age <= OLDEST and "born" not in reader.found:
        on = reader.on
        first, last = _day_years_before(on, age + 1), _day_years_before(on, age)
        reader.found["age"] = age
        _between(reader, match, first, last)


def _between(reader: _Reader, match: re.Match[str], first: date, last: date) -> None:
    if "born" not in reader.found:
        reader.found["born_from"], reader.found["born_to"] = first, last
    reader.cut(match)


def _day_years_before(on: date, years: int) -> date:
    return _date(on.year - years, on.month, on.day) or date(on.year - years, 3, 1)


def _year(digits: str, on: date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    century = on.year // 100 * 100
    return century + year if century + year <= on.year else century - 100 + year


def _month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.index(word[:3].lower()) + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
