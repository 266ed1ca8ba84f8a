"""The sweep asks nobody about people who are recorded as each other's relatives."""

from pathlib import Path

from django.db import migrations

SWEEPING = (Path(__file__).resolve().parent.parent / "sweeping.sql").read_text()
ANEW = SWEEPING[SWEEPING.index("create function guard.worth_asking(") :].replace(
    "create function", "create or replace function"
)


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_what_cannot_be_merged")]
    operations = [migrations.RunSQL(ANEW, migrations.RunSQL.noop)]
