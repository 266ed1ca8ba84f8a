"""Tells PostgreSQL who is asking. Everything about a family is read and written inside one of these contexts."""

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from baton.platform.models import User
from baton.platform.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = (
    *("app.user_id", "app.holder", "app.roles", "app.team_ids", "app.family_ids"),
    *("app.closed_ids", "app.closed_person_ids", "app.action", "app.action_at"),
)


def open_context(user: User) -> None:
    """Open the person's context for the current transaction and note the roles they hold on `user.held`."""
    with connection.cursor() as cursor:
        cursor.execute("select role, team_id from guard.open_context(%s)", [user.pk])
        user.held = tuple((Role(role), team) for role, team in cursor.fetchall())


def open_public_context(browser: UUID) -> None:
    """Open the context of somebody without an account for the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.open_public_context(%s)", [browser])


def name_action(name: str, *, at: datetime) -> None:
    """Tell PostgreSQL through which action it is changed from now on: its history says so (platform/history.sql)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.action', %s, true), set_config('app.action_at', %s, true)", [name, at.isoformat()]
        )


@contextmanager
def acting_as(user: User) -> "Iterator[None]":
    """A transaction in the person's context, for jobs, commands and tests; an outer context returns afterwards."""
    with _context_of_its_own():
        open_context(user)
        yield


@contextmanager
def without_account(browser: UUID) -> "Iterator[None]":
    """A transaction in the context of somebody without an account."""
    with _context_of_its_own():
        open_public_context(browser)
        yield


@contextmanager
def handing_over_to(team_id: int) -> "Iterator[None]":
    """Within an action, let the hub write the first rows of a record that this team will hold."""
    before = _settings()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.team_ids', %s, true)", [f"{{{team_id}}}"])
    yield
    _restore(before)


@contextmanager
def following_into(family_id: int) -> "Iterator[None]":
    """Within an action, let what follows from it be written in one family, whoever holds that, closed or not.

    Nothing read here may be shown to the asker.
    """
    before = _settings()
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.team_ids', '{}', true), set_config('app.family_ids', %s, true),"
            " set_config('app.closed_ids', '{}', true), set_config('app.closed_person_ids', '', true)",
            [f"{{{family_id}}}"],
        )
    yield
    _restore(before)


@contextmanager
def _context_of_its_own() -> "Iterator[None]":
    """A transaction; where it lies inside another, that one's context returns at its end."""
    outer = _settings() if connection.in_atomic_block else None
    with transaction.atomic():
        yield
        if outer is not None:
            _restore(outer)


def _settings() -> list[str]:
    reads = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"select {reads}")
        return list(cursor.fetchone() or [])


def _restore(values: list[str]) -> None:
    writes = ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"select {writes}", values)
