"""A real cluster: made, killed, started again, stopped."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from baton.cluster import background
from baton.cluster.backups import connection_words
from baton.cluster.connection import APP, OWNER, embedded
from baton.cluster.databases import drop_database, note_on, prepare, set_note
from baton.cluster.holder import Holder, held_by
from baton.cluster.home import Home, home_in
from baton.cluster.server import NotStarted, Server, answers, connect
from tests.database import FAST

pytestmark = pytest.mark.cluster

HOLD = """
import sys, time
from pathlib import Path
from baton.cluster.home import home_in
from baton.cluster.server import Server
Server(home_in(Path(sys.argv[1]))).start()
print("ready", flush=True)
time.sleep(600)
"""


def ask(home: Home, question: str, role: str, database: str) -> object:
    with psycopg.connect(**connection_words(embedded(home, role, database))) as connection:
        found = connection.execute(question).fetchone()
    return found and found[0]


def setting(home: Home, name: str) -> object:
    with connect(home) as connection:
        found = connection.execute("select current_setting(%s)", [name]).fetchone()
    return found and found[0]


def test_it_keeps_checksums_and_listens_to_no_network(home: Home) -> None:
    assert setting(home, "data_checksums") == "on"
    assert setting(home, "listen_addresses") == ""
    assert setting(home, "server_encoding") == "UTF8"
    assert setting(home, "password_encryption") == "scram-sha-256"


def test_secrets_and_data_are_for_their_owner_only(home: Home) -> None:
    prepare(home, "baton_modes")
    assert {file.name for file in home.secrets.iterdir()} == {"postgres", "baton_owner", "baton_app"}
    assert {file.stat().st_mode & 0o777 for file in home.secrets.iterdir()} == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in (home.secrets, home.data, home.sockets)} == {0o700}


def test_a_wrong_password_is_refused(home: Home) -> None:
    words = {**connection_words(embedded(home, APP, "postgres")), "password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**words)


def test_the_roles_have_no_more_rights_than_they_need(home: Home) -> None:
    prepare(home, "baton_rights")
    with connect(home) as connection:
        query = "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like %s"
        found = connection.execute(query, ["baton_%"]).fetchall()
    assert sorted(found) == [(APP, False, False, False, False), (OWNER, False, False, False, False)]
    assert ask(home, "select has_schema_privilege('public', 'create')", OWNER, "baton_rights") is True
    assert ask(home, "select has_schema_privilege('public', 'create')", APP, "baton_rights") is False


def test_the_owner_may_add_the_extensions_that_migrations_need(home: Home) -> None:
    prepare(home, "baton_extensions")
    with psycopg.connect(**connection_words(embedded(home, OWNER, "baton_extensions"))) as connection:
        for name in ("btree_gist", "pg_trgm", "unaccent", "fuzzystrmatch"):
            connection.execute(f"create extension {name}")


def test_preparing_twice_changes_nothing(home: Home) -> None:
    prepare(home, "baton_twice")
    set_note(home, "baton_twice", "kept")
    prepare(home, "baton_twice")
    assert note_on(home, "baton_twice") == "kept"
    drop_database(home, "baton_twice")
    assert note_on(home, "baton_twice") == ""


def test_nothing_committed_is_lost_when_it_is_killed(short_folder: Path) -> None:
    server = Server(home_in(short_folder / "killed"))
    server.start()
    with connect(server.home) as connection:
        connection.execute("create table kept as select generate_series(1, 5000) as number")
    assert server.process
    server.process.kill()
    server.process.wait()
    server.start()
    with connect(server.home) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (5000,)
    server.stop()
    assert not answers(server.home)


def test_it_shuts_down_when_the_process_that_started_it_is_killed(short_folder: Path) -> None:
    folder = short_folder / "orphan"
    parent = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE)
    assert parent.stdout
    assert parent.stdout.readline() == b"ready\n"
    parent.kill()
    parent.wait()
    parent.stdout.close()
    server = Server(home_in(folder))
    server.start()  # waits for the dying one
    server.stop()
    assert "database system is shut down" in server.home.log.read_text()


def test_one_that_cannot_start_says_so_with_the_end_of_its_log(short_folder: Path) -> None:
    server = Server(home_in(short_folder / "wrong"), settings={"shared_buffers": "nonsense"})
    with pytest.raises(NotStarted, match=r"(?s)did not start.*invalid value for parameter"):
        server.start()


def test_in_the_background_it_is_watched_and_stopped(short_folder: Path) -> None:
    folder = short_folder / "background"
    home = home_in(folder)
    assert background.start(folder, settings=FAST) is True
    assert background.start(folder, settings=FAST) is False
    holder = held_by(home)
    assert holder
    assert holder[1] == "db start"
    killed = int((home.data / "postmaster.pid").read_text().split()[0])
    subprocess.run(["kill", f"-{signal.SIGKILL.value}", str(killed)], check=True)
    assert _answers_again(home, killed)
    assert background.stop(folder) is True
    assert background.stop(folder) is False
    assert not answers(home)


def test_what_serve_holds_is_not_stopped_by_others(short_folder: Path) -> None:
    home = home_in(short_folder / "held")
    with Holder(home) as holder:
        assert holder.take("serve")
        with pytest.raises(NotStarted, match="belongs to `baton serve`"):
            background.stop(short_folder / "held")
    assert held_by(home) is None


def _answers_again(home: Home, killed: int) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        file = home.data / "postmaster.pid"
        if file.exists() and int(file.read_text().split()[0]) != killed and answers(home):
            return True
        time.sleep(0.1)
    return False
