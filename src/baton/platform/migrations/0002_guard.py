"""Row security's functions, and the platform's own policies."""

from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from baton.platform.row_security import OWN, only_inserted, policy

GUARD = Path(__file__).resolve().parent.parent / "guard.sql"
BY_SELF = "by_id is not distinct from (select guard.user_id())"
MANAGED = """family_id is not null and (select guard.has_role('team_manager') or guard.has_role('service_manager'))
    and guard.holds(family_id)"""


GRANTS = """
grant usage on schema public to baton_app;
grant select, insert, update, delete on all tables in schema public to baton_app;
grant usage, select on all sequences in schema public to baton_app;
alter default privileges in schema public grant select, insert, update, delete on tables to baton_app;
alter default privileges in schema public grant usage, select on sequences to baton_app;
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(GUARD.read_text(), "drop schema guard cascade"),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        policy("platform_draft", name="own", using=OWN),
        policy("platform_submission", name="own", using=OWN),
        policy("platform_auditentry", name="own", using=BY_SELF),
        policy("platform_auditentry", name="managed", using=MANAGED, command="select"),
        policy("platform_accessentry", name="own", using=BY_SELF),
        policy("platform_accessentry", name="managed", using=MANAGED, command="select"),
        only_inserted("platform_auditentry"),
        only_inserted("platform_accessentry"),
    ]
