"""`baton serve` as a process: it answers, mends what dies, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from baton.cluster.home import home_in
from baton.cluster.server import answers
from baton.command.listening import ToFile, serves_pages, take_port
from baton.command.refusal import Refusal
from tests.cluster.conftest import short_folder

__all__ = ["short_folder"]
pytestmark = pytest.mark.cluster
A_START_TAKES = 300  # at most: making the database took 72 seconds while two other runs of tests went on
A_STOP_TAKES = 150  # at most: worker, web server and PostgreSQL have 20, 30 and 60 seconds, one after the other


class Running:
    """One `baton serve` and what can be asked of it."""

    def __init__(self, folder: Path, log: Path, *, file: Path | None = None) -> None:
        self.home, self.port, self.log = home_in(folder), free_port(), log
        self.host = f"unix:{file}" if file else "127.0.0.1"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("BATON_", "DATABASE_"))}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "baton", "serve", "--port", str(self.port), "--workers", "1"],
                env={**inherited, "BATON_VAR": str(folder), "BATON_HOST": self.host},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Whether it comes to serve pages; where it ended, nobody waits for it."""
        return soon(lambda: self.serves() or self.process.poll() is not None, A_START_TAKES) and self.serves()

    def children(self) -> list[int]:
        return [int(pid) for pid in _pgrep("-P", str(self.process.pid))]

    def web_server(self) -> int:
        (master,) = (pid for pid in self.children() if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes())
        return master

    def ask_to_stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(A_STOP_TAKES)
        finally:
            self.process.kill()  # what did not stop is not left to the next test

    def serves(self) -> bool:
        return serves_pages(self.host, self.port)


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


def test_a_file_that_somebody_listens_on_is_refused_and_one_left_behind_is_taken_over(short_folder: Path) -> None:
    file = short_folder / "taken.sock"
    with closing(take_port(f"unix:{file}", 0)) as taken:
        assert file.stat().st_mode & 0o777 == 0o660, "its owner and its group"
        taken.listen()
        with pytest.raises(Refusal, match="Something else answers"):
            take_port(f"unix:{file}", 0)
    assert file.is_socket(), "left behind"
    with closing(take_port(f"unix:{file}", 0)):
        assert file.is_socket()
    assert [left.name for left in file.parent.glob(".taken.sock.*")] == [f".taken.sock.{os.getpid()}"]


def test_where_baton_cannot_listen_it_says_so_and_takes_nothing_away(short_folder: Path) -> None:
    of_something_else = short_folder / "notes"
    of_something_else.write_text("of something else")
    with pytest.raises(Refusal, match="a file of something else"):
        take_port(f"unix:{of_something_else}", 0)
    assert of_something_else.read_text() == "of something else"
    with pytest.raises(Refusal, match=r"cannot listen.*No such file"):
        take_port(f"unix:{short_folder}/no-such-folder/web.sock", 0)
    with pytest.raises(Refusal, match=r"cannot listen.*too long"):
        take_port(f"unix:{short_folder}/{'long' * 30}.sock", 0)


def test_while_the_web_server_is_replaced_nobody_is_refused(running: Running) -> None:
    """The port stays open: who asks meanwhile waits and is answered."""
    assert soon(lambda: len(running.children()) == 3), "PostgreSQL, the web server and the worker"
    os.kill(running.web_server(), signal.SIGKILL)
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


def test_behind_a_proxy_it_serves_through_a_file_alone(running: Running, tmp_path: Path) -> None:
    """It opens no port; when the web server ends, by a kill or by itself, the next one serves through the same file."""
    if running.process.poll() is None:
        running.ask_to_stop()
    file = running.home.folder.parent / "web.sock"
    started = Running(running.home.folder.parent, tmp_path / "log", file=file)
    try:
        assert started.answers(), started.log.read_text()
        assert not serves_pages("127.0.0.1", started.port), "no port is open"
        for how in (signal.SIGKILL, signal.SIGTERM):
            assert soon(lambda: len(started.children()) == 3, 60), started.log.read_text()
            master = started.web_server()
            os.kill(master, how)
            assert soon(lambda gone=master: not Path(f"/proc/{gone}").exists(), 60)  # type: ignore[misc]
            connection = ToFile(str(file), timeout=60)
            connection.request("GET", "/healthy/", headers={"Host": "localhost"})
            assert connection.getresponse().status == 200
            connection.close()
    finally:
        ended_with = started.ask_to_stop()
    assert ended_with == 0, started.log.read_text()
    assert not started.serves()


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
