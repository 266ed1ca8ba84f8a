"""Seals over the record of every look and change."""

from pathlib import Path

from django.db import migrations, models

SEALS = Path(__file__).resolve().parent.parent / "seals.sql"


class Migration(migrations.Migration):
    dependencies = [("platform", "0005_history")]
    operations = [
        migrations.RunSQL(SEALS.read_text()),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("sealed_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("entries", models.IntegerField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "platform_seal", "managed": False},
        ),
    ]
