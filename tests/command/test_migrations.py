"""A start asks cheaply whether the tables are at this code, and migrates when they are not."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections
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


COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull
from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
"""
POINTING = """
select k.conrelid::regclass::text, a.attname, k.confrelid::regclass::text
from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.contype = 'f'
"""
NAMES = "select conname from pg_constraint union select relname from pg_class where relkind = 'i'"
MODELS = [model for model in apps.get_models() if model._meta.managed]


def rows(query: str) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(cursor.fetchall())


def in_full(kind: str) -> str:
    """As PostgreSQL calls what Django calls varchar."""
    return kind.replace("varchar", "character varying")


@pytest.mark.django_db
def test_every_column_is_as_its_model_says() -> None:
    said = {
        (model._meta.db_table, field.column, in_full(str(field.db_type(connection))), field.null)
        for model in MODELS
        for field in model._meta.local_concrete_fields
    }
    tables = {model._meta.db_table for model in MODELS}
    assert said == {row for row in rows(COLUMNS) if row[0] in tables}


@pytest.mark.django_db
def test_every_key_points_where_its_model_says() -> None:
    said = {
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in MODELS
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.db_constraint
    }
    assert said - rows(POINTING) == set()
    assert len(said) > 200


@pytest.mark.django_db
def test_every_constraint_and_index_of_a_model_is_there() -> None:
    said = {(each.name,) for model in MODELS for each in (*model._meta.constraints, *model._meta.indexes)}
    assert said - rows(NAMES) == set()
    assert len(said) > 150


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
