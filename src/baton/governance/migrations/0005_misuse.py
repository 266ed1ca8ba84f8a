"""Misuse watch: what information governance should look into. And who reads the history of restrictions and emergencies."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from baton.platform.row_security import GOVERNANCE, keep_history, policy

MISUSE = (Path(__file__).resolve().parent.parent / "misuse.sql").read_text()
USER = settings.AUTH_USER_MODEL
OWN = "user_id = (select guard.user_id())"
# Why a family was restricted, and what came of an emergency, is for those who manage it, also when the restriction is lifted.
HISTORY_OF_GUARDS = """
create policy of_guards on platform_change as restrictive for select
    using (record !~ '^governance_(restriction|namedperson|emergency)' or by_id = (select guard.user_id())
           or (select guard.has_role('team_manager')) or (select guard.has_role('service_manager')));
"""
# Samples and emergencies of a family that is restricted since: gone with it, but for information governance.
CLOSED_TOO = """
create policy not_closed on {table} as restrictive for all
    using ((select guard.has_role('governance')) or family_id <> all((select guard.closed_ids())::bigint[]));
"""


def key(to: str, **told: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, related_name="+", **told)


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_reviews_and_audits"), migrations.swappable_dependency(USER)]
    operations = [
        migrations.CreateModel(
            "OwnDetails",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date_of_birth", models.DateField(null=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("said_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=USER),
                ),
            ],
            options={"verbose_name": "own details", "verbose_name_plural": "own details"},
        ),
        migrations.CreateModel(
            "Alert",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("own_record", "Own record or own family"),
                            ("same_surname", "Same last name"),
                            ("same_address", "Same address"),
                            ("no_relation", "No working relation"),
                            ("unusual_number", "Unusually many families"),
                            ("unusual_hours", "Unusual hours"),
                            ("leavers_week", "A leaver’s last week"),
                        ],
                        max_length=14,
                    ),
                ),
                ("looked_on", models.DateField()),
                ("facts", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fair_use", "Fair use: there was a good reason"),
                            ("investigate", "To be investigated further"),
                            ("passed_on", "Passed on: to their manager, or to personnel"),
                        ],
                        max_length=11,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", key(USER, null=True)),
                ("family", key("people.family", null=True)),
                ("user", key(USER)),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("closed_at__isnull", True)), fields=["-made_at"], name="alert_open")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "user", "family", "looked_on"),
                        name="an_alert_is_made_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=Q(("closed_at__isnull", True), ("outcome", ""))
                        | Q(("closed_at__isnull", False), Q(("outcome", ""), _negated=True)),
                        name="a_closed_alert_says_what_came_of_it",
                    ),
                ],
            },
        ),
        migrations.RunSQL("select similarity('', '');", migrations.RunSQL.noop),
        migrations.RunSQL(MISUSE),
        migrations.RunSQL(HISTORY_OF_GUARDS, "drop policy of_guards on platform_change;"),
        *(
            migrations.RunSQL(CLOSED_TOO.format(table=table), f"drop policy not_closed on {table};")
            for table in ("governance_sample", "governance_emergency")
        ),
        policy("governance_alert", name="governance", using=GOVERNANCE),
        policy("governance_owndetails", name="own", using=OWN),
        migrations.RunSQL(
            "revoke insert, delete, truncate on governance_alert from baton_app;", migrations.RunSQL.noop
        ),
        # Of no family: the family's own team must not learn from its history who was looked into.
        keep_history("governance_alert", family=""),
        keep_history("governance_owndetails", family="", unsaid="date_of_birth,postcode"),
    ]
