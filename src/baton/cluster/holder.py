"""One process holds a cluster at a time: it starts PostgreSQL, watches it and stops it."""

import fcntl
import os
import time
from types import TracebackType
from typing import IO, Self

from baton.cluster.home import Home
from baton.cluster.server import answers


class Holder:
    """A lock that ends with its process, and says in its file which one that is."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._file: IO[str] | None = None

    def take(self, by: str) -> bool:
        """Hold the cluster, or say that somebody else does."""
        self.home.folder.mkdir(parents=True, exist_ok=True)
        file = self.home.holder.open("a+")
        if not _lock(file):
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()} {by}\n")
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        if self._file:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(file: IO[str]) -> bool:
    """Several tries: one who only asks who holds it locks it for a moment too."""
    for _ in range(5):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def held_by(home: Home) -> tuple[int, str] | None:
    """The process that holds the cluster and the command it runs, such as (4321, 'serve')."""
    if not home.holder.exists():
        return None
    with home.holder.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid, _, by = file.read().strip().partition(" ")
            return int(pid or 0), by
    return None


def wait_until_it_answers(home: Home, seconds: float = 60) -> bool:
    """Whether a cluster that somebody else holds took a connection in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answers(home):
            return True
        if held_by(home) is None:
            return False
        time.sleep(0.1)
    return False
