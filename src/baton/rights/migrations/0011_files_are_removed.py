"""Disposal takes the files of documents along, however large they are together."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent


class Migration(migrations.Migration):
    dependencies = [("rights", "0010_standalone_requests")]
    operations = [migrations.RunSQL((HERE / "removal.sql").read_text(), migrations.RunSQL.noop)]
