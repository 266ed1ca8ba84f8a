"""Each page through the real stack, beside its facts by hand, and all of them from eight clients at once."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

import psycopg
from django.db import connection, connections

from baton.cluster.backups import connection_words
from baton.episodes.models import Allocation, Event
from baton.people.models import Person
from baton.platform.database import as_owner
from baton.platform.models import RoleHeld, User
from baton.platform.roles import Role
from bench.by_hand import FAMILY, HOME, QUEUE, SAVE_VISIT, SEARCH, ByHand
from bench.server import Visitor, hidden, web_server

BUDGETS = {"home": (40, 90), "queue": (40, 90), "family": (40, 90), "search": (40, 90), "save visit": (30, None)}
MOST_QUERIES = 15
CLIENTS, REQUESTS_A_CLIENT, LEAST_A_SECOND = 8, 60, 60


@dataclass
class Timed:
    """Milliseconds of one page and of the same facts by hand."""

    page: list[float] = field(default_factory=list)
    by_hand: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.page)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.page, n=20)[-1]

    @property
    def ratio(self) -> float:
        return self.median / statistics.median(self.by_hand)


@dataclass
class Findings:
    """What one run found."""

    pages: dict[str, Timed]
    a_second: float

    def report(self) -> bool:
        """Print a table and say whether all is within the budgets."""
        within = self.a_second >= LEAST_A_SECOND
        print(f"{'page':12} {'median':>8} {'p95':>8} {'by hand':>8} {'ratio':>6} {'queries':>8}")
        for name, timed in self.pages.items():
            median, p95 = BUDGETS[name]
            fine = timed.median <= median and (p95 is None or timed.p95 <= p95) and timed.queries <= MOST_QUERIES
            by_hand = statistics.median(timed.by_hand)
            print(
                f"{name:12} {timed.median:8.1f} {timed.p95:8.1f} {by_hand:8.1f} {timed.ratio:6.1f} {timed.queries:8}"
                + ("" if fine else f"   over the budget: {median} ms, p95 {p95}, {MOST_QUERIES} queries")
            )
            within = within and fine
        print(f"{CLIENTS} clients: {self.a_second:.0f} requests a second (at least {LEAST_A_SECOND})")
        return within


@dataclass(frozen=True)
class Scene:
    """A worker, one of their families, and somebody misspelt to look for."""

    worker: User
    adviser: User
    episode_id: int
    family_id: int
    words: str
    born: str


def measure(*, rounds: int) -> Findings:
    """Measure every page in turn, each round another scene, the hand-written SQL right after the page."""
    with web_server() as port, _by_hand() as by_hand:
        scenes = _scenes(rounds)
        pages = {name: Timed() for name in BUDGETS}
        for warming, scene in ((True, scenes[0]), *((False, scene) for scene in scenes)):
            for name, (page, sql) in _pages(scene, port).items():
                took, by_hand_took = _milliseconds(page), _milliseconds(lambda sql=sql: sql(by_hand))  # type: ignore[misc]
                if not warming:
                    pages[name].page.append(took)
                    pages[name].by_hand.append(by_hand_took)
        for name, queries in _query_counts(scenes[0]).items():
            pages[name].queries = queries
        return Findings(pages, _throughput(scenes, port))


def _pages(scene: Scene, port: int) -> dict[str, tuple[Callable[[], object], Callable[[ByHand], None]]]:
    worker, adviser = Visitor(port, scene.worker), Visitor(port, scene.adviser)
    search_page = worker.get("/find/")
    day, month, year = scene.born[8:], scene.born[5:7], scene.born[:4]
    search = {"name": scene.words, "born_0": day, "born_1": month, "born_2": year}
    form = worker.get(f"/episodes/{scene.episode_id}/visits/record/")
    user, family = scene.worker.pk, scene.family_id
    return {
        "home": (lambda: worker.get("/"), lambda sql: sql.ask(HOME, user=user)),
        "queue": (lambda: adviser.get("/requests/"), lambda sql: sql.ask(QUEUE, user=scene.adviser.pk)),
        "family": (lambda: worker.get(f"/families/{family}/"), lambda sql: sql.ask(FAMILY, user=user, family=family)),
        "search": (
            lambda: worker.post("/find/", _with_tokens(search_page, search)),
            lambda sql: sql.ask(SEARCH, user=user, words=scene.words, born=scene.born),
        ),
        "save visit": (
            lambda: worker.post(f"/episodes/{scene.episode_id}/visits/record/", _with_tokens(form, VISIT)),
            lambda sql: sql.ask(SAVE_VISIT, user=user, episode=scene.episode_id, family=family),
        ),
    }


VISIT = {"outcome": "made", "place": "home", "purpose": "x", "action": "x", "reflection": "x", "analysis": "x"}


def _with_tokens(page: str, fields: dict[str, str]) -> dict[str, str]:
    tokens = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken")}
    for name in ("form_key", "draft_token"):
        if f'name="{name}"' in page:
            tokens[name] = hidden(page, name)
    return {**fields, **tokens}
