"""What stood in a record before it was corrected, by whom, when and why. Never changed or removed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baton.platform.row_security import only_inserted, seen_with_the_family


def to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("episodes", "0005_start_of_a_deadline"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            "Correction",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.CharField(max_length=60)),
                ("record_id", models.BigIntegerField()),
                ("before", models.JSONField()),
                ("because", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("episode", to("episodes.episode")),
                ("family", to("people.family")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(because=""), name="a_correction_says_why"),
                ],
                "indexes": [models.Index(fields=["record", "record_id"], name="correction_by_record")],
            },
        ),
        seen_with_the_family("episodes_correction"),
        only_inserted("episodes_correction"),
    ]
