"""Makes a new cluster: passwords for everybody, checksums, no network."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from baton.cluster.account import Account
from baton.cluster.home import Home
from baton.cluster.secrets import secret

SUPERUSER = "postgres"
CONFIGURATION = """
# Written by Baton when it made this cluster. Change what you like: it is not written again.
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = {shared_buffers}
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 1GB
random_page_cost = 1.1
jit = off
fsync = on
max_wal_size = 2GB
checkpoint_completion_target = 0.9
log_line_prefix = '%m [%p] %q%u@%d '
log_lock_waits = on
log_min_duration_statement = 2000
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
timezone = 'Europe/London'
log_timezone = 'UTC'
"""
RULES = "local all all scram-sha-256\n"


class NotMade(Exception):
    """initdb refused."""


def make_cluster(home: Home, binaries: Path, account: Account) -> None:
    """Make the data folder whole or not at all. Raises NotMade."""
    home.data.parent.mkdir(parents=True, exist_ok=True)
    draft = home.data.parent / "data.unfinished"
    shutil.rmtree(draft, ignore_errors=True)
    account.own(draft)
    _initdb(draft, binaries, account, secret(home.secrets, SUPERUSER))
    with (draft / "postgresql.conf").open("a") as file:
        file.write(CONFIGURATION.format(shared_buffers=os.environ.get("BATON_PG_MEMORY", "512MB")))
    (draft / "pg_hba.conf").write_text(RULES)
    draft.rename(home.data)


def _initdb(data: Path, binaries: Path, account: Account, password: str) -> None:
    with tempfile.NamedTemporaryFile("w", prefix="baton-") as file:  # 0600, gone afterwards
        file.write(password)
        file.flush()
        os.chown(file.name, account.uid, account.gid)
        command = [
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            SUPERUSER,
            "-A",
            "scram-sha-256",
            f"--pwfile={file.name}",
        ]
        done = subprocess.run(
            [*command, "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **account.as_arguments(),
        )
    if done.returncode:
        raise NotMade(f"PostgreSQL's initdb failed:\n{done.stderr.strip()}")
