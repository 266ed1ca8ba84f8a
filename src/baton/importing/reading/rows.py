"""Rows of a sheet as records to be: what each says of whom, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from baton.importing.reading.mapping import FirstYes, SheetMap
from baton.importing.reading.mapping import Mapping as Map
from baton.importing.reading.targets import BELONGING, Field, Read
from baton.importing.reading.values import Codes, Reader, ValueRead, folded, keys_in, reader_of, says_yes, text_of

LEVELS = STOPS, LEFT_OUT, NOTE = "stops", "left out", "note"
WORDS_KEPT = ("reasons", "end_reason")  # what was said stays beside the code
MOST_WORDS = 200
CUT = "the rest was cut off"
SHOWN = 60  # letters of a value that a report repeats
WHOLE = {"id": ".", "professional": " ", "lead_name": " "}  # made of all their columns
NAMES = ("given_name", "family_name", "known_as")
BELONGS = tuple(each.name for each in BELONGING)


SAYS_SOMETHING = {"home": ("address", "postcode"), "involvement": ("organisation", "professional")}


class Finding(NamedTuple):
    """Something a report says of a row: whether it stops the row, leaves a value out, or is only worth knowing."""

    level: str
    field: str
    words: str


@dataclass
class Record:
    """One record a row is to become. `refs` are ids of the other system: family, person, and whom else it is about."""

    kind: str
    source_id: str
    told: dict[str, Any]
    family: str = ""
    person: str = ""
    other: str = ""
    findings: list[Finding] = field(default_factory=list)


class _Cell(NamedTuple):
    field: Field
    columns: tuple[str, ...]
    read: Reader
    constant: str
    first_yes: FirstYes | None


class RowReader:
    """Reads the rows of one sheet. `known` gives Baton's codes by list."""

    def __init__(self, mapping: Map, sheet: SheetMap, *, known: Mapping[str, Codes], today: date) -> None:
        self.sheet, self.today = sheet, today
        self.nothing: Counter[tuple[str, str]] = Counter()  # how often a code was said that stands for nothing
        self.marks = () if mapping.brings_marked else mapping.marks
        self.marked = re.compile(
            "|".join(rf"(?<![A-Z]){re.escape(mark.upper())}(?![A-Z])" if len(mark) < 4 else re.escape(mark.upper())
                     for mark in mapping.marks)
        )  # fmt: skip
        self.cells = [
            self._cell(each, known.get(each.codes, {}), mapping.order)
            for each in sheet.target.fields
            if each.name in {*sheet.columns, *sheet.constants, *sheet.first_yes}
        ]

    def is_meant(self, row: Mapping[str, Any]) -> bool:
        """Whether the mapping asks for rows like this one."""
        return all(folded(text_of(row.get(each.column))) in each.values for each in self.sheet.only)

    def records(self, row: Mapping[str, Any]) -> Iterator[Record]:
        """The records a row becomes: a person with a family, for one, is a person and a belonging."""
        told, findings = self._told(row)
        yield from MAKE[self.sheet.target.kind](self, told, findings)

    def _cell(self, each: Field, known: Codes, order: str) -> _Cell:
        table = self.sheet.codes.get(each.name, {})
        read = reader_of(each, table=table, known=known, order=order, today=self.today)
        columns = self.sheet.columns.get(each.name, ())
        return _Cell(each, columns, read, self.sheet.constants.get(each.name, ""), self.sheet.first_yes.get(each.name))

    def _told(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
        told: dict[str, Any] = {}
        findings: list[Finding] = []
        for cell in self.cells:
            name = cell.field.name
            written = _written(cell, row)
            read = cell.read(written)
            if read.wrong or read.note:
                findings.append(_finding(cell.field, written, read))
            if read.is_nothing:
                self.nothing[name, self._code_written(name, written)] += 1
            if len(cell.columns) > 1 or cell.first_yes is not None:
                findings += _said_too(cell, row, written)
            if name in WORDS_KEPT and (words := text_of(written)):
                told[f"{name}_words"] = words[:MOST_WORDS]
                if len(words) > MOST_WORDS:
                    findings.append(Finding(NOTE, name, f"{name} is longer than {MOST_WORDS} letters; {CUT}"))
            if read.value is not None:
                told[name] = read.value
            elif cell.field.required and not read.wrong:
                findings.append(Finding(STOPS, name, f"{name} is empty"))
        return told, findings

    def _code_written(self, name: str, written: Any) -> str:
        """A code as the mapping names it; what stands for any other may be anybody's words."""
        code = text_of(written)
        return f'"{code}"' if folded(code) in self.sheet.codes.get(name, {}) else "any other code"

    def is_marked(self, told: Mapping[str, Any]) -> str:
        """The words by which somebody marked a record in its name as one not to use."""
        names = " ".join(told.get(name, "") for name in NAMES).upper()
        found = self.marked.search(names) if names else None
        return found[0] if found else ""


def _written(cell: _Cell, row: Mapping[str, Any]) -> Any:
    if cell.first_yes is not None:
        return _chosen(cell.first_yes, row)
    if cell.field.read is Read.LINES and len(cell.columns) > 1:
        return "\n".join(filter(None, (text_of(row.get(column)) for column in cell.columns)))
    if cell.field.name in WHOLE:
        between = WHOLE[cell.field.name]
        return between.join(filter(None, (text_of(row.get(column)) for column in cell.columns)))
    for column in cell.columns:
        if text_of(written := row.get(column)):
            return written
    return cell.constant


def _chosen(by: FirstYes, row: Mapping[str, Any]) -> str:
    return next((by.codes[column] for column in _set(by, row)), by.otherwise)


def _set(by: FirstYes, row: Mapping[str, Any]) -> list[str]:
    """The flags that say yes, in the mapping's order."""
    flags = keys_in(row.get(by.within)) if by.within else row
    return [column for column in by.codes if says_yes(flags.get(column))]


def _said_too(cell: _Cell, row: Mapping[str, Any], written: Any) -> list[Finding]:
    """What other columns of the same field say, of which one is taken."""
    name = cell.field.name
    if cell.first_yes is not None:
        flags = _set(cell.first_yes, row)
        others = [flag for flag in flags if cell.first_yes.codes[flag] != cell.first_yes.codes[flags[0]]]
        return [Finding(NOTE, name, f"{flag} is set too; {flags[0]} was taken") for flag in others]
    if name in WHOLE or cell.field.read is Read.LINES:
        return []
    taken = folded(text_of(written))
    return [
        Finding(NOTE, name, f'{column} says "{text_of(row.get(column))[:SHOWN]}"; another column was taken')
        for column in cell.columns
        if folded(text_of(row.get(column))) not in ("", taken)
    ]


def _finding(of: Field, written: Any, read: ValueRead) -> Finding:
    words = text_of(written)[:SHOWN].replace('"', "'")  # a report tells values by their quotation marks
    if read.wrong:
        return Finding(STOPS if of.required else LEFT_OUT, of.name, f'{of.name} "{words}" {read.wrong}')
    return Finding(NOTE, of.name, f'{of.name} "{words}": {read.note}')


def _person(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> Iterator[Record]:
    belongs = {name: told.pop(name) for name in BELONGS if name in told}
    family = told.pop("family", "")
    if told.pop("is_mother", False):
        belongs.setdefault("part", "parent")
    source_id = told.pop("id", "")
    _check_names(reader, told, findings)
    _check_life(told, findings)
    if family or belongs:
        told["belongs"] = belongs  # for a family that another sheet names
    yield Record("person", source_id, told, findings=findings)
    if family and source_id:
        yield Record("membership", f"{family}|{source_id}", belongs, family=family, person=source_id)


def _check_names(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> None:
    if not told.get("given_name") and not told.get("family_name"):
        if not told.get("due_on"):
            findings.append(Finding(STOPS, "given_name", "there is no name"))
        told["given_name"], told["family_name"] = "Baby", ""
    elif not (told.get("given_name") and told.get("family_name")):
        missing = "given_name" if not told.get("given_name") else "family_name"
        findings.append(Finding(NOTE, missing, f"{missing} is empty"))
        told[missing] = ""
    mark = reader.is_marked(told)
    if mark and reader.marks:
        words = f'the name says "{mark}": in the other system somebody marked this record as one not to use'
        findings.append(Finding(STOPS, "family_name", words))
    elif mark:
        findings.append(Finding(NOTE, "family_name", f'the name says "{mark}"'))


def _check_life(told: dict[str, Any], findings: list[Finding]) -> None:
    born, died = told.get("date_of_birth"), told.get("died_on")
    if born and died and died < born:
        findings.append(Finding(STOPS, "died_on", f"died on {died}, before the birth on {born}"))
    if born and told.pop("due_on", None):
        findings.append(Finding(NOTE, "due_on", "a date the baby is due was left out: the birth is known"))
    if told.get("upn") and told.pop("no_upn", None):
        findings.append(Finding(NOTE, "no_upn", "why there is no UPN was left out: there is one"))


def _of_one(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> Iterator[Record]:
    """A request, an episode or a family: it has an id, and may name a family or a person."""
    source_id, family, person = told.pop("id", ""), told.pop("family", ""), told.pop("person", "")
    kind = reader.sheet.target.kind
    if kind in ("request", "episode") and not (family or person):
        findings.append(Finding(STOPS, "person", "it names neither a person nor a family"))
    if kind == "episode":
        _check_span(told, "started_on", "ended_on", findings)
    yield Record(kind, source_id, told, family=family, person=person, findings=findings)


def _membership(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> Iterator[Record]:
    family, person = told.pop("family", ""), told.pop("person", "")
    _check_span(told, "from_on", "until_on", findings)
    yield Record("membership", f"{family}|{person}", told, family=family, person=person, findings=findings)


def _relationship(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> Iterator[Record]:
    person, relative = told.pop("person", ""), told.pop("relative", "")
    if person and person == relative:
        findings.append(Finding(STOPS, "relative", "somebody cannot be related to themselves"))
    _check_span(told, "from_on", "until_on", findings)
    source_id = f"{person}|{told.get('kind', '')}|{relative}"
    yield Record("relationship", source_id, told, person=person, other=relative, findings=findings)


def _of_person(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> Iterator[Record]:
    """Something true of a person from a day until another: a home, an agency that works with them."""
    source_id, person = told.pop("id", ""), told.pop("person", "")
    kind = reader.sheet.target.kind
    if not any(told.get(name) for name in SAYS_SOMETHING[kind]):
        findings.append(Finding(STOPS, SAYS_SOMETHING[kind][0], f"{' and '.join(SAYS_SOMETHING[kind])} are empty"))
    _check_span(told, "from_on", "until_on", findings)
    yield Record(kind, source_id, told, person=person, findings=findings)


def _event(reader: RowReader, told: dict[str, Any], findings: list[Finding]) -> Iterator[Record]:
    yield Record("event", told.pop("id", ""), told, other=told.pop("episode", ""), findings=findings)


def _check_span(told: dict[str, Any], begins: str, ends: str, findings: list[Finding]) -> None:
    first, last = told.get(begins), told.get(ends)
    if first and last and last < first:
        findings.append(Finding(STOPS, ends, f"it ends on {last}, before it begins on {first}"))


MAKE = {
    "person": _person,
    "family": _of_one,
    "request": _of_one,
    "episode": _of_one,
    "membership": _membership,
    "home": _of_person,
    "involvement": _of_person,
    "relationship": _relationship,
    "event": _event,
}
__all__ = ["Finding", "Record", "RowReader"]
