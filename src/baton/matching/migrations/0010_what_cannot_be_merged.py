"""Nothing that cannot stand beside the survivor's is dropped in silence, and what was folded is found where it is now."""

from pathlib import Path

from django.db import migrations

MERGING = (Path(__file__).resolve().parent.parent / "merging.sql").read_text()
NEW_OR_OTHER = ("row_in_the_way", "is_beside_themselves", "fold_row", "why_two", "merge_people", "now_at")
NOT_FOR_THE_APPLICATION = """
revoke execute on function guard.why_two(bigint, bigint), guard.is_beside_themselves(regclass, name, name, bigint, bigint),
    guard.row_in_the_way(regclass, name, name, bigint, bigint) from public;
"""


def _anew() -> str:
    """What the file of merging says now, for a database that was made with an older one."""
    texts = []
    for name in NEW_OR_OTHER:
        begins = MERGING.index(f"create function guard.{name}(")
        texts.append(MERGING[begins : MERGING.index("end $$;", begins) + len("end $$;")])
    return "\n".join(texts).replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_teams_of_many")]
    operations = [migrations.RunSQL(_anew() + NOT_FOR_THE_APPLICATION, migrations.RunSQL.noop)]
