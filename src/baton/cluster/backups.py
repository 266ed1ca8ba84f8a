"""Backups: PostgreSQL's own custom format, written whole or not at all."""

import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from baton.cluster.binaries import find_binaries


class NotRestored(Exception):
    """The database has something in it, or the file is not a backup."""


class NotBackedUp(Exception):
    """pg_dump refused."""


def backup(settings: dict[str, Any], file: Path) -> int:
    """Write the database of these Django settings to `file`, readable by its owner only. Returns its bytes."""
    draft = file.with_name(f".{file.name}.unfinished")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        done = _run("pg_dump", settings, ["--format=custom", "--no-owner"], stdout=target)
        target.flush()
        os.fsync(target.fileno())
    if done.returncode:
        draft.unlink()
        raise NotBackedUp(done.stderr.decode().strip())
    draft.chmod(0o600)
    draft.replace(file)
    return file.stat().st_size


def restore(settings: dict[str, Any], file: Path) -> None:
    """Fill the empty database of these Django settings from `file`, all or nothing. Raises NotRestored."""
    if not file.exists():
        raise NotRestored(f"There is no file {file}.")
    if tables := table_count(settings):
        raise NotRestored(
            f"{settings['NAME']} has {tables} tables. A backup is restored into an empty database only: name a new "
            "one, or rename or drop this one yourself."
        )
    with file.open("rb") as source:
        arguments = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={settings['NAME']}"]
        done = _run("pg_restore", settings, arguments, stdin=source)
    if done.returncode:
        raise NotRestored(done.stderr.decode().strip())


def table_count(settings: dict[str, Any]) -> int:
    with psycopg.connect(**connection_words(settings), connect_timeout=5) as connection:
        query = "select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
        found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def connection_words(settings: dict[str, Any]) -> dict[str, Any]:
    """Django's words for a connection in libpq's."""
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    words = {libpq: str(settings[django]) for django, libpq in names.items() if settings.get(django)}
    return words | {name: value for name, value in settings.get("OPTIONS", {}).items() if name.startswith("ssl")}


def connection_environment(settings: dict[str, Any]) -> dict[str, str]:
    """The same for a program of PostgreSQL's, by its environment: no list of processes shows a password."""
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT"}
    words = connection_words(settings)
    return {names.get(word, f"PG{word.upper()}"): str(value) for word, value in words.items()}


def _run(
    program: str, settings: dict[str, Any], arguments: list[str], **streams: Any
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **connection_environment(settings)}
    command = [str(find_binaries() / program), *arguments]
    return subprocess.run(command, env=environment, stderr=subprocess.PIPE, check=False, **streams)
