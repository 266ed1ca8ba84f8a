"""Whom only closed families know is found from those families, however many others there are."""

from pathlib import Path

from django.db import migrations

CLOSED_PEOPLE = (Path(__file__).resolve().parent.parent / "closed_people.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("governance", "0009_faster_watch")]
    operations = [migrations.RunSQL(CLOSED_PEOPLE, migrations.RunSQL.noop)]
