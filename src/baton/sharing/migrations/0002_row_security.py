"""Decisions about sharing are seen with the family, and only inserted."""

from django.db import migrations

from baton.platform.row_security import keep_history, only_inserted, seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0001_initial"),
        ("people", "0002_row_security"),
        ("platform", "0005_history"),
        ("governance", "0003_who_sees"),
    ]
    operations = [
        seen_with_the_family("sharing_decision"),
        only_inserted("sharing_decision"),
        keep_history("sharing_decision"),
    ]
