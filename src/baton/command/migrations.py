"""Whether a database is at this code's migrations, asked without starting Django."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from baton.cluster.backups import connection_words

APPLIED = "select app, name from django_migrations"


def is_up_to_date(settings: dict[str, Any]) -> bool:
    """Whether every migration of the installed apps has run in the database of these Django settings.

    The database is asked itself, so a restored backup counts as what it is. In doubt the answer is no: migrating once
    more does no harm.
    """
    try:
        with psycopg.connect(**connection_words(settings)) as connection:
            applied = {(str(app), str(name)) for app, name in connection.execute(APPLIED).fetchall()}
    except psycopg.Error:
        return False
    return wanted() <= applied


def wanted() -> set[tuple[str, str]]:
    """The migrations of the installed apps, as Django notes them: the app's label and the migration's name."""
    from baton.settings import INSTALLED_APPS

    return {(LABELS.get(app) or app.rpartition(".")[2], file.stem) for app in INSTALLED_APPS for file in _files(app)}


LABELS = {"procrastinate.contrib.django": "procrastinate"}  # where the label is not the last word of the name


def _files(app: str) -> list[Path]:
    found = find_spec(app)
    folders = (found.submodule_search_locations if found else None) or ()
    return [
        file for folder in folders for file in Path(folder).glob("migrations/*.py") if not file.name.startswith("_")
    ]
