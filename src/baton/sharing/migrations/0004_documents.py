"""Documents that were added leave by a decision, too: which, known by its hash, seen with the family, and only inserted."""

import django.db.models.deletion
from django.db import migrations, models

from baton.platform.row_security import keep_history, only_inserted, seen_with_the_family

WHAT = [
    ("plan", "The plan"),
    ("assessment", "The assessment"),
    ("genogram", "The genogram"),
    ("network", "The ecomap"),
    ("chronology", "A copy of the chronology"),
    ("document", "A document that was added"),
    ("information", "Information in words"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_row_security"),
        ("people", "0006_row_security_over_time"),
        ("sharing", "0003_copies"),
    ]

    operations = [
        migrations.AlterField(model_name="decision", name="what", field=models.CharField(choices=WHAT, max_length=12)),
        migrations.CreateModel(
            name="DocumentLeft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document_left",
                        to="sharing.decision",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
            ],
            options={
                "verbose_name": "document handed out",
                "verbose_name_plural": "documents handed out",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        name="a_document_that_left_is_known_by_its_hash",
                    )
                ],
            },
        ),
        seen_with_the_family("sharing_documentleft"),
        only_inserted("sharing_documentleft"),
        keep_history("sharing_documentleft"),
    ]
