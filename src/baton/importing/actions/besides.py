"""What other sheets say beside the rows of one, kept in the database while that one is read: it may be millions."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from baton.importing.reading.beside import Beside, RowBeside, merged, row_beside
from baton.importing.reading.columns import NotBrought
from baton.importing.reading.sheets import Row
from baton.importing.reading.values import text_of

TABLES = """
create temporary table if not exists importing_beside (
    id bigint generated always as identity, number int, key text, day date, said jsonb) on commit drop;
create temporary table if not exists importing_asked (number int, key text, primary key (number, key)) on commit drop;
create index if not exists importing_beside_by_key on importing_beside (number, key);"""
COPY = "copy importing_beside (number, key, day, said) from stdin"
ASKED = "insert into importing_asked select %s, unnest(%s::text[]) on conflict do nothing returning key"
SAID = "select key, day, said from importing_beside where number = %s and key = any(%s::text[]) order by key, id"
NOBODYS = """
select count(*) from importing_beside b
 where b.number = %s and not exists (select from importing_asked a where a.number = b.number and a.key = b.key)"""


@dataclass
class Kept:
    """One sheet beside another: its number in the tables, how many rows it has, how many were not taken."""

    beside: Beside
    sheet: str
    number: int
    rows: int = 0
    not_asked: int = 0
    not_taken: int = 0


class Besides:
    """Rows of other sheets in tables of this transaction alone."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self.cursor = cursor
        self.columns: set[str] = set()  # that any of them says
        self.numbers = 0

    def keep(
        self,
        beside: Beside,
        sheet: str,
        rows: Iterable[Mapping[str, Any]],
        *,
        keep: frozenset[str],
        order: str,
        today: date,
        note: Callable[[Mapping[str, Any]], None] | None,
    ) -> Kept:
        """Put the rows of a sheet into the table. `note` is told of each."""
        self.cursor.execute(TABLES)
        self.numbers += 1
        kept = Kept(beside, sheet, self.numbers)
        with self.cursor.copy(COPY) as copy:
            for row in rows:
                if note is not None:
                    note(_shown(beside, row))
                read = row_beside(beside, row, keep=keep, order=order, today=today)
                if read is None:
                    kept.not_asked += 1
                else:
                    copy.write_row((kept.number, read.key, read.day, json.dumps(read.said, ensure_ascii=False)))
                    self.columns.update(read.said)
                    kept.rows += 1
        self.cursor.execute("analyze importing_beside")
        return kept

    def put(self, besides: list[Kept], rows: list[Row]) -> list[Row]:
        """The rows, each with what other sheets say where it says nothing itself."""
        if not besides:
            return rows
        whole = [(line, dict(row)) for line, row in rows]
        for kept in besides:
            found = self._found(kept, {text_of(row.get(kept.beside.here)) for _, row in whole})
            for _, row in whole:
                for column, value in found.get(text_of(row.get(kept.beside.here)), {}).items():
                    if not text_of(row.get(column)):
                        row[column] = value
        return list(whole)

    def not_brought(self, kept: Kept, main: str) -> Iterator[NotBrought]:
        """Rows of a sheet beside that say nothing of any row of the first, or what another of them says otherwise."""
        self.cursor.execute(NOBODYS, [kept.number])
        (nobodys,) = self.cursor.fetchone()
        if kept.not_asked:
            yield NotBrought(kept.sheet, "", "the mapping does not ask for them, or they name nobody", kept.not_asked)
        if nobodys:
            yield NotBrought(kept.sheet, "", f"no row of {main} has their {kept.beside.there}", nobodys)
        if kept.not_taken:
            yield NotBrought(kept.sheet, "", "another row of the same says otherwise, and was taken", kept.not_taken)

    def _found(self, kept: Kept, keys: set[str]) -> dict[str, Mapping[str, str]]:
        asked = sorted(filter(None, keys))
        self.cursor.execute(ASKED, [kept.number, asked])
        first_time = {key for (key,) in self.cursor.fetchall()}
        self.cursor.execute(SAID, [kept.number, asked])
        rows: dict[str, list[RowBeside]] = {}
        for key, day, said in self.cursor.fetchall():
            rows.setdefault(key, []).append(RowBeside(key, day, _read(said)))
        together = {key: merged(kept.beside, said) for key, said in rows.items()}
        kept.not_taken += sum(each.not_taken for key, each in together.items() if key in first_time)
        return {key: each.said for key, each in together.items()}


def _shown(beside: Beside, row: Mapping[str, Any]) -> Mapping[str, Any]:
    return beside.said(row) if beside.is_meant(row) else row


def _read(kept: Any) -> dict[str, str]:
    read: dict[str, str] = json.loads(kept) if isinstance(kept, str) else kept
    return read
