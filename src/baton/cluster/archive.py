"""Back to a moment: a copy of the cluster, every piece of its write-ahead log, and a new cluster made of the two."""

import os
import shlex
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from baton.cluster.account import Account
from baton.cluster.binaries import find_binaries
from baton.cluster.home import Home, account_for
from baton.cluster.making import SUPERUSER
from baton.cluster.secrets import secret

AT_LEAST_EVERY = "60s"  # so much of the newest work can be lost with the disk
REPLICATION = "local replication all scram-sha-256\n"
# A copy appears whole or not at all, and a piece that is there already must be the same one.
KEEP = (
    "if [ -f {folder}/%f ]; then cmp -s %p {folder}/%f; "
    "else cp %p {folder}/%f.part && sync {folder}/%f.part && mv {folder}/%f.part {folder}/%f; fi"
)


class NotRecovered(Exception):
    """There is a cluster already, or something that is needed is missing."""


def archive_folder() -> Path | None:
    """BATON_WAL_ARCHIVE, where the log is kept piece by piece."""
    given = os.environ.get("BATON_WAL_ARCHIVE")
    return Path(given).absolute() if given else None


def settings_to_archive(folder: Path) -> dict[str, str]:
    """How PostgreSQL is told to keep its log."""
    command = KEEP.format(folder=shlex.quote(str(folder)).replace("%", "%%"))
    return {"archive_mode": "on", "archive_command": command, "archive_timeout": AT_LEAST_EVERY}


def make_ready(home: Home, folder: Path, account: Account) -> None:
    """The folder is there for PostgreSQL's account alone, and the cluster lets itself be copied."""
    account.own(folder)
    rules = home.data / "pg_hba.conf"
    if REPLICATION not in rules.read_text():
        rules.write_text(rules.read_text() + REPLICATION)


def copy_cluster(home: Home, folder: Path) -> None:
    """Copy the running cluster, and its secrets, into a new folder. Raises NotRecovered."""
    if folder.exists():
        raise NotRecovered(f"{folder} is there already: name a new folder.")
    account = account_for(home)
    account.own(folder)
    command = [str(find_binaries() / "pg_basebackup"), "-D", str(folder / "data"), "-X", "stream", "-c", "fast"]
    done = subprocess.run(
        command, env=_as_superuser(home), capture_output=True, text=True, check=False, cwd="/", **account.as_arguments()
    )
    if done.returncode:
        shutil.rmtree(folder)
        raise NotRecovered(f"The cluster was not copied. Is BATON_WAL_ARCHIVE set?\n{done.stderr.strip()}")
    shutil.copytree(home.secrets, folder / "secrets")


def recover(home: Home, copy: Path, archive: Path, until: datetime) -> None:
    """Make `home`'s cluster from a copy and the log, as it stood at a moment; start it then. Raises NotRecovered."""
    if home.is_made or home.folder.exists():
        raise NotRecovered(f"There is a cluster in {home.folder}: name another folder in BATON_VAR.")
    for wanted in (copy / "data" / "PG_VERSION", copy / "secrets", archive):
        if not wanted.exists():
            raise NotRecovered(f"There is no {wanted}.")
    home.folder.mkdir(parents=True)
    shutil.copytree(copy / "secrets", home.secrets)
    account = Account.for_postgres()
    home.data.parent.mkdir(parents=True, exist_ok=True)
    draft = home.data.with_name("data.unfinished")
    shutil.copytree(copy / "data", draft, symlinks=True)
    _aim(draft, archive, until)
    _give_to(account, draft)
    draft.rename(home.data)


def _aim(data: Path, archive: Path, until: datetime) -> None:
    folder = shlex.quote(str(archive)).replace("%", "%%")
    told = {
        "restore_command": f"cp {folder}/%f %p",
        "recovery_target_time": until.isoformat(sep=" "),
        "recovery_target_action": "promote",
    }
    with (data / "postgresql.auto.conf").open("a") as file:
        file.writelines("{} = '{}'\n".format(name, value.replace("'", "''")) for name, value in told.items())
    (data / "recovery.signal").touch()


def _give_to(account: Account, folder: Path) -> None:
    if account.drop_rights:
        for each in (folder, *folder.rglob("*")):
            os.chown(each, account.uid, account.gid, follow_symlinks=False)
    folder.chmod(0o700)


def _as_superuser(home: Home) -> dict[str, str]:
    words = {"PGHOST": str(home.sockets), "PGUSER": SUPERUSER, "PGPASSWORD": secret(home.secrets, SUPERUSER)}
    return {**os.environ, **words}
