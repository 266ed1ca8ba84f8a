"""Holds, reviews and certificates; disposal, and how the chain of seals tells it from tampering."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import GOVERNANCE, keep_history, policy

HERE = Path(__file__).resolve().parent.parent
NOT_CLOSED = """
create policy not_closed on rights_hold as restrictive for all
    using (family_id <> all((select guard.closed_ids())::bigint[]));
create policy not_closed on rights_retentionreview as restrictive for all
    using (family_id <> all((select guard.closed_ids())::bigint[]));
revoke delete, truncate on rights_hold, rights_retentionreview from public, baton_app;
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0005_retention"), ("platform", "0006_seals")]
    operations = [
        migrations.RunSQL((HERE / "retention.sql").read_text()),
        migrations.RunSQL((HERE / "disposal.sql").read_text()),
        policy("rights_hold", name="governance", using=GOVERNANCE),
        policy("rights_retentionreview", name="governance", using=GOVERNANCE),
        policy("rights_disposal", name="governance", using=GOVERNANCE, command="select"),
        migrations.RunSQL(NOT_CLOSED),
        keep_history("rights_hold"),
        keep_history("rights_retentionreview"),
        keep_history("rights_disposal", family=""),
    ]
