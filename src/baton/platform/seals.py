"""Seals over the record of every look and change, kept in PostgreSQL and, if wanted, in a file outside."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from baton.platform.models import Seal

ENTRIES = {"audit": "action", "access": "look", "change": "change", "gone": "disposal"}


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed. Without `entry_id` it is the seal itself."""

    seal: int | None
    kind: str
    entry_id: int | None
    what: str

    def __str__(self) -> str:
        """ "change 1203 (seal 4): removed"."""
        where = f"seal {self.seal}" if self.seal else "no seal"
        entry = f"{ENTRIES[self.kind]} {self.entry_id} ({where})" if self.entry_id else where
        return f"{entry}: {self.what}"


def seal_entries(*, before: datetime) -> int:
    """Seal every entry recorded before the moment, one seal a day. Returns how many seals were made."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.seal(%s)", [before])
        return int(cursor.fetchone()[0])


def faults_of_the_chain() -> list[Fault]:
    """What is not as it was sealed. Only the owner of the tables may ask.

    What was disposed of is no fault where its certificate stands (rights/disposal.sql).
    """
    with connection.cursor() as cursor:
        cursor.execute("select seal, coalesce(kind, ''), entry_id, fault from guard.faults()")
        faults = [Fault(*row) for row in cursor.fetchall()]
        cursor.execute("select disposal, fault from guard.faults_of_disposals()")
        return [*faults, *(Fault(None, "gone", disposal, what) for disposal, what in cursor.fetchall())]


def write_seals(file: Path) -> int:
    """Write every seal there is, one a line, to a file that is kept where nobody who can reach the database can."""
    lines = [json.dumps(_told(seal)) for seal in Seal.objects.order_by("id")]
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_text("".join(f"{line}\n" for line in lines))
    unfinished.replace(file)
    return len(lines)


def faults_against(file: Path) -> list[Fault]:
    """Where the seals differ from those a file kept."""
    stands = {seal.id: _told(seal) for seal in Seal.objects.all()}
    return list(_differences(file, stands))


def _differences(file: Path, stands: dict[int, dict[str, object]]) -> Iterator[Fault]:
    for line in file.read_text().splitlines():
        kept = json.loads(line)
        number = int(kept["seal"])
        if number not in stands:
            yield Fault(number, "", None, f"is in {file.name} and no longer in the database")
        elif stands[number] != kept:
            yield Fault(number, "", None, f"of {kept['day']} is not the one in {file.name}: that day was written anew")


def _told(seal: Seal) -> dict[str, object]:
    return {
        "seal": seal.id,
        "day": seal.day.isoformat(),
        "entries": seal.entries,
        "until": seal.until.isoformat(),
        "hash": bytes(seal.hash).hex(),
    }
