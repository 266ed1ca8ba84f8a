"""What is held on somebody: every row of every table that is about them or their families, but for those named here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

FOLLOWS = "is a key to find people by; it follows from records that are gathered"
OF_A_MERGE = "says which records were joined into one; the one they became is gathered"
OF_THE_REQUEST = "is of the request itself: what was gathered for it, and the copies"

# Tables, and columns, whose rows are not gathered by them, each with why. Whatever is not named here is gathered.
NOT_GATHERED = {
    "matching_searchedperson": FOLLOWS,
    "matching_searchedname": FOLLOWS,
    "matching_searchedkey": FOLLOWS,
    "matching_possibleduplicate": "guesses that two records are of one person, who is gathered, or somebody else",
    "matching_merge": OF_A_MERGE,
    "matching_moved": OF_A_MERGE,
    "platform_auditentry": "says which action was taken; each record says itself who wrote it and when",
    "episodes_deadline": "is a cache; what it says follows from the events, and those are gathered",
    "documents_contents": "is the file of a document; that is gathered, and somebody decides whether its file is given",
    "people_person.first_family_id": "would gather relatives' own records; they are named where they matter",
    "rights_subject": OF_THE_REQUEST,
    "rights_item": OF_THE_REQUEST,
    "rights_mark": OF_THE_REQUEST,
    "rights_filedecision": OF_THE_REQUEST,
    "rights_copiedfile": OF_THE_REQUEST,
    "rights_restrictedpart": OF_THE_REQUEST,
}
HELD = "select * from guard.gather(%s, %s) union all select * from guard.gather_looks_at_requests(%s)"


@dataclass(frozen=True)
class Row:
    """One row of a table as it stands. `direct`: it names the person; else it is their family's."""

    table: str
    row_id: int
    family_id: int | None
    direct: bool
    said: dict[str, Any]


@dataclass(frozen=True)
class Name:
    """What somebody is called."""

    id: int
    given: str
    family: str
    known_as: str

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}".strip()


def rows_held(request_id: int) -> list[Row]:
    """Every row held on the people of an open request; empty for anybody but information governance. One query."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [request_id, list(NOT_GATHERED), request_id])
        return [Row(table, row_id, family, direct, _loaded(said)) for table, row_id, family, direct, said in cursor]


def subject_ids(request_id: int) -> frozenset[int]:
    """The records of the people a request is about, with those merged into theirs. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.subjects_of(%s)", [request_id])
        return frozenset(cursor.fetchone()[0])


def names_of(request_id: int, people: Iterable[int]) -> dict[int, Name]:
    """What people whom gathered rows name are called; nobody whom only closed families know. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.rights_names(%s, %s)", [request_id, sorted(people)])
        return {row[0]: Name(*row) for row in cursor}


def requests_of_restricted_families() -> list[dict[str, Any]]:
    """Open requests that concern a restricted family the asker is named for. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.requests_of_restricted()")
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _loaded(said: Any) -> dict[str, Any]:
    return dict(json.loads(said) if isinstance(said, str) else said)
