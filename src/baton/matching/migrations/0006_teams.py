"""Each name knows the teams that hold its person: a worker's own people are found by index, as everybody is by the hub."""

from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

HERE = Path(__file__).resolve().parent.parent
SEARCH, TEAMS = (HERE / "search.sql").read_text(), (HERE / "teams.sql").read_text()
OLDER = "text[], text[], text[], date[], date, date, text[], boolean, integer"
BACK = """
drop trigger if exists with_teams on matching_searchedname; drop trigger teams_changed on people_family;
drop trigger teams_insert on people_familymember; drop trigger teams_update on people_familymember;
drop trigger teams_delete on people_familymember;
drop function guard.teams_changed; drop function if exists guard.name_with_teams; drop function guard.teams_holding;
drop function guard.names_in;
"""


def _anew() -> str:
    """What the file of the search says now, for a database that was made with an older one."""
    texts = []
    for name in ("people_like", "likely_by_index"):
        begins = SEARCH.index(f"create function guard.{name}(")
        texts.append(SEARCH[begins : SEARCH.index("end $$;", begins) + len("end $$;")])
    return "\n".join(texts).replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_one_way_to_search"), ("governance", "0003_who_sees")]
    operations = [
        migrations.AddField(
            "searchedname", "teams", ArrayField(models.BigIntegerField(), default=list, db_default=models.Value([]))
        ),
        migrations.RunSQL("select similarity('', '');", migrations.RunSQL.noop),  # loads pg_trgm
        migrations.RunSQL(f"drop function if exists guard.likely_by_index({OLDER});", migrations.RunSQL.noop),
        migrations.RunSQL(_anew(), migrations.RunSQL.noop),
        migrations.RunSQL(
            f"revoke execute on function guard.likely_by_index({OLDER}, bigint[]) from public;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(TEAMS, BACK),
    ]
