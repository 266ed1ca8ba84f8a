"""Baton's web server as a process of its own, over a database that tests choose, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings as django_settings

from baton.cluster.account import Account
from baton.command.serving import web_command
from tests.visitor import NO_ANSWER, Visitor

Environment = dict[str, str]
ONESELF = Account(os.geteuid(), os.getegid(), drop_rights=False)


class Site:
    """Gunicorn as `baton serve` runs it. Stop it with `stop`; it goes when the tests go."""

    def __init__(self, environment: Environment, log: Path, *, workers: int = 1, threads: int = 4) -> None:
        self.environment, self.log, self.port = environment, log, free_port()
        self.workers, self.threads = workers, threads
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process, "not started"
        return self.process.pid

    def command(self) -> list[str]:
        return web_command(bind=f"127.0.0.1:{self.port}", workers=self.workers, threads=self.threads)

    def launch(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command(),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=ONESELF.become(when_parent_dies=signal.SIGTERM),
            )

    def start(self) -> None:
        """Start it and wait until it shows a page."""
        self.launch()
        assert soon(self.serves, within=60), f"It did not start:\n{self.log.read_text()[-3000:]}"

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def kill(self) -> None:
        """As when the machine takes it: without a word."""
        everybody = [self.pid, *children(self.pid)]
        for pid in everybody:
            end(pid)
        assert self.process
        self.process.wait()

    def visitor(self) -> Visitor:
        return Visitor(self.port)

    def serves(self) -> bool:
        """Whether a new visitor gets an answer that needed the database."""
        visitor = self.visitor()
        visitor.connection.timeout = 5
        try:
            return visitor.get("/healthy/").status == 200
        except NO_ANSWER:
            return False
        finally:
            visitor.close()


def environment_of_baton(**settings: str) -> Environment:
    """The environment for one of Baton's programs: this one's, with no setting of Baton's but those given.

    They sign by the key of these tests, so that a session made here is one there.
    """
    ours = ("BATON_", "DATABASE_", "DJANGO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return inherited | {"PYTHONUNBUFFERED": "1", "BATON_SECRET_KEY": str(django_settings.SECRET_KEY)} | settings


def children(pid: int) -> list[int]:
    """The processes that one has started and not yet buried."""
    return sorted(child for child, parent in _parents().items() if parent == pid)


def title_of(pid: int) -> str:
    """What a process calls itself; '' when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def end(pid: int) -> bool:
    """Kill it; False when it has gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def soon(question: Callable[[], bool], within: float = 30, every: float = 0.05) -> bool:
    """Whether the answer became yes in time."""
    latest = time.monotonic() + within
    while time.monotonic() < latest:
        if question():
            return True
        time.sleep(every)
    return False


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if after_name[0] != "Z":
                found[int(folder.name)] = int(after_name[1])
    return found
