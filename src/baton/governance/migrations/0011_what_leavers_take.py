"""The misuse watch counts what a leaver had on paper and the files they downloaded among what they took away."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
MISUSE = (HERE / "misuse.sql").read_text().replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_closed_people")]
    operations = [
        migrations.RunSQL("select similarity('', '');", migrations.RunSQL.noop),
        migrations.RunSQL(MISUSE, migrations.RunSQL.noop),
    ]
