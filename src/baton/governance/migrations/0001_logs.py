"""Information governance reads every look and every action, and nothing of what the records say."""

from django.db import migrations

from baton.platform.row_security import GOVERNANCE, policy


class Migration(migrations.Migration):
    dependencies = [("platform", "0006_seals")]
    operations = [
        policy("platform_auditentry", name="governance", using=GOVERNANCE, command="select"),
        policy("platform_accessentry", name="governance", using=GOVERNANCE, command="select"),
    ]
