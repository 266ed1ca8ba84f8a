"""What another sheet says of the same things, put beside each row: codes in rows, names behind ids, answers to
questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from baton.importing.reading.dates import read_date
from baton.importing.reading.values import folded, keys_in, text_of
from baton.practice.entries import Entry

BETWEEN = ";"


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
    not_brought: Mapping[str, str] = field(default_factory=dict)
    is_optional: bool = False

    @property
    def wanted(self) -> frozenset[str]:
        """Names of the columns by which it is read, in small letters."""
        named = (self.there, self.latest, self.spread, self.question, self.answer, *self.every, *self.only)
        return frozenset(filter(None, named))

    def is_meant(self, row: Mapping[str, Any]) -> bool:
        """Whether the mapping asks for rows like this one."""
        return all(folded(text_of(row.get(column))) in values for column, values in self.only.items())

    def said(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """The row with each key of its JSON column, or the question it answers, as a column."""
        if self.question:
            return {**row, folded(text_of(row.get(self.question))): row.get(self.answer)}
        return {**row, **keys_in(row.get(self.spread))} if self.spread else row


class RowBeside(NamedTuple):
    """What one row of another sheet says, in text: of what, from which day, and by column."""

    key: str
    day: date | None
    said: Mapping[str, str]


class Merged(NamedTuple):
    """What all rows of one thing say together, and how many rows say something that another says otherwise."""

    said: Mapping[str, str]
    not_taken: int = 0


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
        not_brought=reasons_of(entry),
        is_optional=entry.flag("optional"),
    )
    entry.close()
    return made


def reasons_of(entry: Entry) -> dict[str, str]:
    """Columns or sheets that a mapping says are not brought, in small letters, and why."""
    if not entry.has("not_brought"):
        return {}
    return {name.casefold(): why for name, why in entry.entry("not_brought").items()}


def row_beside(
    beside: Beside, row: Mapping[str, Any], *, keep: frozenset[str], order: str, today: date
) -> RowBeside | None:
    """What a row says in the columns of `keep`, in small letters; None where the mapping does not ask for it."""
    key = text_of(row.get(beside.there))
    if not key or not beside.is_meant(row):
        return None
    said = {column: text for column, value in beside.said(row).items() if column in keep and (text := text_of(value))}
    return RowBeside(key, _day(beside, row, order, today), said)


def merged(beside: Beside, rows: Iterable[RowBeside]) -> Merged:
    """What the rows of one thing, in their order, say together."""
    found: list[RowBeside] = list(rows)
    if beside.latest:
        found.sort(key=lambda row: row.day or date.min, reverse=True)
    stands: dict[str, str] = {}
    not_taken = 0
    for number, row in enumerate(found):
        once = {column: text for column, text in row.said.items() if column not in beside.every}
        if not beside.latest or number == 0:
            stands = once | stands
        not_taken += any(stands.get(column) != text for column, text in once.items())
        for column in beside.every:
            parts = [*stands.get(column, "").split(BETWEEN), *row.said.get(column, "").split(BETWEEN)]
            if any(parts):
                stands[column] = BETWEEN.join(dict.fromkeys(filter(None, parts)))
    return Merged(stands, not_taken)


def _day(beside: Beside, row: Mapping[str, Any], order: str, today: date) -> date | None:
    return read_date(row.get(beside.latest) or "", order=order, today=today).day if beside.latest else None
