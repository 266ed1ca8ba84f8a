"""`python -m bench.load`: people signed in, walking real pages with time to think; then the same while a backup runs.

Each starts at home, opens a family that is listed there, some of that family's pages, finds somebody, and goes home
again. Says errors and p95 of each page; exit code 1 when anything went wrong. Options: --people N (200), --minutes N
(10) of each of the two rounds, --think N seconds between pages (7), --episodes N to copy the place to (100,000),
--families N to walk (400), --keep (leave the database), --kept (use the one that was left).
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.settings")
os.environ.setdefault("BATON_PLACE", "dorset")
os.environ["BATON_DATABASE"] = "baton_bench"

if TYPE_CHECKING:
    from tests.visitor import Visitor

LINK = re.compile(r'href="(/(?:families|episodes)/\d+/[\w/-]*)"')
FAMILY = re.compile(r"^/families/\d+/$")
NUMBER = re.compile(r"\d+")
CHANGES = re.compile(
    r"record|plan/|withdraw|edit|add|change|close|new|correct|move|cancel|print|copy|download|pdf|start|propose"
)
WORDS = ("smith", "jones 2015", "otter", "wren", "taylor 12/03/2014", "larkspur")


@dataclass
class Round:
    """What everybody met in one round: seconds by page, and what went wrong."""

    name: str
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    backups: int = 0

    def report(self, minutes: float) -> None:
        every = [each for times in self.took.values() for each in times]
        print(f"\n{self.name}: {len(every)} pages in {minutes:g} minutes, {sum(self.errors.values())} errors"
              + (f", {self.backups} backups" if self.backups else ""))  # fmt: skip
        if not every:
            return
        print(f"{'page':44} {'times':>7} {'median':>8} {'p95':>8} {'slowest':>8}  ms")
        for page, times in sorted([*self.took.items(), ("all", every)], key=lambda pair: len(pair[1])):
            in_ms = sorted(1000 * each for each in times)
            p95 = in_ms[min(len(in_ms) - 1, int(0.95 * len(in_ms)))]
            print(f"{page:44} {len(in_ms):7} {statistics.median(in_ms):8.0f} {p95:8.0f} {in_ms[-1]:8.0f}")
        for wrong, count in self.errors.items():
            print(f"  {count} x {wrong}")


class Walker(threading.Thread):
    """Somebody at work: a page, a thought, the next page."""

    def __init__(self, visitor: "Visitor", round_: Round, think: float, until: float, random: Random) -> None:
        super().__init__(daemon=True)
        self.visitor, self.round, self.think, self.until, self.random = visitor, round_, think, until, random

    def run(self) -> None:
        time.sleep(self.random.uniform(0, self.think))  # people do not all begin at nine
        while time.monotonic() < self.until:
            self._walk()
        self.visitor.close()

    def _walk(self) -> None:
        families = [link for link in self._open("/") if FAMILY.match(link)]
        if families:
            links = self._open(self.random.choice(families))
            pages = sorted({link for link in links if not FAMILY.match(link) and not CHANGES.search(link)})
            for link in self.random.sample(pages, min(len(pages), 3)):
                self._open(link)
        if self.random.random() < 0.3:
            self._find()

    def _open(self, path: str) -> list[str]:
        text = self._ask(NUMBER.sub("…", path), lambda: self.visitor.get(path))
        return LINK.findall(text)

    def _find(self) -> None:
        text = self._ask("/find/", lambda: self.visitor.get("/find/"))
        if not text:
            return
        from tests.visitor import Answer

        typed = {**Answer(200, "", text).hidden, "name": self.random.choice(WORDS)}
        self._ask("/find/ asked", lambda: self.visitor.post("/find/", typed))

    def _ask(self, page: str, ask: object) -> str:
        """The page, with its time noted; '' when it went wrong, and when the round is over."""
        from tests.visitor import NO_ANSWER

        if time.monotonic() > self.until:
            return ""
        self.visitor.close()  # after so long a thought the server has closed it
        began = time.perf_counter()
        try:
            answer = ask()  # type: ignore[operator]
        except NO_ANSWER as reason:
            self.round.errors[f"{page}: {type(reason).__name__}"] += 1
            return ""
        self.round.took[page].append(time.perf_counter() - began)
        if answer.status != 200:
            self.round.errors[f"{page}: {answer.status}"] += 1
            return ""
        time.sleep(self.random.uniform(0.4, 1.6) * self.think)
        return str(answer.text)


def walk(name: str, options: argparse.Namespace, port: int) -> Round:
    """One round of everybody."""
    from tests.factories.accounts import cookies_of
    from tests.visitor import Visitor

    found, until = Round(name), time.monotonic() + 60 * options.minutes
    walkers = []
    for number, user in enumerate(people(options.people)):
        visitor = Visitor(port)
        visitor.cookies |= cookies_of(user)
        walkers.append(Walker(visitor, found, options.think, until, Random(number)))
    for walker in walkers:
        walker.start()
    for walker in walkers:
        walker.join()
    return found


def people(count: int) -> list[object]:
    """Those who work with families, and their managers; where there are fewer, some are signed in more than once."""
    from baton.platform.database import as_owner
    from baton.platform.models import User
    from baton.platform.roles import Role

    roles = [Role.PRACTITIONER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER]
    with as_owner():
        held = User.objects.filter(roles_held__role__in=roles, roles_held__until_on__isnull=True, is_active=True)
        found = list(held.distinct().order_by("id"))
    return [found[number % len(found)] for number in range(count)]


@contextmanager
def backups_running(found: list[int]) -> Iterator[None]:
    """One backup after another, as an operator makes them."""
    from baton.cluster.encryption import make_key

    with tempfile.TemporaryDirectory() as folder:
        public = make_key(Path(folder) / "key", datetime.now(UTC))
        over = threading.Event()
        command = [sys.executable, "-m", "baton", "db", "backup", f"{folder}/backup", "--for", public]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

        def go_on() -> None:
            while not over.is_set():
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
                found.append((Path(folder) / "backup").stat().st_size)

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=7)
    parser.add_argument("--episodes", type=int, default=100_000)
    parser.add_argument("--families", type=int, default=400)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--kept", action="store_true")
    options = parser.parse_args()
    from bench.database import DATABASE, bench_database, kept_database

    made_before = kept_database() if options.kept else bench_database(families=options.families, keep=options.keep)
    with made_before as bench:
        if bench:
            bench.grow_to(options.episodes)
        from bench.server import web_server

        with web_server(DATABASE) as port:
            alone = walk("alone", options, port)
            alone.report(options.minutes)
            made: list[int] = []
            with backups_running(made):
                beside = walk("while backups run", options, port)
            beside.backups = len(made)
            beside.report(options.minutes)
    print(f"\nload of the machine: {os.getloadavg()}")
    return 1 if alone.errors or beside.errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
