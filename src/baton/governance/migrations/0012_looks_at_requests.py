"""Looks at a request before it led to a family are read with those at the family."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
BACK = "drop policy managed_since on platform_accessentry; drop function guard.looks_at_its_requests;"


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0011_what_leavers_take"),
        ("platform", "0011_looks_at_no_family"),
        ("requests", "0006_called"),
    ]
    operations = [migrations.RunSQL((HERE / "looks_at_requests.sql").read_text(), BACK)]
