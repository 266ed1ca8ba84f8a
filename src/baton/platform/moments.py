"""Moments read from the database by Python's own parser, in C, instead of a pattern in Python: pages read hundreds."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.abc import Buffer
from psycopg.adapt import Loader


class MomentLoader(Loader):
    """Reads `2026-11-22 07:12:00.5+00`, which is how PostgreSQL writes a moment to a connection that keeps UTC."""

    timezone = UTC  # Django puts a loader of its own in the place of one for another zone

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(bytes(data).decode())


def read_moments_quickly(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Have a new connection read moments by `MomentLoader`."""
    connection.connection.adapters.register_loader("timestamptz", MomentLoader)


connection_created.connect(read_moments_quickly)
