"""Looks at no family are found by what they were at: a request's are read with those at the family it led to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("platform", "0010_history_of_any_column")]
    operations = [
        AddIndexConcurrently(
            "accessentry",
            models.Index(fields=["what"], condition=models.Q(("family_id__isnull", True)), name="access_to_no_family"),
        ),
    ]
