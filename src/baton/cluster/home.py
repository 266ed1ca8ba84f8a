"""Where the embedded cluster keeps its data, socket, secrets and log."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from baton.cluster.account import Account, NoAccount

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


def home_in(var: Path, run_as: str | None = None) -> Home:
    """The home under `var`. Where PostgreSQL's account may not enter, its data stands in a folder it can."""
    folder = var / "cluster"
    near, far = folder / "data", OUT_OF_REACH / _short_name(folder) / "data"
    data = next((each for each in (near, far) if each.exists()), None) or (near if _reachable(folder, run_as) else far)
    return Home(folder=folder, data=data, sockets=_socket_folder(data.parent / "run"))


def account_for(home: Home, run_as: str | None = None) -> Account:
    """The account the data belongs to already, else the one to give it to. Raises NoAccount."""
    if os.geteuid() == 0 and home.data.exists() and home.data.stat().st_uid != 0:
        found = home.data.stat()
        return Account(found.st_uid, found.st_gid, drop_rights=True)
    return Account.for_postgres(run_as)


def _reachable(folder: Path, run_as: str | None) -> bool:
    try:
        return Account.for_postgres(run_as).can_reach(folder)
    except NoAccount:
        return True  # said when the cluster is to be made, not when settings are read


def _socket_folder(wanted: Path) -> Path:
    """A socket's path has an upper length: a deep checkout gets a short folder of its own."""
    if len(f"{wanted}{SOCKET_NAME}") <= LONGEST_SOCKET_PATH:
        return wanted
    return Path(tempfile.gettempdir()) / f"baton-{_short_name(wanted)}"


def _short_name(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]
