"""Who of an extract may be somebody Baton knows already, weighed as everywhere else (baton.matching)."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from baton.importing.models import Run
from baton.importing.queries.statements import statements
from baton.matching.likeness.facts import Facts, compact, plain
from baton.matching.likeness.ranking import facts_from
from baton.matching.likeness.scoring import POSSIBLE, Likeness, likeness

PEOPLE_AT_ONCE = 2_000
MOST_TOLD = 3  # of one row


@dataclass(frozen=True)
class KnownPerhaps:
    """A row of an extract, and somebody in Baton it may be about."""

    sheet: str
    line: int
    source_id: str
    person_id: int
    likeness: Likeness


def known_perhaps(run: Run) -> Iterator[KnownPerhaps]:
    """For each new person of a run the few known people they may be, surest first."""
    after = 0
    while rows := _pairs(run, after):
        after = rows[0][7]
        found: dict[int, list[KnownPerhaps]] = defaultdict(list)
        for staged_id, sheet, line, source_id, told, person_id, facts, _ in rows:
            if person_id is not None:
                score = likeness(facts_told(_read(told)), facts_from(_read(facts)))
                if score.sure >= POSSIBLE:
                    found[staged_id].append(KnownPerhaps(sheet, line, source_id, person_id, score))
        for each in found.values():
            yield from sorted(each, key=lambda known: -known.likeness.bits)[:MOST_TOLD]


def facts_told(told: Mapping[str, Any]) -> Facts:
    """What a row says of a person, in the shape in which people are compared."""
    born = told.get("date_of_birth")
    numbers = (("nhs", told.get("nhs_number")), ("upn", told.get("upn")), ("uln", told.get("uln")))
    return Facts(
        given=_plain(told, "given_name", "known_as"),
        family=_plain(told, "family_name"),
        born=date.fromisoformat(born) if born else None,
        sex="" if told.get("sex") == "U" else told.get("sex", ""),
        postcodes=tuple(filter(None, (compact(told.get(name, "")) for name in ("postcode", "home_postcode")))),
        addresses=_plain(told, "address", "home_address"),
        schools=_plain(told, "school"),
        phones=tuple(filter(None, [compact(told.get("phone", ""))])),
        identifiers=tuple((kind, value) for kind, value in numbers if value),
    )


def _plain(told: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(filter(None, (plain(told.get(name, "")) for name in names)))


def _pairs(run: Run, after: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statements("pairs")[0], {"run": run.pk, "after": after, "batch": PEOPLE_AT_ONCE})
        return list(cursor.fetchall())


def _read(kept: Any) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
    return read
