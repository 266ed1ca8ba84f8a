"""The action decorator: every change to a record goes through it, so that nothing that goes with one is forgotten."""

import inspect
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction

from baton.platform.guard import name_action
from baton.platform.models import User
from baton.platform.refusals import NotAllowed
from baton.practice.happenings import Happening

P = ParamSpec("P")
R = TypeVar("R")
AUDITED = (
    "insert into platform_auditentry (at, by_id, roles, action, family_id, record, record_id)"
    " values (%s, %s, %s, %s, %s, %s, %s)"
)


@dataclass
class Underway:
    """The outermost action that runs now, and what must be done once at its end."""

    by: User | None
    at: datetime
    at_end: dict[Hashable, Callable[[], None]] = field(default_factory=dict)
    allowed_events: list[frozenset[Happening]] = field(default_factory=list)


_underway: ContextVar[Underway | None] = ContextVar("action_underway", default=None)
_held_as_one: ContextVar[bool] = ContextVar("actions_held_as_one", default=False)


def action(
    *, allowed: Callable[..., bool], events: tuple[Happening, ...] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action.

    The function is keyword-only and takes `by: User | None` and `at: datetime` last; its first parameter is the
    subject, and `allowed(by, subject)` says who may. It returns the record that changed. `events` names the kinds it
    may record.
    Raises `NotAllowed`; whatever the function raises takes all of its writes back.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        subject_name = next(iter(inspect.signature(function).parameters))

        @wraps(function)
        def run(*args: P.args, **given: P.kwargs) -> R:
            by: Any = given["by"]
            subject: Any = given[subject_name]
            if not allowed(by, subject):
                raise NotAllowed(f"{function.__name__} is not for this person")
            with transaction.atomic(savepoint=not _held_as_one.get()):
                return _within(function, frozenset(events), subject, given)

        run.is_action = True  # type: ignore[attr-defined]
        run.events = frozenset(events)  # type: ignore[attr-defined]
        return run

    return decorate


@contextmanager
def held_as_one() -> Iterator[None]:
    """One savepoint for all that the actions within change: a refusal must leave it, and takes everything back."""
    with transaction.atomic():
        token = _held_as_one.set(True)
        try:
            yield
        finally:
            _held_as_one.reset(token)


def current_action() -> Underway:
    """The action under way; raises `RuntimeError` outside one."""
    underway = _underway.get()
    if underway is None:
        raise RuntimeError("Only an action may do this.")
    return underway


def at_end_of_action(key: Hashable, todo: Callable[[], None]) -> None:
    """Do this once when the outermost action has made all of its changes, before it commits."""
    current_action().at_end.setdefault(key, todo)


def finish_what_follows() -> None:
    """Do now what was left for the end of the action, while the context that allows it is still open."""
    underway = current_action()
    while underway.at_end:
        underway.at_end.pop(next(iter(underway.at_end)))()


def _within(function: Callable[..., R], events: frozenset[Happening], subject: object, given: dict[str, Any]) -> R:
    outer = _underway.get()
    underway = outer or Underway(by=given["by"], at=given["at"])
    token = _underway.set(underway)
    underway.allowed_events.append(events)
    if outer is None:
        name_action(function.__name__, at=underway.at)
    try:
        changed = function(**given)
        record = changed if isinstance(changed, models.Model) else subject
        family_id = family_of(record) or family_of(subject)
        _write_audit_entry(function.__name__, record, family_id, given)
        if outer is None:
            finish_what_follows()
        return changed
    finally:
        underway.allowed_events.pop()
        _underway.reset(token)


def _write_audit_entry(name: str, record: object, family_id: int | None, given: dict[str, Any]) -> None:
    by: User | None = given["by"]
    roles = sorted({role.value for role, _ in by.held}) if by else []
    told = [record._meta.db_table, record.pk] if isinstance(record, models.Model) else ["", None]
    with connection.cursor() as cursor:
        cursor.execute(AUDITED, [given["at"], by.pk if by else None, roles, name, family_id, *told])


def family_of(record: object) -> int | None:
    """The family a record is about: its own id for a family, its `family_id` for anything else."""
    if isinstance(record, models.Model) and record._meta.db_table == "people_family":
        return int(record.pk)
    return getattr(record, "family_id", None)
