"""Which database role does what: the owner migrates, the application reads and writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections


class OwnerMigrates:
    """Migrations run only over the owner's connection; nothing else ever uses it."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"


@contextmanager
def as_owner() -> Iterator[None]:
    """For operators' commands, which have no person behind them: within it the default connection is the owner's."""
    application = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = application
