"""Viruses found in kept files, who is told of them, and how the worker has files scanned."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from baton.platform.row_security import FAMILY_IS_HELD, GOVERNANCE, keep_history, only_inserted, policy

SCANNING = (Path(__file__).resolve().parent.parent / "scanning.sql").read_text()
NO_SCANNING = "drop function guard.open_scan, guard.documents_to_scan, guard.file_to_scan, guard.note_scan;"
USER = settings.AUTH_USER_MODEL
VIRUS, RESCAN = "documents_virusfound", "documents_rescan"
# Of a family that is restricted information governance reads its number, as of every other log; nobody else who is not named.
NOT_CLOSED = f"""
create policy not_closed on {VIRUS} as restrictive for all
    using ((select guard.has_role('governance')) or family_id <> all((select guard.closed_ids())::bigint[]));
"""
ONLY_CLOSED = f"""
revoke insert, update, delete, truncate on {VIRUS} from public, baton_app;
grant update (done, closed_at, closed_by_id) on {VIRUS} to baton_app;
"""


def key(to: str, related_name: str = "+", **told: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, related_name=related_name, **told)


def number() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_row_security"),
        ("people", "0006_row_security_over_time"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.CreateModel(
            "Rescan",
            [
                ("id", number()),
                ("signatures", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("files", models.PositiveIntegerField()),
                ("viruses", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "VirusFound",
            [
                ("id", number()),
                ("found", models.CharField(max_length=200)),
                ("found_at", models.DateTimeField()),
                ("done", models.TextField(blank=True, verbose_name="what was done")),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", key(USER, null=True)),
                ("document", key("documents.document", "viruses")),
                ("family", key("people.family")),
                ("uploader", key(USER)),
            ],
            options={
                "verbose_name": "virus found in a document",
                "verbose_name_plural": "viruses found in documents",
                "indexes": [
                    models.Index(condition=Q(("closed_at__isnull", True)), fields=["-found_at"], name="virus_open")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("closed_at__isnull", True)), fields=("document",), name="a_virus_is_told_of_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(("closed_at__isnull", True), ("closed_by__isnull", True), ("done", ""))
                        | Q(
                            ("closed_at__isnull", False),
                            ("closed_by__isnull", False),
                            Q(("done", ""), _negated=True),
                        ),
                        name="a_virus_dealt_with_says_what_was_done",
                    ),
                ],
            },
        ),
        policy(VIRUS, name="governance", using=GOVERNANCE),
        policy(VIRUS, name="uploader", using="uploader_id = (select guard.user_id())", command="select"),
        policy(VIRUS, name="family_is_held", using=FAMILY_IS_HELD.format(table=VIRUS), command="select"),
        migrations.RunSQL(NOT_CLOSED, f"drop policy not_closed on {VIRUS};"),
        migrations.RunSQL(
            f"revoke insert, delete, truncate on {VIRUS} from public, baton_app;", migrations.RunSQL.noop
        ),
        only_inserted(RESCAN),
        keep_history(VIRUS),
        migrations.RunSQL(SCANNING, NO_SCANNING),
    ]
