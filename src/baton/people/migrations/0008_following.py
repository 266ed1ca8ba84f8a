"""A change of somebody is followed in every family they stand or stood in."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
BACK = "drop function guard.families_to_follow;"


class Migration(migrations.Migration):
    dependencies = [("people", "0007_why_no_number")]
    operations = [migrations.RunSQL((HERE / "following.sql").read_text(), BACK)]
