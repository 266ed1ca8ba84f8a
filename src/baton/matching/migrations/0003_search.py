"""The functions that find people, and the triggers that keep their keys in step."""

from pathlib import Path

from django.db import migrations

SEARCH = Path(__file__).resolve().parent.parent / "search.sql"
FUNCTIONS = """
drop function guard.people_like; drop function guard.likely_by_index; drop function guard.index_everybody;
drop function guard.index_changed; drop function guard.index_people; drop function guard.school_words;
drop function guard.facts_of; drop function guard.names_of; drop index searched_by_letters;
drop function guard.sign; drop function guard.bare;
"""
# Tables whose rows say something people are found by, and the column that says whose it is.
SAY_WHO = {
    "people_person": "id",
    "people_personname": "person_id",
    "people_residence": "person_id",
    "people_setting": "person_id",
    "people_contactpoint": "person_id",
    "people_address": "address",
}
OF_PEOPLE_ALREADY_THERE = "select guard.index_people(array(select id from people_person));"


def kept_in_step(table: str, column: str) -> migrations.RunSQL:
    """Triggers that make the keys of whoever a statement changed anew."""
    made = [
        f"create trigger searched_{event} after {event} on {table} referencing {rows} table as changed"
        f" for each statement execute function guard.index_changed('{column}');"
        for event, rows in (("insert", "new"), ("update", "new"), ("delete", "old"))
        if event != "delete" or column == "person_id"
    ]
    dropped = [f"drop trigger if exists searched_{event} on {table};" for event in ("insert", "update", "delete")]
    return migrations.RunSQL("".join(made), "".join(dropped))


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_row_security"), ("people", "0003_search")]
    operations = [
        migrations.RunSQL(SEARCH.read_text(), FUNCTIONS),
        *(kept_in_step(table, column) for table, column in SAY_WHO.items()),
        migrations.RunSQL(OF_PEOPLE_ALREADY_THERE, migrations.RunSQL.noop),
    ]
