"""Reads of imports: Baton's codes as mappings use them, runs, the rows of a report, and counts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from baton.importing.models import Run
from baton.importing.reading.values import Codes, folded
from baton.people.models import FamilyMember
from baton.platform.models import Team
from baton.practice.codes import code_lists
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.relationships.states import KINDS
from baton.requests.models import HelpRequest

LINES = """
select sheet, line, kind, source_id, outcome, findings from importing_staged
 where run_id = %s and digest <> '' order by sheet, line, id"""
COUNTS = "select kind, outcome, count(*) from importing_staged where run_id = %s group by kind, outcome"
SAID = """
select f.item ->> 0, f.item ->> 1, regexp_replace(f.item ->> 2, %s, '…', 'g'), count(*)
  from importing_staged s cross join lateral jsonb_array_elements(s.findings) f(item)
 where s.run_id = %s group by 1, 2, 3 order by 1 desc, 4 desc, 2, 3"""
# What is somebody's own in the words of a finding; a summary leaves it out.
VALUES = (
    r'"[^"]*"|\m\d[\d-]*\M|'
    r"(?<=\m(person|family|episode|with ids|before) )\S+(?= (is not|was born|on line|: perhaps))"
)
GONE = """
select k.kind, count(*) from importing_sourcerecord k
 where k.source = %s and k.source_id not like 'of %%' and not exists
       (select from importing_staged s where s.run_id = %s and s.kind = k.kind and s.source_id = k.source_id)
   and exists (select from importing_staged s where s.run_id = %s and s.kind = k.kind) group by k.kind"""
ROWS_AT_ONCE = 5_000


def known_codes(framework: Framework) -> Mapping[str, Codes]:
    """Baton's codes by list: each code, and its title, in small letters."""
    known: dict[str, dict[str, str]] = {}
    for name, codes in code_lists().items():
        known[name] = _by_words((code.code, code.title) for code in codes.codes.values())
    known["part"] = _by_words((part.value, part.label) for part in FamilyMember.Part)
    known["request_source"] = _by_words((source.value, source.label) for source in HelpRequest.Source)
    known["relationship"] = _by_words((kind.key, kind.is_[0]) for kind in KINDS.values())
    known["happening"] = _by_words((kind.value, kind.title) for kind in Happening)
    known["team"] = {folded(team.name): str(team.pk) for team in Team.objects.all()}
    known["reason"] = _by_words((reason.id, reason.title) for reason in framework.reasons)
    known["end_reason"] = _by_words((reason.id, reason.title) for reason in framework.closure_reasons)
    known["decision"] = {each.kind: each.id for each in reversed(framework.decisions)} | _by_words(
        (each.id, each.title) for each in framework.decisions
    )
    return known


def find_team(name: str) -> Team | None:
    """The team of this name, whatever the case of its letters."""
    return Team.objects.filter(name__iexact=name).first()


def run_under_way() -> Run | None:
    """The run that has begun and not ended."""
    return Run.objects.filter(state=Run.State.STAGED).first()


def runs() -> QuerySet[Run]:
    """Every run, newest first."""
    return Run.objects.select_related("started_by", "undone_by").order_by("-pk")


def lines_of(run: Run) -> Iterator[tuple[str, int, str, str, str, list[list[str]]]]:
    """Each row of the extract: sheet, line, kind, id there, outcome, findings. Read a part at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINES, [run.pk])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                yield (*row[:5], _read(row[5]))


def counts_of(run: Run) -> dict[str, dict[str, int]]:
    """How many records of each kind have which outcome."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [run.pk])
        for kind, outcome, number in cursor.fetchall():
            found.setdefault(kind, {})[outcome] = number
    return found


def said_of(run: Run) -> list[tuple[str, str, str, int]]:
    """What was found, put together: level, field, words without anybody's values, how often."""
    with connection.cursor() as cursor:
        cursor.execute(SAID, [VALUES, run.pk])
        return list(cursor.fetchall())


def gone_from(run: Run) -> list[tuple[str, int]]:
    """How many records of each kind were brought before and are not in this extract."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, [run.source, run.pk, run.pk])
        return list(cursor.fetchall())


def _by_words(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    told = list(pairs)
    return {folded(title): code for code, title in told} | {folded(code): code for code, _ in told}


def _read(findings: Any) -> list[list[str]]:
    found: list[list[str]] = json.loads(findings) if isinstance(findings, str) else findings
    return found
