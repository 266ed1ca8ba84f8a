"""Functions that run as the owner see every family: each asks which are closed to the asker, or says why not."""

import re

import pytest
from django.db import connection

AREAS = "people|episodes|consent|assessments|plans|visits|oversight|relationships|chronology|requests|governance"
FAMILY_CARRYING = rf"\m({AREAS})_\w+"
WITHOUT_ASKING = {
    "open_context": "says which families are closed",
    "is_a_family": "answers information governance, by number alone, which sees who looked at any",
    "watch": "makes alerts that only information governance reads, closed families included",
    "note_added": "writes history; who may read it, its policies say",
    "note_changed": "writes history; who may read it, its policies say",
    "note_removed": "writes history; who may read it, its policies say",
}


@pytest.mark.django_db
def test_functions_of_the_owner_ask_which_families_are_closed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname::text, prosrc from pg_proc"
            " where prosecdef and pronamespace = 'guard'::regnamespace and prosrc ~ %s",
            [FAMILY_CARRYING],
        )
        reads = dict(cursor.fetchall())
    silent = {name for name, body in reads.items() if not re.search(r"guard\.closed_(person_)?ids\(\)", body)}
    assert silent == set(WITHOUT_ASKING), "ask guard.closed_ids(), or say here why not"
