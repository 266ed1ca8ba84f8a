"""Which account of this machine runs PostgreSQL: oneself, or, because it refuses root, another."""

import ctypes
import os
import pwd
import signal
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PR_SET_PDEATHSIG = 1


class NoAccount(Exception):
    """Root, and no account that PostgreSQL could run as."""


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    drop_rights: bool

    @classmethod
    def for_postgres(cls, run_as: str | None = None) -> Self:
        """Oneself; for root `run_as`, BATON_RUN_AS or `postgres`. Raises NoAccount."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), drop_rights=False)
        name = run_as or os.environ.get("BATON_RUN_AS") or "postgres"
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            raise NoAccount(
                f"PostgreSQL does not run as root, and there is no account '{name}' here to run it as. Run Baton as an "
                "ordinary user, or name an account with --run-as or BATON_RUN_AS (such as nobody)."
            ) from None
        if entry.pw_uid == 0:
            raise NoAccount("PostgreSQL does not run as root. Name another account with --run-as or BATON_RUN_AS.")
        return cls(entry.pw_uid, entry.pw_gid, drop_rights=True)

    def own(self, folder: Path) -> None:
        """Make `folder` with nobody else let in, and refuse one that belongs to somebody else."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.drop_rights and folder.stat().st_uid == 0:
            os.chown(folder, self.uid, self.gid)
        if folder.stat().st_uid != self.uid:
            raise PermissionError(f"{folder} belongs to somebody else")
        folder.chmod(0o700)

    def can_reach(self, path: Path) -> bool:
        """Whether every folder above lets the account through."""
        return not self.drop_rights or all(self._may_enter(folder) for folder in path.parents if folder.exists())

    def _may_enter(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)

    def as_arguments(self) -> dict[str, Any]:
        """What subprocess.run needs to run a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.drop_rights else {}

    def become(self, when_parent_dies: signal.Signals) -> Callable[[], None]:
        """What a child does before its program starts: drop rights, and go when its parent goes."""
        libc = ctypes.CDLL(None, use_errno=True)

        def prepare() -> None:
            if self.drop_rights:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
            if hasattr(libc, "prctl"):
                libc.prctl(PR_SET_PDEATHSIG, int(when_parent_dies))

        return prepare
