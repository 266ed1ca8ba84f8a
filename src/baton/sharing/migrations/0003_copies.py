"""Copies that left by a decision are kept as they left, seen with the family, and only inserted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baton.platform.row_security import keep_history, only_inserted, seen_with_the_family

AS_IT_LEFT = "check (digest = encode(sha256(content), 'hex') and size = octet_length(content))"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_row_security_over_time"),
        ("sharing", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="decision",
            options={"verbose_name": "decision about sharing", "verbose_name_plural": "decisions about sharing"},
        ),
        migrations.CreateModel(
            name="HandedOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField(verbose_name="the file")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("made_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copy", to="sharing.decision"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "copy handed out",
                "verbose_name_plural": "copies handed out",
            },
        ),
        migrations.RunSQL(
            f"alter table sharing_handedout add constraint a_copy_is_as_it_left {AS_IT_LEFT}", migrations.RunSQL.noop
        ),
        seen_with_the_family("sharing_handedout"),
        only_inserted("sharing_handedout"),
        keep_history("sharing_handedout"),
    ]
