"""Addresses of rows that any merge ever folded lead on: also those of homes and of responsibility, also of old merges."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
MERGING = (HERE / "merging.sql").read_text()
BEGINS = MERGING.index("create function guard.now_at(")
NOW_AT = MERGING[BEGINS : MERGING.index("end $$;", BEGINS) + len("end $$;")]
BACK = "drop function guard.find_where_folded; drop function guard.days_of; drop function guard.said_by;"


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_worth_asking")]
    operations = [
        migrations.RunSQL(NOW_AT.replace("create function", "create or replace function"), migrations.RunSQL.noop),
        migrations.RunSQL((HERE / "folding.sql").read_text(), BACK),
        migrations.RunSQL("select guard.find_where_folded()", migrations.RunSQL.noop),
    ]
