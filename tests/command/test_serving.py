"""`baton serve` as a process: it answers, mends what dies, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from baton.cluster.home import home_in
from baton.cluster.server import answers
from baton.command.refusal import Refusal
from baton.command.serving import take_port
from tests.cluster.conftest import short_folder

__all__ = ["short_folder"]
pytestmark = pytest.mark.cluster


class Running:
    """One `baton serve` and what can be asked of it."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.home, self.port, self.log = home_in(folder), free_port(), log
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("BATON_", "DATABASE_"))}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "baton", "serve", "--port", str(self.port), "--workers", "1"],
                env={**inherited, "BATON_VAR": str(folder)},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def answers(self, within: float = 90) -> bool:
        return soon(self._serves, within)

    def children(self) -> list[int]:
        return [int(pid) for pid in _pgrep("-P", str(self.process.pid))]

    def ask_to_stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def _serves(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        return True


@pytest.fixture(scope="module")
def running(short_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    started = Running(short_folder / "serve", tmp_path_factory.mktemp("serve") / "log")
    yield started
    if started.process.poll() is None:
        started.ask_to_stop()


def test_it_makes_the_database_and_serves_pages(running: Running) -> None:
    assert running.answers(), running.log.read_text()
    assert soon(lambda: "Ctrl-C stops it" in running.log.read_text())


def test_a_second_one_on_the_same_port_is_refused(running: Running) -> None:
    words = [sys.executable, "-m", "baton", "serve", "--port", str(running.port)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Something else answers" in done.stderr


def test_an_address_that_is_not_of_this_machine_is_refused() -> None:
    with pytest.raises(Refusal, match=r"cannot listen on 192\.0\.2\.1:8000"):
        take_port("192.0.2.1", 8000)


def test_while_the_web_server_is_replaced_nobody_is_refused(running: Running) -> None:
    """The port stays open: who asks meanwhile waits and is answered."""
    masters = [pid for pid in running.children() if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(masters[0], signal.SIGKILL)
    connection = HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("GET", "/healthy/")
    assert connection.getresponse().status == 200
    connection.close()
    assert soon(lambda: len(running.children()) == 3)


def test_what_dies_is_started_again(running: Running) -> None:
    assert soon(lambda: len(running.children()) == 3), "PostgreSQL, the web server and the worker"
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert soon(lambda: len(running.children()) == 3 and not set(running.children()) & set(before), 60)
    assert running.answers()
    assert soon(lambda: answers(running.home))


def test_stopping_it_stops_all_it_started(running: Running) -> None:
    started = running.children()
    assert running.ask_to_stop() == 0, running.log.read_text()
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)
    assert not answers(running.home)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def soon(question: object, within: float = 30) -> bool:
    assert callable(question)
    end = time.monotonic() + within
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.1)
    return False


def _pgrep(*words: str) -> list[str]:
    return subprocess.run(["pgrep", *words], capture_output=True, text=True, check=False).stdout.split()
