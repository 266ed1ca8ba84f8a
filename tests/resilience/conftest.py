"""A cluster of its own, with PostgreSQL's own care for what is written, and a place whose people can sign in."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from baton.cluster import background
from baton.cluster.home import home_in
from tests.database import VAR, another_database, fill_from_template
from tests.factories.accounts import no_code_was_used
from tests.resilience.faults import noted, table
from tests.resilience.ground import DATABASE, Ground, people_at_work
from tests.site import Site

MEMORY = "64MB"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What went wrong on purpose, how often, and what it cost."""
    if noted():
        terminalreporter.section("faults")
        terminalreporter.write_line(table())


@pytest.fixture(scope="session")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """A cluster with all tables and people at work, stopped: making one takes seconds, copying its folder none."""
    with a_folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BATON_PG_MEMORY", MEMORY)
        made = Ground(folder / "var")
        background.start(made.var)
        try:
            fill_from_template(made.home, DATABASE)
            with django_db_blocker.unblock(), made.django():
                made.made.append(people_at_work())
        finally:
            background.stop(made.var)
        yield made


@pytest.fixture(scope="module")
def ground(filled: Ground) -> Iterator[Ground]:
    """A copy for each file, so that none counts what another wrote; its PostgreSQL is stopped."""
    with a_folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BATON_PG_MEMORY", MEMORY)
        subprocess.run(["cp", "--archive", str(filled.var), str(folder / "var")], check=True)
        no_code_was_used()
        yield Ground(folder / "var", made=list(filled.made))


@contextmanager
def a_folder() -> Iterator[Path]:
    """With a path short enough for a socket, which PostgreSQL's account may enter."""
    with tempfile.TemporaryDirectory(prefix="baton-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def quick_ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """The same people in one more database of the tests' own cluster: made in a moment, for what kills nothing."""
    with another_database(home_in(VAR), "ground") as name:
        made = Ground(VAR, database=name)
        with django_db_blocker.unblock(), made.django():
            made.made.append(people_at_work())
        yield made


@pytest.fixture(scope="module")
def database(ground: Ground) -> Iterator[Ground]:
    """Its PostgreSQL runs, watched by nobody but the tests."""
    background.start(ground.var)
    yield ground
    background.stop(ground.var)


@pytest.fixture(scope="module")
def site(database: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One web process with two threads over it, so that everybody shares their connections."""
    made = Site(database.environment, tmp_path_factory.mktemp("site") / "log", threads=2)
    made.start()
    yield made
    made.stop()
