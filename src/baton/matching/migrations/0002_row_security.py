"""Nobody reads the keys people are found by; the hub, and those who hold both people, see duplicates and merges."""

from django.db import migrations

from baton.platform.row_security import HUB, keep_history, policy

KEYS = ("matching_searchedperson", "matching_searchedname", "matching_searchedkey")
HOLDS_BOTH = "guard.holds_person({one}) and guard.holds_person({other})"
WITH_THE_MERGE = "exists (select 1 from matching_merge m where m.id = merge_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
        ("people", "0006_row_security_over_time"),
        ("platform", "0005_history"),
    ]
    operations = [
        *(policy(table, name="nobody", using="false") for table in KEYS),
        policy("matching_possibleduplicate", name="hub", using=HUB),
        policy(
            "matching_possibleduplicate",
            name="both_are_held",
            using=HOLDS_BOTH.format(one="one_id", other="other_id"),
        ),
        policy("matching_merge", name="hub", using=HUB, command="select"),
        policy(
            "matching_merge",
            name="both_are_held",
            using=HOLDS_BOTH.format(one="survivor_id", other="merged_id"),
            command="select",
        ),
        keep_history("matching_possibleduplicate"),
        keep_history("matching_merge"),
        policy("matching_moved", name="with_the_merge", using=WITH_THE_MERGE, command="select"),
    ]
