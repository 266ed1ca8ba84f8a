"""Consent is seen with the family; the hub writes what was given at the front door while it hands the family over."""

from django.db import migrations

from baton.platform.row_security import seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("people", "0002_row_security")]
    operations = [seen_with_the_family("consent_consent")]
