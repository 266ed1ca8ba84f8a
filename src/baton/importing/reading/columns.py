"""What of an extract is not brought: columns and whole sheets that nothing is made of, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from baton.importing.reading.mapping import Mapping as Map
from baton.importing.reading.sheets import stem_of
from baton.importing.reading.values import text_of

NOBODY_ASKED = "the mapping does not name it"


class NotBrought(NamedTuple):
    """A column of a sheet, or all of it where `column` is empty; `times` is in how many rows it says something."""

    sheet: str
    column: str
    why: str
    times: int


class Columns:
    """Counts, of the columns of one sheet that no part of a mapping reads, the rows that say something."""

    def __init__(self, mapping: Map, sheet: str, name: str, header: Iterable[str]) -> None:
        self.name = name
        self.written = {column.casefold(): column for column in header if column}
        self.read = _read_of(mapping, sheet)
        self.why = _reasons(mapping, sheet)
        self.times: Counter[str] = Counter({column: 0 for column in self.written if column not in self.read})

    def note(self, row: Mapping[str, Any]) -> None:
        """Look at one row; what is spread over columns stands in it as columns."""
        for column in row:
            if column not in self.read and column and text_of(row[column]):
                self.times[column] += 1

    def not_brought(self) -> Iterator[NotBrought]:
        """Each column that nothing was made of."""
        for column, times in self.times.items():
            why = self.why.get(column, NOBODY_ASKED)
            yield NotBrought(self.name, self.written.get(column, column), why, times)


def sheets_not_brought(mapping: Map, names: Iterable[str]) -> Iterator[NotBrought]:
    """Sheets of a folder, by the stems of their files, that the mapping reads nothing of."""
    read = {stem_of(each.sheet) for each in _every(mapping)} | {each.tab.casefold() for each in _every(mapping)}
    for name in names:
        if name.casefold() not in read:
            yield NotBrought(name, "", mapping.not_brought.get(name.casefold(), NOBODY_ASKED), 0)


def _read_of(mapping: Map, sheet: str) -> frozenset[str]:
    wanted: set[str] = set()
    for each in mapping.sheets:
        if each.sheet.casefold() == sheet.casefold():
            wanted |= each.wanted
        for beside in each.beside:
            if beside.sheet.casefold() == sheet.casefold():
                wanted |= each.wanted | beside.wanted
    return frozenset(wanted)


def _reasons(mapping: Map, sheet: str) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for each in _every(mapping):
        if each.sheet.casefold() == sheet.casefold():
            reasons |= each.not_brought
    return reasons


def _every(mapping: Map) -> Iterator[Any]:
    for each in mapping.sheets:
        yield each
        yield from each.beside
