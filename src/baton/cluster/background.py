"""A cluster that runs on after the command that started it: `baton db start` and `baton db stop`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from baton.cluster.holder import Holder, held_by, wait_until_it_answers
from baton.cluster.home import home_in
from baton.cluster.server import NotStarted, Server
from baton.cluster.supervision import Child, Supervisor

BY = "db start"


def start(var: Path, run_as: str | None = None, settings: Mapping[str, str] | None = None) -> bool:
    """Start the cluster in the background. False when it ran already. Raises NotStarted."""
    home = home_in(var, run_as)
    launched = False
    while not (held_by(home) and wait_until_it_answers(home)):
        if launched:
            raise NotStarted(f"PostgreSQL stopped as soon as it had started. See {home.log}.")
        _launch(var, run_as, dict(settings or {}))
        launched = True
    return launched


def stop(var: Path) -> bool:
    """Stop what `start` started. False when nothing ran. Raises NotStarted when `baton serve` holds it."""
    home = home_in(var)
    held = held_by(home)
    if held is None:
        return False
    pid, by = held
    if by != BY:
        raise NotStarted(f"The cluster belongs to `baton {by}`, process {pid}: stop that.")
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + 90
    while held_by(home) and time.monotonic() < end:
        time.sleep(0.05)
    return True


def _launch(var: Path, run_as: str | None, settings: dict[str, str]) -> None:
    """A process of its own session holds the cluster; it says it is ready by a line on its output."""
    command = [sys.executable, "-m", "baton.cluster.background", str(var), run_as or "", json.dumps(settings)]
    log = home_in(var, run_as).log
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=file, cwd="/", start_new_session=True
        )
    with process.stdout or log.open("rb") as answer:
        said = answer.readline().decode().strip()
    if said != "ready":
        process.wait()
        raise NotStarted(said or f"PostgreSQL did not start. See {log}.")
    process.returncode = 0  # it runs on by itself; nobody waits for it


def main() -> int:
    """The background process itself."""
    var, run_as, settings = Path(sys.argv[1]), sys.argv[2] or None, json.loads(sys.argv[3])
    home = home_in(var, run_as)
    supervisor = Supervisor(say=lambda sentence: print(f"baton: {sentence}", file=sys.stderr, flush=True))
    supervisor.listen_for_stop()
    with Holder(home) as holder:
        if not holder.take(BY):
            print("ready", flush=True)
            return 0
        try:
            server = Server(home, run_as, settings)
            supervisor.start(Child("PostgreSQL", server.start, stop_signal=signal.SIGINT, patience=60))
        except Exception as failure:  # whatever it was, the one who asked reads it
            print(" ".join(str(failure).split("\n")), flush=True)
            return 1
        print("ready", flush=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        supervisor.watch()
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
