"""Visits are seen with the family."""

from django.db import migrations

from baton.platform.row_security import seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        seen_with_the_family("visits_visit"),
        seen_with_the_family("visits_seen"),
    ]
