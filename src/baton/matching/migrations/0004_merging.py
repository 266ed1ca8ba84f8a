"""The functions that make two records one and take that back, and those that look for such records."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import policy

HERE = Path(__file__).resolve().parent.parent
SWEEPER = "(select guard.has_role('sweeper'))"
NO_MERGING = """
drop function guard.undo_merge; drop function guard.change_back; drop function guard.leave_to_later_merge; drop function guard.now_refers_to; drop function guard.unfold; drop function guard.carried_on;
drop function guard.merge_people; drop function guard.step_aside; drop function guard.fold_row; drop function guard.move_row;
drop function guard.change_row; drop function guard.move_value; drop function guard.row_in_the_way; drop function guard.survivor_of;
drop function guard.may_merge; drop function guard.gives_way; drop function guard.references_to;
"""
NO_SWEEPING = """
drop function guard.everybody_compared; drop function guard.pairs_to_weigh; drop function guard.said_to_differ;
drop function guard.open_sweep;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_search")]
    operations = [
        migrations.RunSQL((HERE / "merging.sql").read_text(), NO_MERGING),
        migrations.RunSQL((HERE / "sweeping.sql").read_text(), NO_SWEEPING),
        policy("matching_possibleduplicate", name="sweeper", using=SWEEPER),
    ]
