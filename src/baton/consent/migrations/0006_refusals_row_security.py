"""What people were asked and did not agree to is seen with the family, and keeps its history."""

from django.db import migrations

from baton.platform.row_security import keep_history, seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_refusal"), ("people", "0002_row_security"), ("platform", "0005_history")]
    operations = [seen_with_the_family("consent_refusal"), keep_history("consent_refusal")]
