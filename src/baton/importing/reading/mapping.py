"""Mapping files: which sheet of an extract becomes what. Each mistake is named by file, line and fix."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path

from baton.importing.reading.beside import Beside, beside_of, reasons_of
from baton.importing.reading.dates import ORDERS
from baton.importing.reading.targets import KINDS, Read, Target
from baton.practice.entries import Entry, Problem, read_entry

PRESETS = Path(__file__).resolve().parent.parent / "presets"
EXAMPLES = PRESETS / "examples"  # a small extract for each: people who do not exist, and what goes wrong in real ones
MARKED = ("leave out", "bring")
OVERLAPS = ("join", "leave out")
CHOSEN = (Read.CODE, Read.CODES, Read.YES_NO)


class MappingError(ValueError):
    """A mapping file holds mistakes, one line of the message each."""


@dataclass(frozen=True)
class FirstYes:
    """A code chosen by the first of several columns, or keys of one JSON column, that says yes."""

    codes: MappingOf[str, str]
    within: str = ""
    otherwise: str = ""


@dataclass(frozen=True)
class Only:
    """Which rows of a sheet are meant: those whose column says one of these values."""

    column: str
    values: frozenset[str]


@dataclass(frozen=True)
class SheetMap:
    """One sheet and what its rows become."""

    sheet: str
    target: Target
    columns: MappingOf[str, tuple[str, ...]]
    tab: str = ""
    codes: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)
    first_yes: MappingOf[str, FirstYes] = field(default_factory=dict)
    constants: MappingOf[str, str] = field(default_factory=dict)
    only: tuple[Only, ...] = ()
    beside: tuple[Beside, ...] = ()
    spread: str = ""  # a JSON column whose keys are columns
    not_brought: MappingOf[str, str] = field(default_factory=dict)  # columns that nothing is made of, and why
    is_optional: bool = False
    line: int = 0

    @property
    def wanted(self) -> frozenset[str]:
        """Names of all columns that it reads, in small letters."""
        chosen = [each.within or name for each in self.first_yes.values() for name in each.codes]
        read = [name for columns in self.columns.values() for name in columns]
        by = [each.column for each in self.only] + [each.here for each in self.beside]
        return frozenset(filter(None, [*read, *chosen, *by, self.spread]))


@dataclass(frozen=True)
class Mapping:
    """A whole mapping: the name of the other system, how it writes, and its sheets."""

    path: Path
    source: str
    title: str
    sheets: tuple[SheetMap, ...]
    not_brought: MappingOf[str, str] = field(default_factory=dict)  # sheets that nothing is made of, and why
    order: str = "dmy"
    encoding: str = ""
    delimiter: str = ""
    team: str = ""
    brings_marked: bool = False
    joins_overlaps: bool = True
    days_between: int = 0
    marks: tuple[str, ...] = ("DUPLICATE", "DO NOT USE", "XX")


def presets() -> dict[str, Path]:
    """The mappings that come with Baton, by name."""
    return {path.stem: path for path in sorted(PRESETS.glob("*.yaml"))}


def read_mapping(name: str) -> Mapping:
    """A mapping by the path of its file, or a preset by its name. Raises MappingError."""
    path = presets().get(name) or Path(name)
    problems: list[Problem] = []
    made = _mapping(path, read_entry(path, problems, called=path.name))
    if problems:
        raise MappingError("\n".join(map(str, sorted(set(problems)))))
    return made


def _mapping(path: Path, entry: Entry) -> Mapping:
    order = entry.optional_text("dates") or "day first"
    if order not in ORDERS:
        entry.complain(f'"{order}" is no order of day and month', f"Use one of: {', '.join(ORDERS)}", key="dates")
    delimiter = entry.optional_text("delimiter") or ""
    made = Mapping(
        path=path,
        source=entry.text("source"),
        title=entry.text("title"),
        sheets=tuple(_sheet(each) for each in entry.entries("sheets")),
        not_brought=reasons_of(entry),
        order=ORDERS.get(order, "dmy"),
        encoding=entry.optional_text("encoding") or "",
        delimiter="\t" if delimiter == "tab" else delimiter,
        team=entry.optional_text("team") or "",
        brings_marked=_one_of(entry, "marked", MARKED) == "bring",
        joins_overlaps=_one_of(entry, "overlaps", OVERLAPS) == "join",
        days_between=entry.optional_number("days_between") or 0,
        marks=entry.texts("marks") or Mapping.marks,
    )
    if not made.sheets and not entry.problems:
        entry.complain("The mapping names no sheet", 'Add "sheets:" and one item for each sheet of the extract')
    entry.close()
    return made


def _one_of(entry: Entry, key: str, choices: tuple[str, ...]) -> str:
    found = entry.optional_text(key) or choices[0]
    if found not in choices:
        entry.complain(f'"{found}" is not a choice for "{key}"', f"Use one of: {', '.join(choices)}", key=key)
    return found


def _sheet(entry: Entry) -> SheetMap:
    target = KINDS.get(entry.text("makes"))
    if target is None:
        entry.complain(
            f'Nothing is made that is called "{entry.text("makes")}"', f"Use one of: {', '.join(KINDS)}", key="makes"
        )
        target = KINDS["people"]
    columns, constants = _columns(entry, target), _texts(entry, "constants", target)
    first_yes = {
        name: _first_yes(each) for name, each in _entries_by_name(entry, "first_yes", target, (Read.CODE,)).items()
    }
    codes = {name: dict(each.items()) for name, each in _entries_by_name(entry, "codes", target, CHOSEN).items()}
    _refuse_missing(entry, target, {*columns, *constants, *first_yes})
    made = SheetMap(
        entry.text("sheet"),
        target,
        columns,
        tab=entry.optional_text("tab") or "",
        codes={name: {_folded(code): meant for code, meant in table.items()} for name, table in codes.items()},
        first_yes=first_yes,
        constants=constants,
        only=tuple(_only(each) for each in entry.entries("only")),
        beside=tuple(beside_of(each) for each in entry.entries("beside")),
        spread=(entry.optional_text("spread") or "").casefold(),
        not_brought=reasons_of(entry),
        is_optional=entry.flag("optional"),
        line=entry.line,
    )
    for column in made.wanted & made.not_brought.keys():
        entry.complain(f'"{column}" is read, and said not to be brought', "Take it out of one of the two")
    entry.close()
    return made


def _columns(entry: Entry, target: Target) -> dict[str, tuple[str, ...]]:
    """Fields and their columns; of several the first that says something; an address or an id is all of them."""
    table = entry.entry("columns")
    found = {}
    for name in table.values:
        if _is_field(table, name, target):
            found[name] = tuple(column.casefold() for column in table.texts(name))
    return found


def _texts(entry: Entry, key: str, target: Target) -> dict[str, str]:
    if not entry.has(key):
        return {}
    table = entry.entry(key)
    return {name: text for name, text in table.items() if _is_field(table, name, target)}


def _entries_by_name(entry: Entry, key: str, target: Target, reads: tuple[Read, ...]) -> dict[str, Entry]:
    if not entry.has(key):
        return {}
    table = entry.entry(key)
    found = {}
    for name in table.values:
        if _is_field(table, name, target):
            if target.field(name).read not in reads:
                table.complain(f'"{name}" holds no codes', "Remove it", key=name)
            found[name] = table.entry(name)
    return found


def _is_field(table: Entry, name: str, target: Target) -> bool:
    table.read.add(name)
    if name in target.named:
        return True
    known = ", ".join(target.named)
    table.complain(f'{target.title.capitalize()} have no field "{name}"', f"Use one of: {known}", key=name)
    return False


def _first_yes(entry: Entry) -> FirstYes:
    made = FirstYes(
        {column.casefold(): code for column, code in entry.entry("columns").items()},
        within=(entry.optional_text("within") or "").casefold(),
        otherwise=entry.optional_text("otherwise") or "",
    )
    entry.close()
    return made


def _only(entry: Entry) -> Only:
    made = Only(entry.text("column").casefold(), frozenset(map(_folded, entry.texts("values"))))
    entry.close()
    return made


def _refuse_missing(entry: Entry, target: Target, told: set[str]) -> None:
    for each in target.fields:
        if each.required and each.name not in told:
            entry.complain(f'{target.title.capitalize()} need "{each.name}"', f'Add "{each.name}:" and its column')
    if target.kind in ("request", "episode") and not told & {"person", "family"}:
        entry.complain(f"{target.title.capitalize()} need a person or a family", 'Add "person:" or "family:"')


def _folded(code: str) -> str:
    return " ".join(code.split()).casefold()
