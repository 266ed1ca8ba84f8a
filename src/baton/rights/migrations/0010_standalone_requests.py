"""Requests that became nobody's record are reviewed and disposed of, too; a certificate says which by its reference."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baton.platform.row_security import GOVERNANCE, keep_history, policy

STANDALONE = (Path(__file__).resolve().parent.parent / "standalone.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0006_called"),
        ("rights", "0009_what_corrections_are_about"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="disposal",
            name="reference",
            field=models.CharField(blank=True, db_default="", max_length=12),
        ),
        migrations.AlterField(
            model_name="disposal",
            name="number",
            field=models.BigIntegerField(null=True, unique=True),
        ),
        migrations.CreateModel(
            name="RequestReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("rule_title", models.CharField(max_length=200)),
                ("rule_source", models.CharField(max_length=300)),
                ("until", models.DateField()),
                (
                    "decision",
                    models.CharField(choices=[("keep", "Keep it longer"), ("dispose", "Dispose of it")], max_length=10),
                ),
                ("because", models.TextField()),
                ("keep_until", models.DateField(null=True)),
                ("decided_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.helprequest"
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a request",
                "verbose_name_plural": "reviews of requests",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "keep"), ("keep_until__isnull", False)),
                            models.Q(("decision", "dispose"), ("keep_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_request_that_is_kept_is_kept_until_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "dispose"), ("taken_back_at__isnull", True)),
                        fields=("request",),
                        name="one_disposal_of_a_request_is_decided_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(STANDALONE),
        policy("rights_requestreview", name="governance", using=GOVERNANCE),
        migrations.RunSQL("revoke delete, truncate on rights_requestreview from public, baton_app;"),
        keep_history("rights_requestreview", family=""),
    ]
