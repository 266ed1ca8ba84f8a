"""Sessions kept in the database with whose they are, so that a person's sessions can be listed and ended."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from baton.platform import models


class SessionStore(DatabaseSessions):
    """Django's database sessions, with the person beside what they hold."""

    @classmethod
    def get_model_class(cls) -> type[models.Session]:
        return models.Session

    def create_model_instance(self, data: dict[str, Any]) -> models.Session:
        kept = cast(models.Session, super().create_model_instance(data))
        kept.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return kept
