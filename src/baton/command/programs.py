"""Baton's own programs, started by `baton serve`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from baton.cluster.account import Account
from baton.cluster.supervision import Child, Supervisor
from baton.command.refusal import Refusal


def baton(*words: str) -> list[str]:
    return [sys.executable, "-m", "baton", *words]


def child_of_ours(command: list[str], sockets: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """It goes when we go, and does not hear the terminal's Ctrl-C: we stop it in turn. It is given open `sockets`."""
    account = Account(os.geteuid(), os.getegid(), drop_rights=False)
    prepared = account.become(when_parent_dies=signal.SIGTERM)
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=prepared, pass_fds=sockets
    )


def finish(command: list[str], supervisor: Supervisor) -> None:
    """Run a command to its end, or to ours. Raises Refusal when it failed."""
    child = Child(" ".join(command[2:]), lambda: child_of_ours(command))
    child.launch()
    while child.is_running and not supervisor.asked_to_stop:
        time.sleep(0.05)
    child.end()
    if child.process and child.process.returncode and not supervisor.asked_to_stop:
        raise Refusal(f"`{child.name}` failed; what it said is above.")
