"""That somebody was asked again is seen with the family, and only inserted."""

from django.db import migrations

from baton.platform.row_security import keep_history, only_inserted, seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_purposes"), ("people", "0002_row_security"), ("platform", "0005_history")]
    operations = [
        seen_with_the_family("consent_renewal"),
        only_inserted("consent_renewal"),
        keep_history("consent_renewal"),
    ]
