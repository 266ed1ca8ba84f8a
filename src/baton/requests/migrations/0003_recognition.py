"""The functions by which the hub learns who in a request is known."""

from pathlib import Path

from django.db import migrations

RECOGNITION = Path(__file__).resolve().parent.parent / "recognition.sql"
DROP = """
drop index person_by_birth_and_name;
drop function guard.earlier_than(bigint[], integer);
drop function guard.known_in(bigint[]);
drop function guard.named_in(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0002_row_security"),
        ("episodes", "0001_initial"),
        ("people", "0003_search"),
        ("platform", "0002_guard"),
    ]
    operations = [migrations.RunSQL(RECOGNITION.read_text(), DROP)]
