"""`baton serve` as an operator runs it, started again when it dies, and its processes by what they do."""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.site import Site, children, end, title_of

# What is killed, and how often among twenty-eight times.
DECK = {
    "web process": 8,
    "backend": 5,
    "postmaster": 4,
    "web master": 3,
    "worker": 2,
    "supervisor": 2,
    "everything": 1,
    "connections": 3,
}
BACK_WITHIN = 40.0


class Served(Site):
    """Database, web server and worker under one supervisor."""

    def command(self) -> list[str]:
        told = ["--port", str(self.port), "--workers", str(self.workers), "--threads", str(self.threads)]
        return [sys.executable, "-m", "baton", "serve", *told]

    def start_again_when_dead(self) -> bool:
        """What systemd does. Whether it was dead."""
        assert self.process
        if self.process.poll() is None:
            return False
        self.launch()
        return True

    def processes(self, kind: str) -> list[int]:
        """Those of one kind that run now."""
        mine = {pid: title_of(pid) for pid in children(self.pid)}
        masters = [pid for pid, title in mine.items() if "gunicorn" in title]
        postmasters = [pid for pid, title in mine.items() if "postgres -D" in title]
        of_the_web = [pid for master in masters for pid in children(master)]
        of_postgres = [pid for postmaster in postmasters for pid in children(postmaster)]
        return {
            "web process": of_the_web,
            "web master": masters,
            "postmaster": postmasters,
            "backend": [pid for pid in of_postgres if "baton_app" in title_of(pid)],
            "worker": [pid for pid, title in mine.items() if title.endswith("baton worker")],
            "supervisor": [self.pid],
            "everything": [self.pid, *mine, *of_the_web, *of_postgres],
        }[kind]


@dataclass
class Killer:
    """Kills at random moments, and measures how long each time nobody could be served."""

    served: Served
    random: Random
    progress: Callable[[], int]  # how many forms were acknowledged so far
    cut: Callable[[], int]  # ends all connections of the application, says how many there were
    kills: Counter[str] = field(default_factory=Counter)
    seconds_away: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cards: list[str] = field(default_factory=list)

    def go_on_until(self, times: int, latest: float) -> None:
        """Kill so many times, but not beyond a moment of the monotonic clock."""
        while self.kills.total() < times and time.monotonic() < latest:
            self._let_people_work(forms=self.random.randint(2, 8), longest=2.5)
            killed = self.kill_one()
            if self.random.random() < 0.3:  # another while it still recovers
                time.sleep(self.random.uniform(0, 0.4))
                killed = f"{killed}, then {self.kill_one()}"
            self.seconds_away[killed].append(self.wait(BACK_WITHIN))

    def _let_people_work(self, forms: int, longest: float) -> None:
        enough, end_of_it = self.progress() + forms, time.monotonic() + longest
        while self.progress() < enough and time.monotonic() < end_of_it:
            time.sleep(0.02)

    def kill_one(self) -> str:
        """One process of the kind next in the deck, or all of them."""
        kind = self._next_kind()
        if kind == "connections":
            self.kills[kind] += 1 if self.cut() else 0
            return kind
        found = self.served.processes(kind)
        chosen = found if kind == "everything" else self.random.sample(found, min(1, len(found)))
        if [pid for pid in chosen if end(pid)]:
            self.kills[kind] += 1
        return kind

    def _next_kind(self) -> str:
        if not self.cards:
            self.cards = list(Counter(DECK).elements())
            self.random.shuffle(self.cards)
        return self.cards.pop()

    def wait(self, within: float) -> float:
        """How long until a page that needs the database is served."""
        began = time.monotonic()
        while not self.served.serves():
            self.served.start_again_when_dead()
            assert time.monotonic() < began + within, f"Nobody was served for {within} s:\n{self.said()}"
            time.sleep(0.05)
        return time.monotonic() - began

    def said(self) -> str:
        return self.served.log.read_text()[-4000:]
