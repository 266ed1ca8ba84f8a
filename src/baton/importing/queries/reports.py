"""What a run found: a line for every row, and what of that stays when the rows of the extract have gone."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from baton.importing.models import Run
from baton.importing.queries.statements import statements

LINES = """
select sheet, line, kind, source_id, outcome, findings from importing_staged
 where run_id = %s and digest <> '' order by sheet, line, id"""
COUNTS = "select kind, outcome, count(*) from importing_staged where run_id = %s group by kind, outcome"
# A row is one record of the kind its sheet makes; what else it becomes is told beside.
ROWS = """
select sheet, kind, outcome, count(*) from importing_staged
 where run_id = %s and digest <> '' group by sheet, kind, outcome"""
SAID = """
select f.item ->> 0, f.item ->> 1, regexp_replace(f.item ->> 2, %s, '…', 'g'), count(*)
  from importing_staged s cross join lateral jsonb_array_elements(s.findings) f(item)
 where s.run_id = %s group by 1, 2, 3 order by 1 desc, 4 desc, 2, 3"""
# What is somebody's own in the words of a finding stands between quotation marks, or is a date or a number.
VALUES = r'"[^"]*"|\m\d[\d-]*\M'
VALUES_OF_A_LINE = r'"[^"]*"|(?<!line )\m\d[\d-]*\M'  # in which line of a sheet is nobody's own
GONE = """
select k.kind, count(*) from importing_sourcerecord k
 where k.source = %s and k.source_id not like 'of %%' and not exists
       (select from importing_staged s where s.run_id = %s and s.kind = k.kind and s.source_id = k.source_id)
   and exists (select from importing_staged s where s.run_id = %s and s.kind = k.kind) group by k.kind"""
ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Report:
    """A run in numbers: it names nobody."""

    counts: Mapping[str, Mapping[str, int]]  # of records, by kind and outcome
    rows: list[dict[str, Any]]  # by sheet: `read`, `not_asked` and one number an outcome, which add up
    said: list[tuple[str, str, str, int]]  # level, field, words without anybody's values, how often
    not_brought: list[list[Any]] = field(default_factory=list)  # sheet, column, why, in how many rows
    gone: list[tuple[str, int]] = field(default_factory=list)  # brought before, and not in this extract
    known: Mapping[str, int] = field(default_factory=dict)  # new people who may be known already, by how sure that is


def report_of(run: Run, *, known: Mapping[str, int]) -> Report:
    """What a run found, while its rows are there. Four queries."""
    return Report(
        counts=_counts(run),
        rows=_rows(run),
        said=_asked(SAID, [VALUES, run.pk]),
        not_brought=run.not_brought,
        gone=_asked(GONE, [run.source, run.pk, run.pk]),
        known=dict(known),
    )


def lines_of(run: Run) -> Iterator[tuple[str, int, str, str, str, list[list[str]]]]:
    """Each row of the extract: sheet, line, kind, id there, outcome, findings. Read a part at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINES, [run.pk])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                yield (*row[:5], _read(row[5]))


def keep_lines(run: Run) -> None:
    """Within an action: keep what was found in single rows, without anybody's values."""
    with connection.cursor() as cursor:
        cursor.execute(statements("report")[0], {"run": run.pk, "values": VALUES_OF_A_LINE})


def _counts(run: Run) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for kind, outcome, number in _asked(COUNTS, [run.pk]):
        found.setdefault(kind, {})[outcome] = number
    return found


def _rows(run: Run) -> list[dict[str, Any]]:
    """`run.rows` says what was read of each sheet; beside it what became of that."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for sheet, kind, outcome, number in _asked(ROWS, [run.pk]):
        found.setdefault((sheet, kind), {})[outcome] = number
    return [each | found.get((each["sheet"], each["kind"]), {}) for each in run.rows]


def _asked(statement: str, given: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _read(findings: Any) -> list[list[str]]:
    found: list[list[str]] = json.loads(findings) if isinstance(findings, str) else findings
    return found
