"""Runs are listed to administrators and information governance; rows on their way to nobody; origins with the family."""

from django.db import migrations

from baton.platform.row_security import FAMILY_IS_HELD, GOVERNANCE, policy

LISTED = f"((select guard.has_role('administrator')) or {GOVERNANCE})"
NOBODY = "false"
TABLES = ("importing_run", "importing_batch", "importing_staged", "importing_sourcerecord")


class Migration(migrations.Migration):
    dependencies = [
        ("importing", "0001_initial"),
        ("governance", "0003_who_sees"),
        ("people", "0006_row_security_over_time"),
    ]
    operations = [
        policy("importing_run", name="listed", using=LISTED, command="select"),
        policy("importing_batch", name="nobody", using=NOBODY),
        policy("importing_staged", name="nobody", using=NOBODY),
        policy(
            "importing_sourcerecord",
            name="family_is_held",
            using=FAMILY_IS_HELD.format(table="importing_sourcerecord"),
            command="select",
        ),
        *(
            migrations.RunSQL(f"select guard.let_only_writers_write('{table}')", migrations.RunSQL.noop)
            for table in TABLES
        ),
        # Only an operator's command writes them, as the owner.
        *(
            migrations.RunSQL(
                f"revoke insert, update, delete, truncate on {table} from baton_app", migrations.RunSQL.noop
            )
            for table in TABLES
        ),
    ]
