"""The misuse watch ends in seconds also after a million looks, and knows panels."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
MISUSE = (HERE / "misuse.sql").read_text().replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("governance", "0008_panel")]
    operations = [
        migrations.RunSQL("select similarity('', '');", migrations.RunSQL.noop),
        migrations.RunSQL(MISUSE, migrations.RunSQL.noop),
    ]
