"""Decisions on files, and what was given, are information governance's; of closed families, of the people named for them."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import GOVERNANCE, keep_history, only_inserted, policy

FILES = (Path(__file__).resolve().parent.parent / "files.sql").read_text()
NOT_CLOSED = """create policy not_closed on {table} as restrictive for all
    using (family_id <> all((select guard.closed_ids())::bigint[]) and not guard.is_about_closed(request_id));"""
DECISION, COPIED = "rights_filedecision", "rights_copiedfile"


class Migration(migrations.Migration):
    dependencies = [("rights", "0012_files"), ("documents", "0002_row_security")]
    operations = [
        migrations.RunSQL(FILES),
        policy(DECISION, name="governance", using=GOVERNANCE),
        policy(COPIED, name="governance", using=GOVERNANCE),
        migrations.RunSQL(NOT_CLOSED.format(table=DECISION) + NOT_CLOSED.format(table=COPIED)),
        only_inserted(COPIED),
        keep_history(DECISION),
        keep_history(COPIED),
    ]
