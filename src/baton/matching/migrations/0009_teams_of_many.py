"""The teams of names are found with the names: a trigger for each cost an import more than all other keys."""

from pathlib import Path

from django.db import migrations

TEAMS = (Path(__file__).resolve().parent.parent / "teams.sql").read_text()
NO_TRIGGER = """
drop trigger if exists with_teams on matching_searchedname;
drop function if exists guard.name_with_teams();
"""
# Twenty thousand people at a time: a plan kept for ten would compare each with each.
OF_MANY = "alter function guard.index_everybody() set plan_cache_mode = 'force_custom_plan'"


def _anew() -> str:
    """What the file says now, for a database that was made with an older one."""
    begins = TEAMS.index("create or replace function guard.index_people(")
    return TEAMS[begins : TEAMS.index("end $$;", begins) + len("end $$;")]


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_called")]
    operations = [
        migrations.RunSQL(_anew(), migrations.RunSQL.noop),
        migrations.RunSQL(NO_TRIGGER, migrations.RunSQL.noop),
        migrations.RunSQL(OF_MANY, migrations.RunSQL.noop),
    ]
