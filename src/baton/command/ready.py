"""What most commands need first: which place, and a database that answers."""

import os
import signal
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from baton.cluster.connection import database_name, place, uses_embedded_cluster
from baton.cluster.databases import prepare
from baton.cluster.holder import Holder, wait_until_it_answers
from baton.cluster.home import home_in, var_folder
from baton.cluster.server import NotStarted, Server


def place_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--place", help="dorset, doncaster or derby; BATON_PLACE when not given")


def choose_place(arguments: Namespace) -> str:
    """Settles the place for this process and all it starts."""
    if arguments.place:
        os.environ["BATON_PLACE"] = arguments.place
    return place()


@contextmanager
def ensure_database() -> Iterator[None]:
    """The embedded cluster answers inside; it is stopped afterwards if it did not run before."""
    if not uses_embedded_cluster():
        yield
        return
    home = home_in(var_folder())
    with Holder(home) as holder:
        if not holder.take("one command"):
            if not wait_until_it_answers(home):
                raise NotStarted(f"PostgreSQL does not answer. See {home.log}.")
            prepare(home, database_name())
            yield
            return
        server = Server(home)
        server.start()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            prepare(home, database_name())
            yield
        finally:
            server.stop()
