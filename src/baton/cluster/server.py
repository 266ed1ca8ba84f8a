"""One running PostgreSQL: a child of this process that stops when this process does."""

import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg

from baton.cluster.account import Account
from baton.cluster.archive import archive_folder, make_ready, settings_to_archive
from baton.cluster.binaries import find_binaries, within_reach
from baton.cluster.home import Home, account_for
from baton.cluster.making import SUPERUSER, make_cluster
from baton.cluster.secrets import secret

STARTING, STOPPING, ATTEMPTS = 300.0, 60.0, 3


class NotStarted(Exception):
    """PostgreSQL ended before it took connections."""


class Server:
    """PostgreSQL in the foreground. `settings` are passed to it on top of its configuration."""

    def __init__(self, home: Home, run_as: str | None = None, settings: Mapping[str, str] | None = None) -> None:
        self.home, self.settings = home, dict(settings or {})
        self.account: Account = account_for(home, run_as)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Make the cluster if there is none, start it, and wait until it answers. Raises NotStarted."""
        self.home.folder.mkdir(parents=True, exist_ok=True)
        binaries = self._binaries()
        if not self.home.is_made:
            make_cluster(self.home, binaries, self.account)
        if folder := archive_folder():
            make_ready(self.home, folder, self.account)
            self.settings = settings_to_archive(folder) | self.settings
        self.account.own(self.home.sockets)
        self._wait_for_a_dying_one()
        for attempt in range(ATTEMPTS):
            process = self.process = self._launch(binaries)
            try:
                self._wait_until_it_answers(process)
            except NotStarted:
                if attempt == ATTEMPTS - 1:
                    raise
                time.sleep(1)  # the children of one that was killed need a moment to go
            else:
                break
        return process

    def stop(self) -> None:
        """End connections, write everything down, stop."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def _binaries(self) -> Path:
        self.home.data.parent.mkdir(parents=True, exist_ok=True)
        return within_reach(find_binaries(), self.account, self.home.binaries)

    def _wait_for_a_dying_one(self) -> None:
        """A PostgreSQL whose parent was killed shuts itself down: let it finish."""
        end = time.monotonic() + STOPPING
        while _is_alive(self.home):
            if time.monotonic() > end:
                raise NotStarted(f"Another PostgreSQL still runs on {self.home.data}.")
            time.sleep(0.1)

    def _launch(self, binaries: Path) -> subprocess.Popen[bytes]:
        chosen = [f"--{name}={value}" for name, value in self.settings.items()]
        command = [str(binaries / "postgres"), "-D", str(self.home.data), "-k", str(self.home.sockets), *chosen]
        with self.home.log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=self.account.become(when_parent_dies=signal.SIGINT),
            )

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            if process.poll() is not None:
                raise NotStarted(f"PostgreSQL did not start. Its log, {self.home.log}, ends:\n{_end_of(self.home.log)}")
            if answers(self.home):
                return
            time.sleep(0.05)
        self.stop()
        raise NotStarted(f"PostgreSQL did not answer within {STARTING:.0f} seconds. See {self.home.log}.")


def connect(home: Home, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """A superuser's connection, for making roles and databases and nothing else."""
    return psycopg.connect(
        host=str(home.sockets),
        dbname=database,
        user=SUPERUSER,
        password=secret(home.secrets, SUPERUSER),
        connect_timeout=5,
        autocommit=True,
    )


def answers(home: Home) -> bool:
    if not home.is_made or not home.sockets.exists():
        return False
    try:
        connect(home).close()
    except psycopg.OperationalError as refusal:
        if "password authentication failed" in str(refusal):
            raise NotStarted(f"The cluster does not know the password in {home.secrets / SUPERUSER}.") from refusal
        return False
    return True


def wait_until_recovered(home: Home, seconds: float = 3600) -> None:
    """Until a cluster made of an older one has played its log and takes writes. Raises NotStarted."""
    end = time.monotonic() + seconds
    try:
        with connect(home) as connection:
            while connection.execute("select pg_is_in_recovery()").fetchone() == (True,):
                if time.monotonic() > end:
                    raise NotStarted(f"The log is still being played. See {home.log}.")
                time.sleep(0.1)
    except psycopg.OperationalError:  # it ended while it played the log, and its log says why
        raise NotStarted(_end_of(home.log)) from None


def _is_alive(home: Home) -> bool:
    """Whether the process that the data folder names as its PostgreSQL still runs."""
    lock = home.data / "postmaster.pid"
    if not lock.exists():
        return False
    command = Path("/proc") / lock.read_text().split()[0] / "cmdline"
    return command.exists() and str(home.data).encode() in command.read_bytes()


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
