"""The same answers to who sees which families, from plans that PostgreSQL keeps."""

from pathlib import Path

from django.db import migrations

CONTEXT = (Path(__file__).resolve().parent.parent / "context.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_misuse")]
    operations = [migrations.RunSQL(CONTEXT)]
