"""An extract put into the staging table, every row with what was found wrong in it."""

import json
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any

from django.db import connection

from baton.importing.models import Run
from baton.importing.permissions import may_import
from baton.importing.queries.runs import find_team, known_codes, run_under_way
from baton.importing.queries.statements import statements
from baton.importing.reading.beside import Beside, Found, gathered
from baton.importing.reading.mapping import Mapping, SheetMap
from baton.importing.reading.rows import STOPS, Finding, Record, RowReader
from baton.importing.reading.sheets import Sheet, find_sheet, header_of, rows_of
from baton.importing.reading.values import text_of
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.practice.calendar import day_of
from baton.practice.loading import framework_in_force
from baton.relationships.states import MUTUAL

COPY = """copy importing_staged (run_id, sheet, line, kind, source_id, family_ref, person_ref, other_ref, told, digest,
       findings, outcome) from stdin"""
SAY_EVERY = 100_000


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
def stage_extract(*, extract: Extract, place: str, by: User, at: datetime, say: Callable[[str], None]) -> Run:
    """Begin a run, or find again this extract's that was interrupted. Raises `Refused` when another has begun."""
    begun = run_under_way()
    if begun is not None:
        if begun.digest != extract.digest:
            raise Refused(f"Run {begun.pk} was interrupted: start it again with its own files, or take it back first.")
        return begun
    run = _begin(extract, place, by, at)
    known = known_codes(framework_in_force(place, on=day_of(at)))
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for each, sheet in extract.sheets:
            reader = RowReader(extract.mapping, each, known=known, today=day_of(at))
            besides = _besides(extract, each, day_of(at), say)
            for row in _rows(run, extract.mapping, each, sheet, besides, reader, say):
                copy.write_row(row)
    run.save(update_fields=["rows"])
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


def _check(run: Run, mapping: Mapping, say: Callable[[str], None]) -> None:
    """Compare the staged rows with one another and with what was brought before."""
    given: dict[str, Any] = {
        "run": run.pk,
        "source": run.source,
        "mutual": sorted(MUTUAL),
        "join": mapping.joins_overlaps,
        "between": mapping.days_between,
    }
    with connection.cursor() as cursor:
        cursor.execute("analyze importing_staged")
        for name in ("links", "stories"):
            say(f"checking {name}")
            for statement in statements(name):
                cursor.execute(statement, given)


def _refuse_nobody_holds(extract: Extract, run: Run) -> None:
    """Without a team nobody would ever see what was brought."""
    kinds = {each.target.kind for each in extract.mapping.sheets}
    if run.team_id is None and kinds & {"episode", "person", "family"}:
        raise Refused('The mapping names no team. Add --team, or "team:" in it: who holds what names none itself.')


def _besides(extract: Extract, each: SheetMap, today: date, say: Callable[[str], None]) -> list[tuple[Beside, Found]]:
    """What other sheets say, by what stands in the column they share."""
    mapping, found = extract.mapping, []
    for beside, sheet in extract.beside(each):
        written: dict[str, Any] = {
            "encoding": mapping.encoding,
            "delimiter": mapping.delimiter,
            "wanted": beside.wanted,
        }
        gone = beside.wanted - {name.casefold() for name in header_of(sheet, **written)[1]}
        if gone:
            raise Refused(
                f'{sheet.name} has no column "{min(gone)}", by which the mapping puts it beside {each.sheet}.'
            )
        rows = (row for _, row in rows_of(sheet, **written))
        said = gathered(beside, rows, keep=each.wanted, order=mapping.order, today=today)
        say(f"{sheet.name}: says something beside {len(said):,} of {each.sheet}")
        found.append((beside, said))
    return found


def _rows(
    run: Run,
    mapping: Mapping,
    each: SheetMap,
    sheet: Sheet,
    besides: list[tuple[Beside, Found]],
    reader: RowReader,
    say: Callable[[str], None],
) -> Iterator[tuple[Any, ...]]:
    written: dict[str, Any] = {"encoding": mapping.encoding, "delimiter": mapping.delimiter, "wanted": each.wanted}
    named_on, header = header_of(sheet, **written)
    told = {column for _, found in besides for said in found.values() for column in said}
    missing = _missing_columns(each, sheet, (*header, *told))
    if missing:
        say(f"{sheet.name} has no column {', '.join(missing)}: what it would say stays empty")
    if named_on > 1:
        say(f"{sheet.name}: the names of its columns were found on line {named_on}; what stands above was not read")
    left_out = read = 0
    for line, row in rows_of(sheet, **written):
        read += 1
        if read % SAY_EVERY == 0:
            say(f"{sheet.name}: {read:,} rows read")
        whole = _with_beside(row, besides) if besides else row
        if not reader.is_meant(whole):
            left_out += 1
            continue
        for record in reader.records(whole):
            yield _staged(run, sheet.name, line, record)
    _note_read(run, sheet, each, read, left_out)
    meant = f", {left_out:,} of which the mapping does not ask for" if left_out else ""
    say(f"{sheet.name}: {read:,} rows{meant}")


def _with_beside(row: MappingOf[str, Any], besides: list[tuple[Beside, Found]]) -> MappingOf[str, Any]:
    """The row with what other sheets say where it says nothing itself."""
    whole = dict(row)
    for beside, found in besides:
        for column, value in found.get(text_of(row.get(beside.here)), {}).items():
            if not text_of(whole.get(column)):
                whole[column] = value
    return whole


def _note_read(run: Run, sheet: Sheet, each: SheetMap, read: int, left_out: int) -> None:
    """One sheet may be read twice to make the same, each time for other rows."""
    told: dict[str, Any] = {"sheet": sheet.name, "kind": each.target.kind}
    found = next((row for row in run.rows if row.items() >= told.items()), None)
    if found is None:
        run.rows.append(found := told | {"read": 0, "not_asked": 0})
    found["read"] += read
    found["not_asked"] += left_out


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
