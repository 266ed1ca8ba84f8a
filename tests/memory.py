"""What a web process holds, measured in a site of one process."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.database import DATABASE, VAR
from tests.site import Site, environment_of_baton

MEGABYTE = 1024 * 1024
OF_PROCESS = re.compile(r"^(VmRSS|VmHWM):\s+(\d+) kB$", re.MULTILINE)


@contextmanager
def site_of_one_process(log: Path) -> Iterator[Site]:
    """Baton over the tests' database, with one web process of one thread."""
    told = {"BATON_VAR": str(VAR), "BATON_DATABASE": DATABASE, "BATON_PLACE": "dorset"}
    started = Site(environment_of_baton(**told), log, workers=1, threads=1)
    started.start()
    yield started
    started.stop()


def web_process(site: Site) -> int:
    """The one worker under gunicorn's arbiter."""
    (worker,) = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
    return int(worker)


def begin_to_measure(pid: int) -> int:
    """Forget what the process held at most until now. Returns what it holds, in bytes."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return held(pid)["VmRSS"]


def held(pid: int) -> dict[str, int]:
    found = OF_PROCESS.findall(Path(f"/proc/{pid}/status").read_text())
    return {name: int(kilobytes) * 1024 for name, kilobytes in found}
