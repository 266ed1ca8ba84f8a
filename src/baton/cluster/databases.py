"""The two roles and the databases of a cluster."""

from typing import Any

from psycopg import Connection, sql

from baton.cluster.connection import APP, OWNER
from baton.cluster.home import Home
from baton.cluster.secrets import secret
from baton.cluster.server import connect

ATTRIBUTES = sql.SQL("login nosuperuser nobypassrls nocreatedb nocreaterole noreplication")


def prepare(home: Home, database: str) -> None:
    """Both roles with their passwords, and the database; what is there already stays."""
    for role in (OWNER, APP):
        _make_role(home, role)
    _make_database(home, database)


def drop_database(home: Home, database: str) -> None:
    with connect(home) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def copy_database(home: Home, database: str, copy: str) -> None:
    """A second database just like the first, which nobody may be using now."""
    with connect(home) as connection:
        statement = sql.SQL("create database {} template {} owner {}")
        connection.execute(statement.format(sql.Identifier(copy), sql.Identifier(database), sql.Identifier(OWNER)))
        _open_to_the_application_alone(connection, copy)


def note_on(home: Home, database: str) -> str:
    """The words kept with a database: '' when there are none."""
    query = "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database where datname = %s"
    with connect(home) as connection:
        found = connection.execute(query, [database]).fetchone()
    return str(found[0]) if found else ""


def set_note(home: Home, database: str, note: str) -> None:
    with connect(home) as connection:
        connection.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(database), sql.Literal(note)))


def _make_role(home: Home, role: str) -> None:
    with connect(home) as connection:
        connection.execute("select pg_advisory_lock(hashtext('baton roles'))")  # two commands may start at once
        known = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        statement = sql.SQL("alter role {} {} password {}" if known else "create role {} {} password {}")
        connection.execute(statement.format(sql.Identifier(role), ATTRIBUTES, sql.Literal(secret(home.secrets, role))))


def _make_database(home: Home, database: str) -> None:
    name = sql.Identifier(database)
    with connect(home) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            return
        connection.execute(sql.SQL("create database {} owner {}").format(name, sql.Identifier(OWNER)))
        _open_to_the_application_alone(connection, database)
    with connect(home, database) as connection:
        connection.execute("revoke create on schema public from public")


def _open_to_the_application_alone(connection: Connection[tuple[Any, ...]], database: str) -> None:
    name = sql.Identifier(database)
    connection.execute(sql.SQL("revoke all on database {} from public").format(name))
    connection.execute(sql.SQL("grant connect, temporary on database {} to {}").format(name, sql.Identifier(APP)))
