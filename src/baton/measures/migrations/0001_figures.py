"""Figures that whoever sees no family may see."""

from pathlib import Path

from django.db import migrations

FIGURES = (Path(__file__).resolve().parent.parent / "figures.sql").read_text()
BACK = """
drop function guard.figures(date); drop function guard.counted(timestamptz, timestamptz);
drop function guard.hides(bigint, bigint, bigint, numeric, numeric);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("episodes", "0006_correction"),
        ("governance", "0005_misuse"),
        ("matching", "0006_teams"),
        ("requests", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FIGURES, BACK)]
