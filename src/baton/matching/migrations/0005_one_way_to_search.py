"""The older search, which this area replaces, goes."""

from pathlib import Path

from django.db import migrations

import baton.people

OLD = "drop function guard.search_people; drop index person_by_letters; drop index person_by_sound;"
SEARCH = (Path(baton.people.__file__).parent / "search.sql").read_text()
AS_IT_WAS = SEARCH[SEARCH.index("create index person_by_sound") :]


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_merging"), ("people", "0003_search")]
    operations = [migrations.RunSQL(OLD, AS_IT_WAS)]
