"""Functions that run as the owner see every family: each asks which are closed to the asker, or says why not."""

import re

import pytest
from django.db import connection

AREAS = (
    "people|episodes|consent|assessments|plans|visits|oversight|relationships|chronology|requests|governance"
    "|documents|sharing"
)
FAMILY_CARRYING = rf"\m({AREAS})_\w+"
ASKS = r"guard\.(closed_ids|closed_person_ids|holds|holds_person|may_merge)\("
WITHOUT_ASKING = {
    "open_context": "says which families are closed",
    "is_a_family": "answers information governance, by number alone, which sees who looked at any",
    "watch": "makes alerts that only information governance reads, closed families included",
    "index_people": "makes the keys of search, which nobody reads; guard.people_like asks when it answers",
    "index_changed": "as index_people",
    "teams_changed": "as index_people",
    "note_added": "writes history, and tells nobody",
    "documents_to_scan": "answers the worker's scan alone, with numbers",
    "file_to_scan": "answers the worker's scan alone",
    "note_scan": "writes for the worker's scan alone, and tells nobody",
    "is_named_for": "is true for those named alone",
    "tell_the_named": "notes for those named alone that somebody asks for their record; its asker learns nothing",
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
    silent = {name for name, body in reads.items() if not re.search(ASKS, body)}
    assert silent == set(WITHOUT_ASKING), "ask guard.closed_ids(), or say here why not"
