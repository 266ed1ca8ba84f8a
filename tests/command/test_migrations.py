"""A start asks cheaply whether the tables are at this code, and migrates when they are not."""

from typing import Any

import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from baton.command import serving
from baton.command.migrations import is_up_to_date, wanted


@pytest.mark.django_db
def test_the_migrations_wanted_are_those_django_knows() -> None:
    assert wanted() == set(MigrationLoader(None).disk_migrations)


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_database_with_every_migration_is_up_to_date() -> None:
    assert is_up_to_date(connections["owner"].settings_dict)


@pytest.mark.django_db(databases=["default", "owner"])
def test_one_migration_more_in_the_code_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    more = wanted() | {("visits", "9999_new")}
    monkeypatch.setattr("baton.command.migrations.wanted", lambda: more)
    assert not is_up_to_date(connections["owner"].settings_dict)


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_database_that_does_not_answer_or_has_no_tables_is_not() -> None:
    settings: dict[str, Any] = connections["owner"].settings_dict
    assert not is_up_to_date({**settings, "NAME": "postgres"})
    assert not is_up_to_date({**settings, "NAME": "no_such_database"})


@pytest.mark.parametrize(("up_to_date", "ran"), [(True, []), (False, [("db", "migrate")])])
def test_serve_migrates_only_what_is_not_up_to_date(
    monkeypatch: pytest.MonkeyPatch, up_to_date: bool, ran: list[tuple[str, ...]]
) -> None:
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(serving, "is_up_to_date", lambda settings: up_to_date)
    monkeypatch.setattr(serving, "baton", lambda *words: words)
    monkeypatch.setattr(serving, "finish", lambda command, supervisor: done.append(command))
    serving.migrate_when_needed(None)  # type: ignore[arg-type]
    assert done == ran
