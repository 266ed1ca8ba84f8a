"""Information governance answers requests; whoever registered one sees that it is there."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import GOVERNANCE, keep_history, policy

GUARD = (Path(__file__).resolve().parent.parent / "rights_guard.sql").read_text()
REGISTERED = "registered_by_id = (select guard.user_id())"
NOT_CLOSED = """create policy not_closed on rights_subject as restrictive for all
    using (person_id <> all((select guard.closed_person_ids())::bigint[]));"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_requests"), ("governance", "0003_who_sees"), ("matching", "0004_merging")]
    operations = [
        policy("rights_accessrequest", name="governance", using=GOVERNANCE),
        policy("rights_accessrequest", name="registered", using=REGISTERED, command="select"),
        policy("rights_accessrequest", name="registers", using=REGISTERED, command="insert"),
        policy("rights_subject", name="governance", using=GOVERNANCE),
        policy("rights_stop", name="governance", using=GOVERNANCE),
        migrations.RunSQL(NOT_CLOSED, "drop policy not_closed on rights_subject;"),
        # A request once made is answered, not removed.
        migrations.RunSQL(
            "revoke delete, truncate on rights_accessrequest, rights_stop from public, baton_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(GUARD, "drop function guard.rights_people;"),
        keep_history("rights_accessrequest", family=""),
        keep_history("rights_subject", family="", person="person_id"),
        keep_history("rights_stop", family=""),
    ]
