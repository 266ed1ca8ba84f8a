"""Who sees relationships and networks: whoever holds the family; and, of a relationship, whoever holds both people."""

from django.db import migrations

from baton.platform.row_security import keep_history, policy, seen_with_the_family

BOTH_ARE_HELD = "guard.holds_person(person_id) and guard.holds_person(relative_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("relationships", "0001_initial"),
        ("people", "0006_row_security_over_time"),
        ("platform", "0005_history"),
    ]
    operations = [
        seen_with_the_family("relationships_relationship"),
        policy("relationships_relationship", name="both_are_held", using=BOTH_ARE_HELD, command="select"),
        seen_with_the_family("relationships_networktie"),
        keep_history("relationships_relationship"),
        keep_history("relationships_networktie"),
    ]
