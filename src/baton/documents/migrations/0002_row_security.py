"""Documents are seen with the family and never removed; of what they say only scan and withdrawal change."""

from django.db import migrations

from baton.platform.row_security import keep_history, only_inserted, seen_with_the_family

DOCUMENT, CONTENTS = "documents_document", "documents_contents"
CHANGES = "scan, scanned_at, scan_found, withdrawn_at, withdrawn_by_id, withdrawn_because"


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("people", "0002_row_security"),
        ("platform", "0005_history"),
        ("governance", "0003_who_sees"),
    ]
    operations = [
        seen_with_the_family(DOCUMENT),
        seen_with_the_family(CONTENTS),
        only_inserted(DOCUMENT),
        only_inserted(CONTENTS),
        migrations.RunSQL(f"grant update ({CHANGES}) on {DOCUMENT} to baton_app;", migrations.RunSQL.noop),
        # Pictures, PDFs and office documents are compressed already: trying again costs time and saves nothing.
        migrations.RunSQL(f"alter table {CONTENTS} alter column file set storage external;", migrations.RunSQL.noop),
        keep_history(DOCUMENT),
    ]
