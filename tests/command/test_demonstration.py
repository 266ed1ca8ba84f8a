"""The demo place is loaded once, and whole."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from baton.cluster.backups import connection_words
from baton.cluster.connection import OWNER, embedded
from baton.cluster.databases import drop_database, note_on, prepare, set_note
from baton.cluster.home import Home
from baton.cluster.server import Server
from baton.cluster.supervision import Supervisor
from baton.command import demonstration
from baton.command.refusal import Refusal
from tests.cluster.conftest import server, short_folder

__all__ = ["server", "short_folder"]
pytestmark = pytest.mark.cluster
DATABASE = "baton_derby"


@pytest.fixture
def home(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty database with the one table that is asked about."""
    for name in ("DATABASE_URL", "BATON_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BATON_VAR", str(server.home.folder.parent))
    monkeypatch.setenv("BATON_PLACE", "derby")
    drop_database(server.home, DATABASE)
    prepare(server.home, DATABASE)
    run(server.home, "create table platform_user (id int)")
    yield server.home
    drop_database(server.home, DATABASE)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been run."""
    done: list[str] = []
    monkeypatch.setattr(demonstration, "finish", lambda command, supervisor: done.append(" ".join(command[3:])))
    return done


def run(home: Home, statement: str) -> None:
    with psycopg.connect(**connection_words(embedded(home, OWNER, DATABASE))) as connection:
        connection.execute(statement)


def load(families: int | None = None) -> None:
    demonstration.load_when_empty(families, Supervisor(say=lambda sentence: None))


def test_an_empty_database_is_filled_once(home: Home, commands: list[str]) -> None:
    load(families=20)
    load(families=20)
    assert commands == ["demo load --families 20"]
    assert note_on(home, DATABASE) == demonstration.LOADED


def test_one_left_half_loaded_is_made_anew(home: Home, commands: list[str]) -> None:
    set_note(home, DATABASE, demonstration.LOADING)
    run(home, "insert into platform_user values (1)")
    load()
    assert commands == ["db migrate", "demo load"]
    assert note_on(home, DATABASE) == demonstration.LOADED


def test_a_database_with_people_in_it_is_left_alone(home: Home, commands: list[str]) -> None:
    run(home, "insert into platform_user values (1)")
    load()
    assert commands == []
    assert note_on(home, DATABASE) == ""


def test_a_load_that_fails_is_not_taken_for_done(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], supervisor: Supervisor) -> None:
        raise Refusal("it failed")

    monkeypatch.setattr(demonstration, "finish", fail)
    with pytest.raises(Refusal):
        load()
    assert note_on(home, DATABASE) == demonstration.LOADING


def test_a_managed_database_is_never_filled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/baton")
    with pytest.raises(Refusal, match="unset DATABASE_URL"):
        load()
