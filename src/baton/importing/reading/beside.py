"""What another sheet says of the same things, put beside each row: addresses, codes in rows, answers to questions."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baton.importing.reading.dates import read_date
from baton.importing.reading.values import folded, text_of
from baton.practice.entries import Entry

BETWEEN = ";"
Found = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Beside:
    """Another sheet and how its rows belong to those of the first: `here` and `there` say the same.

    Of several rows the `latest` day's stands, else the first that says something; of the columns `every` all values.
    The keys of a JSON column are columns (`spread`); so are questions, where each row answers one.
    """

    sheet: str
    here: str
    there: str
    tab: str = ""
    latest: str = ""
    every: tuple[str, ...] = ()
    spread: str = ""
    question: str = ""
    answer: str = ""
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_optional: bool = False

    @property
    def wanted(self) -> frozenset[str]:
        """Names of the columns by which it is read, in small letters."""
        named = (self.there, self.latest, self.spread, self.question, self.answer, *self.every, *self.only)
        return frozenset(filter(None, named))

    def is_meant(self, row: Mapping[str, Any]) -> bool:
        """Whether the mapping asks for rows like this one."""
        return all(folded(text_of(row.get(column))) in values for column, values in self.only.items())


def beside_of(entry: Entry) -> Beside:
    """What a mapping says of another sheet."""
    by = dict(entry.entry("by").items())
    if len(by) != 1:
        entry.complain('"by" names one column here and one there', "Write by: {PERSON_ID: OWNER_ID}", key="by")
        by = {"": ""}
    if entry.has("question") != entry.has("answer"):
        entry.complain("A question without an answer, or the other way round", 'Name both "question" and "answer"')
    ((here, there),) = by.items()
    only = {
        each.text("column").casefold(): frozenset(map(folded, each.texts("values"))) for each in entry.entries("only")
    }
    made = Beside(
        entry.text("sheet"),
        here.casefold(),
        there.casefold(),
        tab=entry.optional_text("tab") or "",
        latest=(entry.optional_text("latest") or "").casefold(),
        every=tuple(column.casefold() for column in entry.texts("every")),
        spread=(entry.optional_text("spread") or "").casefold(),
        question=(entry.optional_text("question") or "").casefold(),
        answer=(entry.optional_text("answer") or "").casefold(),
        only=only,
        is_optional=entry.flag("optional"),
    )
    entry.close()
    return made


def gathered(
    beside: Beside, rows: Iterable[Mapping[str, Any]], *, keep: frozenset[str], order: str, today: date
) -> Found:
    """By what stands in `there`, what the rows say in the columns of `keep`, in small letters."""
    found: Found = {}
    latest: dict[str, date] = {}
    for row in rows:
        key = text_of(row.get(beside.there))
        if not key or not beside.is_meant(row):
            continue
        said = {column: value for column, value in _said(beside, row).items() if column in keep and text_of(value)}
        day = _day(beside, row, order, today)
        if key not in found:
            found[key], latest[key] = said, day
        elif beside.latest and day > latest[key]:
            found[key], latest[key] = _joined(beside, said, found[key]), day
        elif beside.latest:
            found[key] = _joined(beside, found[key], said)
        else:
            found[key] = said | _joined(beside, found[key], said)
    return found


def _said(beside: Beside, row: Mapping[str, Any]) -> Mapping[str, Any]:
    if beside.question:
        return {folded(text_of(row.get(beside.question))): row.get(beside.answer)}
    return {**row, **_spread(row.get(beside.spread))} if beside.spread else row


def _spread(cell: Any) -> dict[str, Any]:
    try:
        found = json.loads(text_of(cell) or "{}")
    except ValueError:
        return {}
    return {str(name).casefold(): value for name, value in found.items()} if isinstance(found, dict) else {}


def _joined(beside: Beside, stands: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What stands, with the values of the other row in columns of which every value counts."""
    values: dict[str, str] = {}
    for column in beside.every:
        said = [part for row in (stands, other) for part in text_of(row.get(column)).split(BETWEEN) if part]
        values |= {column: BETWEEN.join(dict.fromkeys(said))} if said else {}
    return stands | values


def _day(beside: Beside, row: Mapping[str, Any], order: str, today: date) -> date:
    read = read_date(row.get(beside.latest) or "", order=order, today=today) if beside.latest else None
    return read.day if read and read.day else date.min
