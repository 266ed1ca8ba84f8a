"""`baton db key`, `backup`, `restore` and `verify`: nothing is lost that somebody holds the key of."""

import os
import subprocess
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from baton.cluster import backups
from baton.cluster.connection import (
    OWNER,
    database_name,
    database_settings,
    embedded,
    from_address,
    uses_embedded_cluster,
)
from baton.cluster.contents import contents_of
from baton.cluster.databases import drop_database, prepare
from baton.cluster.encryption import make_key, private_keys, public_keys
from baton.cluster.home import home_in, var_folder
from baton.command.programs import baton
from baton.command.progress import step
from baton.command.ready import choose_place, ensure_database, place_argument
from baton.command.refusal import Refusal


def key_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the private key, readable by you only; without it no backup opens")


def key(arguments: Namespace) -> int:
    public = make_key(arguments.file, datetime.now(UTC))
    print(f"Wrote {arguments.file}. Move it off this machine, and keep a second copy apart from it.")
    print(f"Backups are written for its public half, which is no secret:\nBATON_BACKUP_FOR={public}")
    return 0


def backup_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("file", type=Path, help="written whole or not at all, readable by you only")
    for_argument(parser)


def for_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--for",
        dest="readers",
        action="append",
        metavar="KEY",
        help="the public key of who may open it; several times for several; BATON_BACKUP_FOR when not given",
    )


def readers_of(arguments: Namespace) -> list[str]:
    """The public keys that were named, here or by the environment."""
    return arguments.readers or os.environ.get("BATON_BACKUP_FOR", "").split(",")


def backup(arguments: Namespace) -> int:
    choose_place(arguments)
    readers = public_keys(readers_of(arguments))
    with ensure_database():
        size = backups.backup(database_settings()["owner"], arguments.file, readers, datetime.now(UTC))
    print(f"Wrote {arguments.file}, {size / 1e6:.1f} MB, for {len(readers)} {'key' if len(readers) == 1 else 'keys'}.")
    return 0


def restore_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("file", type=Path, help="a file that baton db backup wrote")
    key_argument(parser)


def key_argument(parser: ArgumentParser) -> None:
    told = os.environ.get("BATON_BACKUP_KEY")
    help_ = "the file with the private key; BATON_BACKUP_KEY when not given"
    parser.add_argument("--key", type=Path, default=told, required=not told, help=help_)


def restore(arguments: Namespace) -> int:
    choose_place(arguments)
    keys = private_keys(Path(arguments.key))
    with ensure_database():
        held = backups.restore(database_settings()["owner"], arguments.file, keys)
    print(f"Restored {arguments.file}: {len(held.tables)} tables, {held.rows} rows.")
    return 0


def verify_arguments(parser: ArgumentParser) -> None:
    restore_arguments(parser)
    parser.add_argument(
        "--scratch", metavar="ADDRESS", help="for a managed PostgreSQL: the owner's address of an empty database"
    )


def verify(arguments: Namespace) -> int:
    """0 when a database restored from the file equals what was backed up and its seals hold, 1 when not."""
    choose_place(arguments)
    keys = private_keys(Path(arguments.key))
    with ensure_database(), _scratch(arguments.scratch) as (settings, environment):
        with step("Restoring into a database of its own"):
            held = backups.restore(settings, arguments.file, keys)
        with step("Comparing every table"):
            differences = held.differences(_contents(settings))
        for sentence in differences:
            print(f"baton: {sentence}.")
        sealed = subprocess.run(baton("audit", "verify"), env=environment, check=False).returncode == 0
    if differences or not sealed:
        print(f"baton: {arguments.file} does not restore to what was backed up.")
        return 1
    print(f"{arguments.file} restores: {len(held.tables)} tables, {held.rows} rows, all equal to what was backed up.")
    return 0


def _contents(settings: dict[str, Any]) -> Any:
    with psycopg.connect(**backups.connection_words(settings)) as connection:
        return contents_of(connection)


@contextmanager
def _scratch(address: str | None) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """An empty database to restore into, and the environment for programs that look at it."""
    if address:
        yield from_address(address), {**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": address}
        return
    if not uses_embedded_cluster():
        raise Refusal("Give the owner's address of an empty database to restore into with --scratch.")
    home, name = home_in(var_folder()), f"{database_name()}_verify_{os.getpid()}"
    prepare(home, name)
    try:
        yield embedded(home, OWNER, name), {**os.environ, "BATON_DATABASE": name}
    finally:
        drop_database(home, name)
