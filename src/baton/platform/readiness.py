"""Whether the database is at this code's migrations, asked cheaply enough to be asked every few seconds."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader


def is_at_this_code() -> bool:
    """Every migration of this code has run; more may have, while a new version is brought in."""
    with connection.cursor() as cursor:
        cursor.execute("select app, name from django_migrations")
        return wanted() <= set(cursor.fetchall())


@cache
def wanted() -> frozenset[tuple[str, str]]:
    """The migrations on disk, read once a process."""
    return frozenset(MigrationLoader(None).disk_migrations)
