"""Search over people, through one function of the owner."""

from pathlib import Path

from django.db import migrations

SEARCH = Path(__file__).resolve().parent.parent / "search.sql"
TAKE_BACK = """
drop function guard.search_people;
drop index person_by_letters;
drop index person_by_sound;
drop function guard.plain;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_row_security")]
    operations = [migrations.RunSQL(SEARCH.read_text(), TAKE_BACK)]
