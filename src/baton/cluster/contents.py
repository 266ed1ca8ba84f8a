"""What a database holds, as numbers that can be compared: rows and a hash of them for each table."""

from dataclasses import dataclass
from typing import Any, Self

import psycopg
from psycopg import sql

TABLES = """
    select schemaname, tablename from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2
"""
SEQUENCES = "select schemaname || '.' || sequencename, coalesce(last_value, 0) from pg_sequences order by 1"
# The order of rows says nothing, so their hashes are summed; a row's text must not depend on who asks.
ROWS = "select count(*), coalesce(sum(hashtextextended((each.*)::text, 0)), 0)::text from {} each"
THE_SAME_FOR_ALL = (
    "set local timezone = 'UTC'",
    "set local datestyle = 'ISO, DMY'",
    "set local intervalstyle = 'postgres'",
    "set local extra_float_digits = 1",
    "set local bytea_output = 'hex'",
    "set local row_security = off",  # an error instead of fewer rows
)


@dataclass(frozen=True)
class Contents:
    """`tables`: rows and hash by name; `sequences`: the last number each gave."""

    tables: dict[str, tuple[int, str]]
    sequences: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.tables.values())

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        return cls(
            {name: (int(count), str(hashed)) for name, (count, hashed) in found["tables"].items()},
            {name: int(last) for name, last in found["sequences"].items()},
        )

    def differences(self, other: Self) -> list[str]:
        """A sentence for each table or sequence that is not the same in both; self is what should be."""
        return [*self._of_tables(other), *self._of_sequences(other)]

    def _of_tables(self, other: Self) -> list[str]:
        said = []
        for name in sorted(self.tables.keys() | other.tables.keys()):
            wanted, found = self.tables.get(name), other.tables.get(name)
            if wanted is None or found is None:
                said.append(f"{name} is {'missing' if found is None else 'there and was not backed up'}")
            elif wanted[0] != found[0]:
                said.append(f"{name} has {found[0]} rows and should have {wanted[0]}")
            elif wanted != found:
                said.append(f"{name} has its {wanted[0]} rows, but they do not say the same")
        return said

    def _of_sequences(self, other: Self) -> list[str]:
        names = sorted(self.sequences.keys() | other.sequences.keys())
        return [
            f"{name} does not count on from the same number"
            for name in names
            if self.sequences.get(name) != other.sequences.get(name)
        ]


def contents_of(connection: psycopg.Connection[Any]) -> Contents:
    """What the connection's transaction sees. The whole database is read once."""
    for statement in THE_SAME_FOR_ALL:
        connection.execute(statement)
    tables = {}
    for schema, name in connection.execute(TABLES).fetchall():
        found = connection.execute(sql.SQL(ROWS).format(sql.Identifier(schema, name))).fetchone()
        assert found  # noqa: S101  # a count always is
        tables[f"{schema}.{name}"] = (int(found[0]), str(found[1]))
    return Contents(tables, {str(name): int(last) for name, last in connection.execute(SEQUENCES).fetchall()})
