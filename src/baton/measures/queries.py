"""Counts of one quarter, as PostgreSQL gives them: small numbers hidden (guard.figures), never a row about a family."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from baton.platform.models import Locality, Team

QUARTERS_SHOWN = 8
MONTHS = 3


@dataclass(frozen=True)
class Figure:
    """One cell of a table: how many, or in `mark` why it is not said: "few", "rest" or "hidden". No cell: the total."""

    table: str
    part: str
    cell: str
    number: int | None
    mark: str


def quarters(on: date) -> list[date]:
    """The first days of the quarters that are over, the latest first: one that still runs would change each day."""
    months = on.year * 12 + (on.month - 1) // MONTHS * MONTHS
    firsts = [months - MONTHS * back for back in range(1, QUARTERS_SHOWN + 1)]
    return [date(first // 12, first % 12 + 1, 1) for first in firsts]


def figures_of(quarter: date) -> dict[str, list[Figure]]:
    """The figures of a quarter by table. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select tab, part, cell, n, mark from guard.figures(%s)", [quarter])
        found = [Figure(*row) for row in cursor.fetchall()]
    tables: dict[str, list[Figure]] = {}
    for each in found:
        tables.setdefault(each.table, []).append(each)
    return tables


def names_of_teams() -> dict[str, str]:
    """What each team is called, by its number as text. One query."""
    return {str(pk): name for pk, name in Team.objects.values_list("pk", "name")}


def names_of_localities() -> dict[str, str]:
    """What each locality is called, by its number as text. One query."""
    return {str(pk): name for pk, name in Locality.objects.values_list("pk", "name")}
