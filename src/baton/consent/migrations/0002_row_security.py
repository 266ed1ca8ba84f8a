"""Consent is seen with the family; the hub records what was given at the front door."""

from django.db import migrations

from baton.platform.row_security import HUB, policy, seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        seen_with_the_family("consent_consent"),
        policy("consent_consent", name="hub", using=HUB),
    ]
