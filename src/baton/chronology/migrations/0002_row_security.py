"""The chronology is seen with the family; copies, and what stood before, are only inserted."""

from django.db import migrations

from baton.platform.row_security import keep_history, only_inserted, seen_with_the_family

TABLES = ("chronology_entry", "chronology_entrychange", "chronology_copy", "chronology_copiedentry")
ONLY_INSERTED = ("chronology_entrychange", "chronology_copy", "chronology_copiedentry")


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial"), ("people", "0002_row_security"), ("platform", "0005_history")]
    operations = [
        *(seen_with_the_family(table) for table in TABLES),
        *(only_inserted(table) for table in ONLY_INSERTED),
        keep_history("chronology_entry"),
        *(keep_history(table) for table in ONLY_INSERTED),
    ]
