"""PostgreSQL refuses changes to an authorised assessment."""

from pathlib import Path

from django.db import migrations

READ_ONLY = Path(__file__).resolve().parent.parent / "read_only.sql"
TAKE_BACK = "drop function assessments_stay_authorised cascade;"


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_row_security")]
    operations = [migrations.RunSQL(READ_ONLY.read_text(), TAKE_BACK)]
