"""History: what each record was and what it became; the tables of the platform keep theirs from here on."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.db import migrations, models

import baton.platform.models
from baton.platform.row_security import keep_history

HISTORY = Path(__file__).resolve().parent.parent / "history.sql"


class Migration(migrations.Migration):
    dependencies = [("platform", "0004_sessions_and_who_gave_roles")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(HISTORY.read_text())],
            state_operations=[
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("transaction", models.BigIntegerField(db_default=baton.platform.models.TransactionId())),
                        ("at", models.DateTimeField()),
                        ("login", models.CharField(max_length=63)),
                        ("action", models.CharField(max_length=60)),
                        ("record", models.CharField(max_length=60)),
                        ("record_id", models.BigIntegerField()),
                        ("family_id", models.BigIntegerField(null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("added", "Added"), ("changed", "Changed"), ("removed", "Removed")],
                                max_length=7,
                            ),
                        ),
                        ("before", models.JSONField(null=True)),
                        ("after", models.JSONField(null=True)),
                    ],
                    options={
                        "db_table": "platform_change",
                        "managed": False,
                    },
                ),
                migrations.AddField(
                    model_name="accessentry",
                    name="recorded_at",
                    field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                migrations.AddField(
                    model_name="accessentry",
                    name="why",
                    field=models.TextField(db_default="", default=""),
                ),
                migrations.AddField(
                    model_name="auditentry",
                    name="recorded_at",
                    field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                migrations.AddField(
                    model_name="auditentry",
                    name="transaction",
                    field=models.BigIntegerField(db_default=baton.platform.models.TransactionId(), null=True),
                ),
                migrations.AddIndex(
                    model_name="accessentry",
                    index=django.contrib.postgres.indexes.BrinIndex(fields=["recorded_at"], name="access_by_day"),
                ),
                migrations.AddIndex(
                    model_name="auditentry",
                    index=django.contrib.postgres.indexes.BrinIndex(fields=["recorded_at"], name="audit_by_day"),
                ),
            ],
        ),
        keep_history("platform_organisation", family=""),
        keep_history("platform_locality", family=""),
        keep_history("platform_team", family=""),
        keep_history("platform_user", family="", unsaid="password,last_login"),
        keep_history("platform_roleheld", family=""),
    ]
