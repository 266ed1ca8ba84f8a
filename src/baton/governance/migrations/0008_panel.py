"""Families brought to a locality's panel, which its chair reads until the panel has decided."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from baton.platform.row_security import keep_history

PANEL = (Path(__file__).resolve().parent.parent / "panel.sql").read_text()
USER = settings.AUTH_USER_MODEL


def key(to: str, **told: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, related_name="+", **told)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0007_called"),
        ("platform", "0007_shared_cache"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.CreateModel(
            "PanelCase",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField()),
                ("brought_at", models.DateTimeField()),
                (
                    "threshold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("early_help", "Early help meets the need"),
                            ("social_care", "Safeguarding: children’s social care"),
                            ("elsewhere", "Other services meet the need"),
                            ("advice", "Advice to those who work with the family"),
                        ],
                        max_length=11,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("brought_by", key(USER)),
                ("decided_by", key(USER, null=True)),
                ("family", key("people.family")),
                ("locality", key("platform.locality")),
            ],
            options={
                "verbose_name": "family brought to a panel",
                "verbose_name_plural": "families brought to panels",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("decided_at__isnull", True)),
                        fields=("family",),
                        name="a_family_is_before_one_panel",
                    ),
                    models.CheckConstraint(
                        condition=Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("threshold", ""))
                        | Q(
                            ("decided_at__isnull", False),
                            ("decided_by__isnull", False),
                            Q(("threshold", ""), _negated=True),
                        ),
                        name="a_panel_that_decided_says_what",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PANEL, migrations.RunSQL.noop),
        keep_history("governance_panelcase"),
    ]
