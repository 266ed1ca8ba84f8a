"""Sessions kept in the database with whose they are, so that a person's sessions can be listed and ended."""

from contextvars import ContextVar
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import QuerySet
from django.db.models.functions import Now

from baton.platform import models
from baton.platform.prepared import prepared

_read_with_it: ContextVar[models.User | None] = ContextVar("read_with_the_session", default=None)


class SessionStore(DatabaseSessions):
    """Django's database sessions, with the person beside what they hold: one query reads both."""

    @classmethod
    def get_model_class(cls) -> type[models.Session]:
        return models.Session

    def create_model_instance(self, data: dict[str, Any]) -> models.Session:
        kept = cast(models.Session, super().create_model_instance(data))
        kept.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return kept

    def _get_session_from_db(self) -> models.Session | None:
        found = _lasting(str(self.session_key))
        _read_with_it.set(found[0].user if found else None)
        if not found:
            self._session_key = None
            return None
        return found[0]


def person_read_with_session(user_id: int) -> models.User | None:
    """The person, once, if they came with the session that was just read."""
    person = _read_with_it.get()
    _read_with_it.set(None)
    return person if person is not None and person.pk == user_id else None


@prepared
def _lasting(session_key: str) -> QuerySet[models.Session]:
    return models.Session.objects.filter(session_key=session_key, expire_date__gt=Now()).select_related("user")
