"""Corrections are seen with the family, and by information governance."""

from django.db import migrations

from baton.platform.row_security import FAMILY_IS_HELD, GOVERNANCE, keep_history, policy

# Readers write none; information governance, which works with no family, decides.
ONLY_WRITERS = """
create policy writers_add on rights_correction as restrictive for insert with check ((select guard.may_write()));
create policy writers_change on rights_correction as restrictive for update using (true)
    with check ((select guard.may_write()) or (select guard.has_role('governance')));
create policy not_closed on rights_correction as restrictive for all
    using (family_id <> all((select guard.closed_ids())::bigint[]));
revoke delete, truncate on rights_correction from public, baton_app;
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0007_corrections")]
    operations = [
        policy("rights_correction", name="family_is_held", using=FAMILY_IS_HELD.format(table="rights_correction")),
        policy("rights_correction", name="governance", using=GOVERNANCE),
        migrations.RunSQL(ONLY_WRITERS),
        keep_history("rights_correction"),
    ]
