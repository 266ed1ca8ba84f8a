"""The same keys of people, from plans that PostgreSQL keeps."""

from pathlib import Path

from django.db import migrations

INDEXING = (Path(__file__).resolve().parent.parent / "indexing.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_teams")]
    operations = [migrations.RunSQL(INDEXING, migrations.RunSQL.noop)]
