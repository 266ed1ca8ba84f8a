"""The tests' own PostgreSQL under var/test: a fresh database a run, reached as the application's role.

Several runs may share the cluster; the last one to end stops it. Migrating takes seconds, so the migrated database is
kept as a template, under a name that changes when a migration does.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from psycopg._preparing import PrepareManager
from pyrage import x25519
from pytest_django import DjangoDbBlocker

from baton.cluster import background
from baton.cluster.backups import backup, restore
from baton.cluster.connection import APP, OWNER, embedded
from baton.cluster.databases import drop_database, prepare
from baton.cluster.home import PACKAGE, Home, home_in
from baton.cluster.server import connect

VAR = Path(__file__).resolve().parent.parent / "var" / "test"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
FAST |= {"autovacuum": "off", "plan_cache_mode": "force_generic_plan"}  # for tables of a few rows any plan is good
DATABASE = f"baton_test_{os.getpid()}"
KEPT_PLANS = 400
EMPTY = """
set session_replication_role = replica;
do $$
declare of_place name;
begin
    for of_place in select tablename from pg_tables where schemaname = 'public' and tablename <> all({kept}) loop
        execute format('lock table public.%1$I in exclusive mode; delete from public.%1$I', of_place);
        perform setval(seqrelid::regclass, 1, false) from pg_sequence join pg_depend on objid = seqrelid
          where refobjid = format('public.%I', of_place)::regclass and deptype in ('i', 'a');
    end loop;
end $$
"""
SHAPES = ("*/migrations/*.py", "*/migrations/*.sql", "*/*.sql", "platform/row_security.py")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of pytest-django's own: `default` is the application's role, `owner` the owner's."""
    with shared_cluster() as home, django_db_blocker.unblock():
        _fill(home, DATABASE)
        keep_plans()
        kept = _tables_with_rows(home)
        TransactionTestCase._fixture_teardown = lambda self: empty_tables(home, kept)
        yield
        connections.close_all()
        drop_database(home, DATABASE)


@contextmanager
def shared_cluster() -> Iterator[Home]:
    """A running cluster under var/test, stopped when nobody uses it any more."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        background.start(VAR, settings=FAST)
        yield home_in(VAR)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        background.stop(VAR)


@contextmanager
def another_database(home: Home, name: str) -> Iterator[str]:
    """One more migrated database of this run, for programs that commit in it; gone afterwards."""
    database = f"{DATABASE}_{name}"
    _copy_template(home, f"baton_template_{_shape()}", database)
    prepare(home, database)
    yield database
    drop_database(home, database)


def fill_from_template(home: Home, database: str) -> None:
    """Make a migrated database in another cluster: migrating takes a minute of work, a backup and a restore seconds."""
    key = x25519.Identity.generate()
    with another_database(home_in(VAR), "copied") as name, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup"
        backup(embedded(home_in(VAR), OWNER, name), file, [key.to_public()], datetime.now(UTC))
        prepare(home, database)
        restore(embedded(home, OWNER, database), file, [key])


def empty_tables(home: Home, kept: set[str]) -> None:
    """For tests that commit: everything goes but what migrations wrote, and numbers begin anew.

    As the superuser, without the triggers that keep history, once nobody writes any more. To truncate tables that a
    hundred others refer to takes half a second, and this a tenth of it.
    """
    with connect(home, DATABASE) as connection:
        connection.execute(sql.SQL(EMPTY).format(kept=sql.Literal(sorted(kept))))


def point_django_at(home: Home, database: str) -> None:
    """Both aliases of this process; and, by the environment, of the programs it starts."""
    os.environ["BATON_VAR"], os.environ["BATON_DATABASE"] = str(VAR), database
    for alias, role in (("default", APP), ("owner", OWNER)):
        connections[alias].close()
        connections.settings[alias].update(embedded(home, role, database))
        connections.settings[alias]["OPTIONS"]["prepare_threshold"] = 1


def keep_plans() -> None:
    """Planning costs more than running, and each test asks what the one before it asked: prepare it the second time.

    psycopg forgets what it prepared at a rollback, with which every test ends; PostgreSQL itself makes a plan anew
    where a table has changed.
    """
    PrepareManager.clear = lambda self: False
    PrepareManager.prepared_max = KEPT_PLANS


def _fill(home: Home, database: str) -> None:
    """A database with all migrations run, copied from one kept from earlier when nothing changed since."""
    template = f"baton_template_{_shape()}"
    _drop_what_nobody_uses(home, template)
    with connect(home) as connection:
        connection.execute("select pg_advisory_lock(7)")  # two runs may start at once
        if not connection.execute("select 1 from pg_database where datname = %s", [template]).fetchone():
            _migrate(home, f"{template}_unfinished")
            names = (sql.Identifier(f"{template}_unfinished"), sql.Identifier(template))
            connection.execute(sql.SQL("alter database {} rename to {}").format(*names))
    _copy_template(home, template, database)
    prepare(home, database)
    point_django_at(home, database)


def _copy_template(home: Home, template: str, database: str) -> None:
    names = (sql.Identifier(database), sql.Identifier(template), sql.Identifier(OWNER))
    with connect(home) as connection:
        connection.execute(sql.SQL("create database {} template {} owner {}").format(*names))


def _migrate(home: Home, database: str) -> None:
    drop_database(home, database)
    prepare(home, database)
    point_django_at(home, database)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    connections.close_all()


def _drop_what_nobody_uses(home: Home, template: str) -> None:
    """Databases of runs that were killed, and templates of older migrations."""
    with connect(home) as connection:
        names = [str(name) for (name,) in connection.execute("select datname from pg_database").fetchall()]
    for name in names:
        pid = name.removeprefix("baton_test_").partition("_")[0]
        ended = name.startswith("baton_test_") and pid.isdigit() and not Path(f"/proc/{pid}").exists()
        if ended or (name.startswith("baton_template_") and name != template and not name.endswith("_unfinished")):
            drop_database(home, name)


def _shape() -> str:
    """Changes when any migration, or anything it runs, does."""
    files = sorted({file for pattern in SHAPES for file in PACKAGE.glob(pattern)})
    digest = hashlib.sha256("".join(version(name) for name in ("Django", "procrastinate")).encode())
    for file in files:
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _tables_with_rows(home: Home) -> set[str]:
    with connect(home, DATABASE) as connection:
        found = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        asked = [
            sql.SQL("select {} where exists (select from {})").format(sql.Literal(name), sql.Identifier(name))
            for (name,) in found
        ]
        return {str(name) for (name,) in connection.execute(sql.SQL(" union all ").join(asked)).fetchall()}
