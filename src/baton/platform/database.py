"""Which database role does what: the owner migrates, the application reads and writes."""

from typing import Any


class OwnerMigrates:
    """Migrations run only over the owner's connection; nothing else ever uses it."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
