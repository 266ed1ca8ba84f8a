"""A cluster of its own, with PostgreSQL's own care for what is written, and a place whose people can sign in."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from baton.cluster import background
from baton.cluster.home import home_in
from tests.database import VAR, another_database, fill_from_template
from tests.resilience.faults import noted, table
from tests.resilience.ground import DATABASE, Ground, people_at_work
from tests.site import Site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What went wrong on purpose, how often, and what it cost."""
    if noted():
        terminalreporter.section("faults")
        terminalreporter.write_line(table())


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """Made, filled and peopled for each file, so that none counts what another wrote; its PostgreSQL is stopped."""
    with tempfile.TemporaryDirectory(prefix="baton-", dir="/tmp") as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder).chmod(0o755)
        patch.setenv("BATON_PG_MEMORY", "64MB")
        made = Ground(Path(folder) / "var")
        background.start(made.var)
        try:
            fill_from_template(made.home, DATABASE)
            with django_db_blocker.unblock(), made.django():
                made.made.append(people_at_work())
        finally:
            background.stop(made.var)
        yield made


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
