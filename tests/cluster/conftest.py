"""A real cluster in a short folder, stopped afterwards."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from baton.cluster.home import Home, home_in
from baton.cluster.server import Server
from tests.database import FAST


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="baton-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def server(short_folder: Path) -> Iterator[Server]:
    """One cluster for the tests of this folder: making it is the slow part."""
    made = Server(home_in(short_folder / "shared"), settings=FAST)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def home(server: Server) -> Home:
    return server.home
