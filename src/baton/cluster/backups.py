"""Backups: everything as it stood at one moment, encrypted, written whole or not at all, and restored in that way too.

Inside the encryption are two lines, what this is and what it holds, and then PostgreSQL's own custom format.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

import psycopg
from psycopg import IsolationLevel
from pyrage import x25519

from baton.cluster.binaries import find_binaries
from baton.cluster.contents import Contents, contents_of
from baton.cluster.encryption import NotOpened, Readable, Writable, decrypt, encrypt

KIND = b"baton backup 1\n"
AT_A_TIME = 1 << 16


class NotRestored(Exception):
    """The database has something in it, or the file is not a backup."""


class NotBackedUp(Exception):
    """pg_dump refused, or there was no room."""


def backup(settings: dict[str, Any], file: Path, readers: Sequence[x25519.Recipient], at: datetime) -> int:
    """Write the database of these Django settings to `file`, for `readers` to open. Returns its bytes.

    What stood there before stays until the new one is whole. Raises NotBackedUp.
    """
    draft = file.with_name(f".{file.name}.unfinished")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            _dump(settings, target, readers, at)
            target.flush()
            os.fsync(target.fileno())
        draft.chmod(0o600)
        draft.replace(file)
        _settle(file.absolute().parent)
    except (OSError, psycopg.Error) as reason:
        raise NotBackedUp(f"Nothing was backed up: {reason}".strip()) from reason
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def restore(settings: dict[str, Any], file: Path, keys: Sequence[x25519.Identity]) -> Contents:
    """Fill the empty database of these Django settings from `file`, all or nothing. Returns what it should hold now.

    The whole file is proven before the first table is made. Raises NotOpened, NotRestored.
    """
    if tables := table_count(settings):
        raise NotRestored(
            f"{settings['NAME']} has {tables} tables. A backup is restored into an empty database only: name a new "
            "one, or rename or drop this one yourself."
        )
    held = what_it_holds(file, keys)
    arguments = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={settings['NAME']}"]
    with _running("pg_restore", settings, arguments, stdin=subprocess.PIPE) as (process, said):
        source = cast("IO[bytes]", process.stdin)
        try:
            decrypt(file, AfterTheHeading(source), keys)
            source.close()
        except BrokenPipeError:
            pass  # it says why below
        except NotOpened:
            process.kill()  # before its input ends: it must not take what came for all there is
            raise
        if process.wait():
            raise NotRestored(_end_of(said))
    return held


def what_it_holds(file: Path, keys: Sequence[x25519.Identity]) -> Contents:
    """What a backup says that it holds; the whole file has been read and proven. Raises NotOpened, NotRestored."""
    if not file.is_file():
        raise NotRestored(f"There is no file {file}.")
    reading = AfterTheHeading(None)
    decrypt(file, reading, keys)
    if reading.kind != KIND:
        raise NotRestored(f"{file} opens with this key, but it is not a backup.")
    return Contents.from_json(json.loads(reading.says))


class AfterTheHeading:
    """Takes what is decrypted: keeps the first two lines and passes all that follows on."""

    def __init__(self, rest: Writable | None) -> None:
        self.rest, self.head, self.ended = rest, b"", False

    @property
    def kind(self) -> bytes:
        return self.head.partition(b"\n")[0] + b"\n"

    @property
    def says(self) -> bytes:
        return self.head.split(b"\n", 2)[1]

    def write(self, piece: bytes) -> int:
        passed_on = piece if self.ended else self._after(piece)
        if self.rest and passed_on:
            self.rest.write(passed_on)
        return len(piece)

    def flush(self) -> None:
        if self.rest:
            self.rest.flush()

    def _after(self, piece: bytes) -> bytes:
        lines = (self.head + piece).split(b"\n", 2)
        self.ended = len(lines) == 3 or not KIND.startswith(lines[0][: len(KIND)])
        self.head = b"\n".join(lines[:2])
        return lines[2] if len(lines) == 3 else b""


class WithHeading:
    """Reads two lines, and then a program's output."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self.head, self.rest = head, rest

    def read(self, size: int = AT_A_TIME) -> bytes:
        if self.head:
            piece, self.head = self.head[:size], self.head[size:]
            return piece
        return self.rest.read(size)


def _dump(settings: dict[str, Any], target: IO[bytes], readers: Sequence[x25519.Recipient], at: datetime) -> None:
    """What is counted and what is dumped is one snapshot, so that the two can be compared for ever."""
    with psycopg.connect(**connection_words(settings), connect_timeout=5) as connection:
        connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
        ((snapshot,),) = connection.execute("select pg_export_snapshot()").fetchall()
        says = {"at": at.isoformat(), "database": settings["NAME"], **asdict(contents_of(connection))}
        arguments = ["--format=custom", "--no-owner", f"--snapshot={snapshot}"]
        with _running("pg_dump", settings, arguments, stdout=subprocess.PIPE) as (process, said):
            encrypt(
                WithHeading(KIND + json.dumps(says).encode() + b"\n", cast("IO[bytes]", process.stdout)),
                target,
                readers,
            )
            if process.wait():
                raise NotBackedUp(_end_of(said))


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


@contextmanager
def _running(
    program: str, settings: dict[str, Any], arguments: list[str], **streams: Any
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """A program of PostgreSQL's and the file it complains into; killed when something goes wrong around it."""
    environment = {**os.environ, **connection_environment(settings)}
    command = [str(find_binaries() / program), *arguments]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment, stderr=said, **streams)
        try:
            yield process, said
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for stream in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    if stream:
                        stream.close()


def _end_of(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode(errors="replace").strip()[-2000:]


def _settle(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
