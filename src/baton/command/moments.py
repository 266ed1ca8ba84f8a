"""`baton db copy` and `db recover`: back to the minute before something went wrong."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from baton.cluster.archive import archive_folder, copy_cluster
from baton.cluster.archive import recover as recover_cluster
from baton.cluster.connection import uses_embedded_cluster
from baton.cluster.home import home_in, var_folder
from baton.cluster.server import Server, wait_until_recovered
from baton.command.ready import ensure_database
from baton.command.refusal import Refusal

HERE = ZoneInfo("Europe/London")


def copy_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a new folder, which only PostgreSQL's account may read")


def copy(arguments: Namespace) -> int:
    _refuse_when_managed()
    if archive_folder() is None:
        raise Refusal("Say in BATON_WAL_ARCHIVE where the log is kept: without it a copy leads to its own moment only.")
    with ensure_database():
        copy_cluster(home_in(var_folder()), arguments.folder.absolute())
    print(f"Copied the cluster to {arguments.folder}. With the log it leads to any moment from now on.")
    return 0


def recover_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a copy that baton db copy made before the moment")
    parser.add_argument("--archive", type=Path, required=True, help="the folder that BATON_WAL_ARCHIVE named then")
    parser.add_argument("--until", required=True, help="the moment, such as '2026-11-22 09:41:30'; British time")


def recover(arguments: Namespace) -> int:
    _refuse_when_managed()
    home, until = home_in(var_folder()), moment(arguments.until)
    recover_cluster(home, arguments.folder.absolute(), arguments.archive.absolute(), until)
    server = Server(home)
    try:
        server.start()
        wait_until_recovered(home)
    finally:
        server.stop()
    print(f"{home.data} stands as it stood on {until:%d %B %Y at %H:%M:%S}. Look at it before you serve it.")
    return 0


def moment(words: str) -> datetime:
    """What was typed, in British time unless it says another. Raises Refusal."""
    try:
        read = datetime.fromisoformat(words)
    except ValueError:
        raise Refusal(f"'{words}' is no moment: write it as 2026-11-22 09:41:30.") from None
    return read if read.tzinfo else read.replace(tzinfo=HERE)


def _refuse_when_managed() -> None:
    if not uses_embedded_cluster():
        raise Refusal("DATABASE_URL is set: that PostgreSQL is copied and recovered by those who manage it.")
