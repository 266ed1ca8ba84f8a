"""Migrations do not hold up people at work: none locks a table for as long as it takes to read or rewrite it."""

from collections.abc import Iterator

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connections, migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker

from tests.house.long_locks import findings

# The last migration of each area from before the rule, when no place had data (decision 16). Never raise a number.
BEFORE_THE_RULE = {
    "accounts": 1,
    "assessments": 3,
    "caseload": 1,
    "chronology": 2,
    "consent": 4,
    "episodes": 6,
    "governance": 6,
    "importing": 3,
    "matching": 6,
    "oversight": 2,
    "people": 6,
    "plans": 3,
    "platform": 7,
    "relationships": 2,
    "requests": 5,
    "rights": 6,
    "sharing": 2,
    "visits": 3,
}
WHY_IT_MAY = "locks_are_short"  # what a migration says that is let through: a sentence, with the size it was tried at


@pytest.fixture
def loader(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MigrationLoader]:
    """With a connection that is in no transaction: some operations refuse to be looked at within one."""
    with django_db_blocker.unblock():
        yield MigrationLoader(None)


def sql_of(migration: Migration, state: ProjectState) -> str:
    """What it would run on what was there before it."""
    with connections["owner"].schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
        return "\n".join(editor.collected_sql)


def test_no_new_migration_holds_people_up(loader: MigrationLoader) -> None:
    found = {}
    for (app, name), migration in loader.disk_migrations.items():
        ours = migration.__module__.startswith("baton.")
        if ours and int(name[:4]) > BEFORE_THE_RULE.get(app, 0) and not getattr(migration, WHY_IT_MAY, ""):
            found[f"{app}.{name}"] = findings(sql_of(migration, loader.project_state((app, name), at_end=False)))
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("sql", "instead"),
    [
        ("create index by_team on people_family (team_id)", "AddIndexConcurrently"),
        ('CREATE UNIQUE INDEX "one" ON "people_family" ("id");', "AddIndexConcurrently"),
        ("drop index by_team", "RemoveIndexConcurrently"),
        ("alter table a add constraint b check (c > 0)", "add it not valid"),
        ("alter table a add constraint b foreign key (c) references d (id) deferrable", "add it not valid"),
        ("alter table a add constraint b unique (c)", "using it"),
        ("alter table a add constraint b exclude using gist (c with =)", "using it"),
        ("alter table a alter column b type bigint", "a new column"),
        ("alter table a alter b set data type text", "a new column"),
        ("alter table a alter column b set not null", "a check that it is not null"),
        ("alter table a add column b integer not null", "a default"),
        ("alter table a add column b uuid default gen_random_uuid() not null", "values by a job"),
        ("alter table a add column b bigserial", "values by a job"),
        ("alter table a add b int generated always as (c + 1) stored", "values by a job"),
        ("update people_family set team_id = 1", "in pieces"),
        ("reindex table a", "reindex concurrently"),
        ("vacuum full a", "not while people work"),
        ("lock table a in exclusive mode", "no lock"),
        ("alter table a add constraint b check (c > 0) not valid; alter table a validate constraint b", "its own"),
        ("-- harmless\nselect 1; /* so is this */ create index c on a (b)", "AddIndexConcurrently"),
    ],
)
def test_what_locks_for_long_is_found(sql: str, instead: str) -> None:
    assert len(findings(sql)) == 1
    assert instead in findings(sql)[0]


@pytest.mark.parametrize(
    "sql",
    [
        "create index concurrently by_team on people_family (team_id)",
        "alter table a add constraint b check (c > 0) not valid",
        "alter table a validate constraint b",
        "alter table a add constraint b unique using index c",
        "alter table a add column b integer",
        "alter table a add column b integer default 7 not null; alter table a alter column b drop default",
        "create table a (b int not null); create index c on a (b); alter table a add constraint d check (b > 0)",
        'CREATE TABLE "a" ("b" int);\nALTER TABLE "a" ADD CONSTRAINT "c" FOREIGN KEY ("b") REFERENCES "d" ("id");',
        "create function f() returns void language sql as $$ update people_family set team_id = 1 $$",
        "comment on table a is 'update people_family; create index c on a (b)'",
        "alter table a enable row level security; create policy p on a for all using (b = 1)",
        "create trigger t after insert on a for each statement execute function f()",
        "grant update, delete on a to baton_app",
    ],
)
def test_what_does_not_is_let_through(sql: str) -> None:
    assert findings(sql) == []


@pytest.mark.parametrize(
    ("operation", "is_found"),
    [
        (migrations.AddIndex("family", models.Index(fields=["name"], name="by_name")), True),
        (AddIndexConcurrently("family", models.Index(fields=["name"], name="by_name")), False),
        (migrations.AddField("family", "since", models.DateField(null=True)), False),
        (migrations.AddField("family", "colour", models.CharField(default="", max_length=9)), False),
        (migrations.AlterField("family", "name", models.BinaryField()), True),
        (migrations.AddConstraint("family", models.CheckConstraint(condition=~models.Q(name=""), name="named")), True),
        (migrations.RunSQL("create index by_name on people_family (name)"), True),
    ],
)
def test_djangos_operations_are_seen_by_what_they_run(
    loader: MigrationLoader, operation: Operation, is_found: bool
) -> None:
    """As Django writes them, on a table that is there."""
    last = max(name for app, name in loader.disk_migrations if app == "people")
    migration = Migration("9999_tried", "people")
    migration.operations, migration.atomic = [operation], False
    assert bool(findings(sql_of(migration, loader.project_state(("people", last))))) is is_found
