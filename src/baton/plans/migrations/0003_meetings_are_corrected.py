"""A recorded meeting can be corrected: who did last, and a version, to tell the other of two who do."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_row_security"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField("meeting", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "meeting",
            "changed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
