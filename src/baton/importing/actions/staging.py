"""An extract put into the staging table, every row with what was found wrong in it."""

import json
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b, file_digest
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from baton.importing.actions.besides import Besides
from baton.importing.models import Run
from baton.importing.permissions import may_import
from baton.importing.queries.runs import find_team, known_codes, run_under_way
from baton.importing.queries.statements import statements
from baton.importing.reading.beside import Beside
from baton.importing.reading.columns import Columns, NotBrought, sheets_not_brought
from baton.importing.reading.mapping import Mapping, SheetMap
from baton.importing.reading.rows import STOPS, Finding, Record, RowReader
from baton.importing.reading.sheets import Row, Sheet, find_sheet, header_of, rows_of, sheets_in
from baton.importing.reading.values import keys_in
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.practice.calendar import day_of
from baton.practice.loading import framework_in_force
from baton.relationships.states import MUTUAL

COPY = """copy importing_staged (run_id, sheet, line, kind, source_id, family_ref, person_ref, other_ref, told, digest,
       findings, outcome) from stdin"""
ROWS_AT_ONCE = 5_000  # in memory
SAY_EVERY = 100_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Extract:
    """A folder of sheets and how to read them."""

    mapping: Mapping
    folder: Path

    @property
    def sheets(self) -> list[tuple[SheetMap, Sheet]]:
        """Each sheet of the mapping with where it lies. Raises `Refused` when one is missing."""
        found = [(each, find_sheet(self.folder, each.sheet, each.tab)) for each in self.mapping.sheets]
        missing = [each.sheet for each, sheet in found if sheet is None and not each.is_optional]
        if missing:
            raise Refused(f"There is no sheet called {', '.join(missing)} in the folder. Check the names of the files.")
        return [(each, sheet) for each, sheet in found if sheet is not None]

    def beside(self, each: SheetMap) -> list[tuple[Beside, Sheet]]:
        """What a mapping puts beside a sheet, with where it lies. Raises `Refused` when one is missing."""
        found = [(beside, find_sheet(self.folder, beside.sheet, beside.tab)) for beside in each.beside]
        missing = [beside.sheet for beside, sheet in found if sheet is None and not beside.is_optional]
        if missing:
            raise Refused(f"There is no sheet called {', '.join(missing)} in the folder. Check the names of the files.")
        return [(beside, sheet) for beside, sheet in found if sheet is not None]

    @property
    def digest(self) -> str:
        """What stands for this extract, read by this mapping."""
        sheets = self.sheets
        besides = {sheet.path for each, _ in sheets for _, sheet in self.beside(each)}
        files = sorted({sheet.path for _, sheet in sheets} | besides | {self.mapping.path})
        parts = [f"{path.name}:{_digest(path)}" for path in files]
        return blake2b("\n".join(parts).encode(), digest_size=32).hexdigest()


@action(allowed=may_import)
def stage_extract(*, extract: Extract, place: str, by: User, at: datetime, say: Say) -> Run:
    """Begin a run, or find again this extract's that was interrupted. Raises `Refused` when another has begun."""
    begun = run_under_way()
    if begun is not None:
        if begun.digest != extract.digest:
            raise Refused(f"Run {begun.pk} was interrupted: start it again with its own files, or take it back first.")
        return begun
    run = _begin(extract, place, by, at)
    known = known_codes(framework_in_force(place, on=day_of(at)))
    with connection.cursor() as cursor:
        staging = Staging(run, extract, Besides(cursor), say)
        for each, sheet in extract.sheets:
            reader = RowReader(extract.mapping, each, known=known, today=day_of(at))
            for rows in staging.parts(each, sheet, reader, day_of(at)):
                with cursor.copy(COPY) as copy:
                    for row in rows:
                        copy.write_row(row)
    run.not_brought = [*map(list, staging.not_brought())]
    run.save(update_fields=["rows", "not_brought"])
    _check(run, extract.mapping, say)
    return run


def _begin(extract: Extract, place: str, by: User, at: datetime) -> Run:
    mapping = extract.mapping
    team = find_team(mapping.team) if mapping.team else None
    if mapping.team and team is None:
        raise Refused(f'There is no team called "{mapping.team}". Name in the mapping one that is there.')
    run = Run.objects.create(
        source=mapping.source, title=mapping.title, digest=extract.digest, place=place,
        team_id=team.pk if team else None, started_by=by, started_at=at,
    )  # fmt: skip
    _refuse_nobody_holds(extract, run)
    return run


def _check(run: Run, mapping: Mapping, say: Say) -> None:
    """Compare the staged rows with one another and with what was brought before."""
    given: dict[str, Any] = {
        "run": run.pk,
        "source": run.source,
        "mutual": sorted(MUTUAL),
        "join": mapping.joins_overlaps,
        "between": mapping.days_between,
        "today": day_of(run.started_at),
    }
    with connection.cursor() as cursor:
        cursor.execute("analyze importing_staged")
        for name in ("links", "homes_told", "stories"):
            say(f"checking {name.replace('_', ' ')}")
            for statement in statements(name):
                cursor.execute(statement, given)


def _refuse_nobody_holds(extract: Extract, run: Run) -> None:
    """Without a team nobody would ever see what was brought."""
    kinds = {each.target.kind for each in extract.mapping.sheets}
    if run.team_id is None and kinds & {"episode", "person", "family"}:
        raise Refused('The mapping names no team. Add --team, or "team:" in it: who holds what names none itself.')


class Staging:
    """Reads the sheets of an extract a part at a time, and counts what nothing is made of."""

    def __init__(self, run: Run, extract: Extract, besides: Besides, say: Say) -> None:
        self.run, self.extract, self.besides, self.say = run, extract, besides, say
        self.columns: dict[str, Columns] = {}
        self.more: list[NotBrought] = []

    def parts(
        self, each: SheetMap, sheet: Sheet, reader: RowReader, today: date
    ) -> Iterator[Iterator[tuple[Any, ...]]]:
        """The rows to be staged of one sheet, some thousand lines at once."""
        besides = [self._beside(each, *found, today) for found in self.extract.beside(each)]
        written = self._written(each.wanted)
        named_on, header = header_of(sheet, **written)
        self._say_what_is_missing(each, sheet, header, named_on)
        columns = self._columns_of(each.sheet, sheet, header)
        read = left_out = 0
        rows = rows_of(sheet, **written)
        while part := list(islice(rows, ROWS_AT_ONCE)):
            read += len(part)
            whole = self.besides.put(besides, [(line, _spread(each, row, columns)) for line, row in part])
            meant = [(line, row) for line, row in whole if reader.is_meant(row)]
            left_out += len(part) - len(meant)
            yield self._staged(sheet, reader, meant)
            if read % SAY_EVERY == 0:
                self.say(f"{sheet.name}: {read:,} rows read")
        self._note_read(sheet, each, read, left_out)
        self.more += [NotBrought(sheet.name, f"{field} {code}", NOTHING, times)
                      for (field, code), times in reader.nothing.items()]  # fmt: skip
        for found in besides:
            self.more += self.besides.not_brought(found, each.sheet)
        self.say(f"{sheet.name}: {read:,} rows" + (f", {left_out:,} of which {NOT_ASKED}" if left_out else ""))

    def not_brought(self) -> Iterator[NotBrought]:
        """Whatever of the extract nothing was made of: columns, sheets, codes that stand for nothing."""
        for columns in self.columns.values():
            yield from columns.not_brought()
        yield from self.more
        yield from sheets_not_brought(self.extract.mapping, sheets_in(self.extract.folder))

    def _staged(self, sheet: Sheet, reader: RowReader, rows: list[Row]) -> Iterator[tuple[Any, ...]]:
        for line, row in rows:
            for record in reader.records(row):
                yield _staged(self.run, sheet.name, line, record)

    def _beside(self, each: SheetMap, beside: Beside, sheet: Sheet, today: date) -> Any:
        """Puts what another sheet says into the database, to be asked for a part at a time."""
        written = self._written(beside.wanted)
        header = header_of(sheet, **written)[1]
        gone = beside.wanted - {name.casefold() for name in header}
        if gone:
            raise Refused(
                f'{sheet.name} has no column "{min(gone)}", by which the mapping puts it beside {each.sheet}.'
            )
        columns = self._columns_of(beside.sheet, sheet, header)
        rows = (row for _, row in rows_of(sheet, **written))
        kept = self.besides.keep(
            beside, sheet.name, rows, keep=each.wanted, order=self.extract.mapping.order, today=today,
            note=columns.note if columns else None,
        )  # fmt: skip
        self.say(f"{sheet.name}: {kept.rows:,} rows say something beside {each.sheet}")
        return kept

    def _written(self, wanted: frozenset[str]) -> dict[str, Any]:
        mapping = self.extract.mapping
        return {"encoding": mapping.encoding, "delimiter": mapping.delimiter, "wanted": wanted}

    def _columns_of(self, name: str, sheet: Sheet, header: Sequence[str]) -> Columns | None:
        """What counts a sheet's columns, the first time it is read."""
        if sheet.name in self.columns:
            return None
        self.columns[sheet.name] = Columns(self.extract.mapping, name, sheet.name, header)
        return self.columns[sheet.name]

    def _say_what_is_missing(self, each: SheetMap, sheet: Sheet, header: tuple[str, ...], named_on: int) -> None:
        missing = _missing_columns(each, sheet, (*header, *self.besides.columns))
        if missing and not each.spread:
            self.say(f"{sheet.name} has no column {', '.join(missing)}: what it would say stays empty")
        if named_on > 1:
            self.say(
                f"{sheet.name}: names of its columns were found on line {named_on}; what stands above was not read"
            )

    def _note_read(self, sheet: Sheet, each: SheetMap, read: int, left_out: int) -> None:
        """One sheet may be read twice to make the same, each time for other rows."""
        told: dict[str, Any] = {"sheet": sheet.name, "kind": each.target.kind}
        found = next((row for row in self.run.rows if row.items() >= told.items()), None)
        if found is None:
            self.run.rows.append(found := told | {"read": 0, "not_asked": 0})
        found["read"] += read
        found["not_asked"] += left_out


NOT_ASKED = "the mapping does not ask for"
NOTHING = "the mapping says that it stands for nothing"


def _spread(each: SheetMap, row: MappingOf[str, Any], columns: Columns | None) -> MappingOf[str, Any]:
    """The row with the keys of its JSON column, where the mapping names one."""
    whole = {**row, **keys_in(row.get(each.spread))} if each.spread else row
    if columns is not None:
        columns.note(whole)
    return whole


def _missing_columns(each: SheetMap, sheet: Sheet, header: tuple[str, ...]) -> list[str]:
    """Columns the mapping names and the sheet has not. Raises `Refused` where a row is nothing without one."""
    there = {name.casefold() for name in header}
    missing = []
    for name, columns in each.columns.items():
        gone = [column for column in columns if column not in there]
        alone = len(gone) == len(columns)
        if alone and each.target.field(name).required and name not in each.constants:
            raise Refused(f'{sheet.name} has no column "{gone[0]}", which the mapping names for "{name}".')
        missing += gone if alone else []
    return missing


def _staged(run: Run, sheet: str, line: int, record: Record) -> tuple[Any, ...]:
    findings: list[Finding] = record.findings
    if not record.source_id and not any(each.level == STOPS for each in findings):
        findings = [*findings, Finding(STOPS, "id", "it has no id")]
    told = json.dumps(record.told, sort_keys=True, ensure_ascii=False)
    refs = (record.source_id, record.family, record.person, record.other)
    digest = blake2b("\x1f".join((*refs, told)).encode(), digest_size=16).hexdigest()
    outcome = "stopped" if any(each.level == STOPS for each in findings) else "new"
    said = json.dumps([list(each) for each in findings], ensure_ascii=False) if findings else "[]"
    return (run.pk, sheet, line, record.kind, *refs, told, digest, said, outcome)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
