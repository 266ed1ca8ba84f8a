"""Plans, meetings and closures are seen with the family."""

from django.db import migrations

from baton.platform.row_security import seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        seen_with_the_family("plans_plan"),
        seen_with_the_family("plans_seenalone"),
        seen_with_the_family("plans_planrevision"),
        seen_with_the_family("plans_goal"),
        seen_with_the_family("plans_planaction"),
        seen_with_the_family("plans_meeting"),
        seen_with_the_family("plans_attendance"),
        seen_with_the_family("plans_closure"),
    ]
