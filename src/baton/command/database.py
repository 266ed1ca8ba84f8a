"""`baton db …`: the database itself."""

import os
from argparse import ArgumentParser, Namespace

from baton.cluster import background, backups
from baton.cluster.binaries import find_binaries
from baton.cluster.connection import database_name, database_settings, uses_embedded_cluster
from baton.cluster.databases import prepare
from baton.cluster.holder import held_by
from baton.cluster.home import home_in, var_folder
from baton.cluster.server import answers
from baton.command.application import call
from baton.command.ready import choose_place, place_argument
from baton.command.refusal import Refusal


def start_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--run-as", help="the account PostgreSQL runs as, when you are root (postgres when not given)")


def start(arguments: Namespace) -> int:
    choose_place(arguments)
    _refuse_when_managed()
    started = background.start(var_folder(), arguments.run_as)
    prepare(home_in(var_folder()), database_name())
    print("PostgreSQL runs." if started else "PostgreSQL ran already.")
    return 0


def stop_arguments(parser: ArgumentParser) -> None:
    pass


def stop(arguments: Namespace) -> int:
    _refuse_when_managed()
    print("PostgreSQL has stopped." if background.stop(var_folder()) else "PostgreSQL did not run.")
    return 0


def status_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def status(arguments: Namespace) -> int:
    """0 when the database answers, 1 when not."""
    choose_place(arguments)
    if not uses_embedded_cluster():
        return _managed_status()
    home = home_in(var_folder())
    runs = answers(home)
    holder = held_by(home)
    print(f"PostgreSQL {'answers' if runs else 'does not run'}: {home.data}")
    if holder:
        print(f"Started by `baton {holder[1]}`, process {holder[0]}; socket in {home.sockets}")
    return 0 if runs else 1


def migrate_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def migrate(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("migrate", database="owner", interactive=False)


def shell_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--owner", action="store_true", help="as the role that owns the tables and sees everything")


def shell(arguments: Namespace) -> int:
    """psql as the application's role, which sees nothing until it is told who asks."""
    choose_place(arguments)
    psql = find_binaries() / "psql"
    if not psql.exists():
        raise Refusal("There is no psql here: install PostgreSQL's client programs.")
    words = backups.connection_environment(database_settings()["owner" if arguments.owner else "default"])
    os.execve(psql, [str(psql)], {**os.environ, **words})


def _managed_status() -> int:
    try:
        count = backups.table_count(database_settings()["owner"])
    except Exception as failure:
        print(f"The database of DATABASE_OWNER_URL does not answer: {failure}")
        return 1
    print(f"The database of DATABASE_OWNER_URL answers; it has {count} tables.")
    return 0


def _refuse_when_managed() -> None:
    if not uses_embedded_cluster():
        raise Refusal("DATABASE_URL is set: that PostgreSQL is started and stopped by those who manage it.")
