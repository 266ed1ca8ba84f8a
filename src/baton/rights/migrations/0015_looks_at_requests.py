"""Looks at a request before it led to a family are gathered with those at the family."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
BACK = "drop function guard.gather_looks_at_requests;"


class Migration(migrations.Migration):
    dependencies = [("rights", "0014_called_on_certificates"), ("requests", "0006_called")]
    operations = [migrations.RunSQL((HERE / "looks_at_requests.sql").read_text(), BACK)]
