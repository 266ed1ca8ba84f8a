"""Gathering what is held on somebody. Officers see no part of a restricted family they are not named for."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import GOVERNANCE, keep_history, only_inserted, policy

GATHERING = (Path(__file__).resolve().parent.parent / "gathering.sql").read_text()
NOT_CLOSED = """
create policy not_closed on rights_item as restrictive for all
    using ((family_id is null or family_id <> all((select guard.closed_ids())::bigint[]))
       and (person_id is null or person_id <> all((select guard.closed_person_ids())::bigint[]))
       and not guard.is_about_closed(request_id));
create policy not_closed on rights_mark as restrictive for all
    using ((family_id is null or family_id <> all((select guard.closed_ids())::bigint[]))
       and (person_id is null or person_id <> all((select guard.closed_person_ids())::bigint[]))
       and not guard.is_about_closed(request_id));
create policy not_closed on rights_release as restrictive for all
    using (not families && (select guard.closed_ids())::bigint[] and not guard.is_about_closed(request_id));
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_copies")]
    operations = [
        migrations.RunSQL(GATHERING),
        policy("rights_item", name="governance", using=GOVERNANCE),
        policy("rights_mark", name="governance", using=GOVERNANCE),
        policy("rights_release", name="governance", using=GOVERNANCE),
        policy("rights_restrictedpart", name="named", using="guard.is_named_for(family_id)", command="select"),
        migrations.RunSQL(NOT_CLOSED),
        only_inserted("rights_release"),
        migrations.RunSQL("revoke insert, update, delete, truncate on rights_restrictedpart from public, baton_app;"),
        keep_history("rights_mark"),
        keep_history("rights_release", family=""),
        keep_history("rights_restrictedpart"),
    ]
