"""Back to the moment before a deletion; and a standby that takes over with every write that was acknowledged."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from baton.cluster.archive import NotRecovered, copy_cluster, recover
from baton.cluster.binaries import find_binaries
from baton.cluster.home import Home, home_in
from baton.cluster.making import SUPERUSER
from baton.cluster.secrets import secret
from baton.cluster.server import NotStarted, Server, connect, wait_until_recovered
from baton.command.line import run
from tests.site import children, end, soon

pytestmark = pytest.mark.cluster
SMALL = {"shared_buffers": "32MB"}
WRITERS = 4
ENOUGH = 300  # acknowledged writes before the primary is killed


def count(home: Home, table: str = "visit") -> object:
    with connect(home) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]


@pytest.fixture
def archive(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = short_folder / "archive"
    monkeypatch.setenv("BATON_WAL_ARCHIVE", str(folder))
    return folder


@pytest.fixture
def archived(short_folder: Path, archive: Path) -> Iterator[Server]:
    """A cluster that keeps its log."""
    server = Server(home_in(short_folder / "archived"), settings=SMALL)
    server.start()
    yield server
    server.stop()


def test_a_cluster_is_as_it_was_before_something_was_deleted(
    archived: Server, archive: Path, short_folder: Path
) -> None:
    with connect(archived.home) as connection:
        connection.execute("create table visit as select generate_series(1, 500) as number")
        copy_cluster(archived.home, short_folder / "copy")
        connection.execute("insert into visit select generate_series(501, 800)")
        ((before,),) = connection.execute("select clock_timestamp()").fetchall()
        time.sleep(0.1)
        connection.execute("delete from visit")
        connection.execute("insert into visit values (0)")
        ((piece,),) = connection.execute("select pg_walfile_name(pg_switch_wal())").fetchall()
    assert soon((archive / str(piece)).exists)
    archived.stop()
    again = home_in(short_folder / "again")
    recover(again, short_folder / "copy", archive, before)
    server = Server(again, settings=SMALL)
    server.start()
    wait_until_recovered(again, 60)
    try:
        assert count(again) == 800
        with connect(again) as connection:  # it is a cluster to work on
            connection.execute("insert into visit values (801)")
    finally:
        server.stop()
    _a_moment_beyond_the_log_is_refused(short_folder, archive, before)
    with pytest.raises(NotRecovered, match="There is a cluster"):
        recover(again, short_folder / "copy", archive, before)


def _a_moment_beyond_the_log_is_refused(short_folder: Path, archive: Path, before: object) -> None:
    beyond = home_in(short_folder / "beyond")
    recover(beyond, short_folder / "copy", archive, before + timedelta(days=9))
    server = Server(beyond, settings=SMALL)
    try:
        with pytest.raises(NotStarted, match="recovery ended before configured recovery target was reached"):
            _start_to_the_end(server)
    finally:
        server.stop()


def _start_to_the_end(server: Server) -> None:
    server.start()  # it may answer for a moment before it has read the log to its end
    wait_until_recovered(server.home, 60)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["db", "recover", "/nowhere", "--archive", "/nowhere", "--until", "yesterday"], "is no moment"),
        (["db", "recover", "/nowhere", "--archive", "/nowhere", "--until", "2026-11-22 09:00"], "There is no /nowhere"),
        (["db", "copy", "/nowhere"], "Say in BATON_WAL_ARCHIVE"),
    ],
)
def test_what_cannot_be_is_said(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_VAR", str(tmp_path / "var"))
    assert run(words) == 1
    assert said in capsys.readouterr().err


class Writer(threading.Thread):
    """Writes row after row until the primary is gone; remembers what was acknowledged."""

    def __init__(self, home: Home, number: int) -> None:
        super().__init__(daemon=True)
        self.home, self.number, self.acknowledged = home, number, list[str]()

    def run(self) -> None:
        try:
            with connect(self.home) as connection:
                while True:
                    word = f"{self.number}-{len(self.acknowledged)}"
                    connection.execute("insert into visit values (%s)", [word])
                    self.acknowledged.append(word)
        except psycopg.OperationalError:
            pass


def test_a_standby_takes_over_and_no_acknowledged_write_is_lost(short_folder: Path) -> None:
    primary = Server(home_in(short_folder / "primary"), settings=SMALL)
    primary.start()
    standby = a_standby_of(primary, short_folder)
    try:
        with connect(primary.home) as connection:
            connection.execute("create table visit (word text primary key)")
            connection.execute("alter system set synchronous_standby_names = 'FIRST 1 (baton_standby)'")
            connection.execute("select pg_reload_conf()")
            state = "select 1 from pg_stat_replication where sync_state = 'sync'"
            assert soon(lambda: bool(connection.execute(state).fetchone()))
        writers = [Writer(primary.home, number) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        assert soon(lambda: sum(len(each.acknowledged) for each in writers) >= ENOUGH, within=60)
        kill(primary)
        began = time.monotonic()
        with connect(standby.home) as connection:
            connection.execute("select pg_promote(true, 60)")
            connection.execute("insert into visit values ('after')")
            away = time.monotonic() - began
            kept = {str(word) for (word,) in connection.execute("select word from visit").fetchall()}
        for writer in writers:
            writer.join(30)
        acknowledged = {word for each in writers for word in each.acknowledged}
        assert len(acknowledged) >= ENOUGH
        assert acknowledged - kept == set(), f"lost after {away:.1f} s"
        assert len(kept - acknowledged - {"after"}) <= WRITERS  # written, and killed before it was said
        print(f"{len(acknowledged)} acknowledged, 0 lost; the standby took writes after {away:.2f} s")
    finally:
        standby.stop()
        primary.stop()


def a_standby_of(primary: Server, folder: Path) -> Server:
    """A second cluster that follows the first, as `docs/operators-guide.md` says."""
    with (primary.home.data / "pg_hba.conf").open("a") as rules:
        rules.write("local replication all scram-sha-256\n")
    with connect(primary.home) as connection:
        connection.execute("select pg_reload_conf()")
    home = home_in(folder / "standby")
    home.folder.mkdir(parents=True)
    shutil.copytree(primary.home.secrets, home.secrets)
    address = f"host={primary.home.sockets} user={SUPERUSER} application_name=baton_standby"
    command = [str(find_binaries() / "pg_basebackup"), "-D", str(home.data), "-R", "-X", "stream", "-c", "fast"]
    primary.account.own(home.folder)
    password = secret(primary.home.secrets, SUPERUSER)
    subprocess.run(
        [*command, "-d", f"{address} password={password}"], check=True, cwd="/", **primary.account.as_arguments()
    )
    standby = Server(home, settings=SMALL)
    standby.start()
    return standby


def kill(server: Server) -> None:
    """The whole cluster at once, as when its machine loses power."""
    assert server.process
    for pid in (server.process.pid, *children(server.process.pid)):
        end(pid)
    server.process.wait()
