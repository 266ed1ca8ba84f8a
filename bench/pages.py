"""Each page through the real stack, beside its facts by hand, and all of them from eight clients at once.

The two sizes are measured in turn, page by page: what a machine shared with others does in one minute and not in the
next would otherwise look like growth.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from random import Random

import psycopg
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baton.cluster.backups import connection_words
from baton.episodes.models import Allocation
from baton.people.models import Person
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.models import User
from baton.platform.roles import Role
from bench.by_hand import FAMILY, HOME, QUEUE, SAVE_VISIT, SEARCH, ByHand
from bench.server import Visitor, hidden, web_server
from tests.factories.accounts import cookies_of

BUDGETS = {"home": (40, 90), "queue": (40, 90), "family": (40, 90), "search": (40, 90), "save visit": (30, None)}
MOST_QUERIES = 15
WARMING = 240  # rounds before it counts: of eight connections each keeps a plan from the eleventh asking on
CLIENTS, LEAST_A_SECOND = 8, 60
ROUNDS_A_CLIENT, REQUESTS_A_ROUND = 10, 7  # each page once, with the two forms that are opened before they are sent


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
    """What one run found at one size; requests a second of eight clients, where that was asked."""

    pages: dict[str, Timed] = field(default_factory=lambda: {name: Timed() for name in BUDGETS})
    a_second: float | None = None

    def report(self) -> bool:
        """Print a table and say whether all is within the budgets."""
        within = True
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
        if self.a_second is not None:
            print(f"{CLIENTS} clients: {self.a_second:.0f} requests a second (at least {LEAST_A_SECOND})")
            within = within and self.a_second >= LEAST_A_SECOND
        return within


@dataclass(frozen=True)
class Scene:
    """A worker, one of their families, and somebody misspelt to look for."""

    worker: User
    adviser: User
    episode_id: int
    family_id: int
    words: str
    born: date
    child_id: int
    at: datetime

    @property
    def search(self) -> dict[str, str]:
        return {"name": f"{self.words} {self.born:%d %m %Y}"}

    @property
    def visit(self) -> dict[str, str]:
        """A visit made just now, as somebody types it on a phone."""
        said = dict.fromkeys(("purpose", "action", "reflection", "analysis"), "The mornings go better now.")
        when = _boxes("happened_at", self.at.date()) | {"happened_at-time": f"{self.at:%H:%M}"}
        return {"outcome": "made", "place": "home", "seen": str(self.child_id), "version": "0", **said, **when}


@dataclass(frozen=True)
class Side:
    """One size: the scenes of its database, the port of its web server, its connection for SQL by hand."""

    scenes: list[Scene]
    port: int
    by_hand: ByHand
    found: Findings


def measure(databases: dict[str, list[Scene]]) -> list[Findings]:
    """Measure every page of every database in turn, each round another scene, the hand-written SQL after the page.

    The last database is the large one: what the settings name, where eight clients come too.
    """
    with ExitStack() as served:
        sides = [
            Side(scenes, served.enter_context(web_server(name)), served.enter_context(_by_hand(name)), Findings())
            for name, scenes in databases.items()
        ]
        rounds = len(sides[-1].scenes)
        for number in (*range(-WARMING, 0), *range(rounds)):
            for side in sides if number % 2 else reversed(sides):
                _once_round(side, side.scenes[number % len(side.scenes)], counts=number >= 0)
        large = sides[-1]
        for name, queries in _query_counts(large.scenes[0]).items():
            for side in sides:
                side.found.pages[name].queries = queries
        large.found.a_second = _throughput(large.scenes, large.port)
        return [side.found for side in sides]


def _once_round(side: Side, scene: Scene, *, counts: bool) -> None:
    for name, (page, sql) in _pages(scene, side.port).items():
        took, by_hand_took = _milliseconds(page), _milliseconds(partial(sql, side.by_hand))
        if counts:
            side.found.pages[name].page.append(took)
            side.found.pages[name].by_hand.append(by_hand_took)


def _pages(scene: Scene, port: int) -> dict[str, tuple[Callable[[], object], Callable[[ByHand], None]]]:
    """What is timed: each page as a browser asks for it, and its facts by hand. Forms are opened beforehand."""
    worker, adviser = Visitor(port, signed_in(scene.worker)), Visitor(port, signed_in(scene.adviser))
    search_page, visit_path = worker.get("/find/"), f"/episodes/{scene.episode_id}/visits/record/"
    visit_page = worker.get(visit_path)
    user, family = scene.worker.pk, scene.family_id
    return {
        "home": (lambda: worker.get("/"), lambda sql: sql.ask(HOME, user=user)),
        "queue": (lambda: adviser.get("/requests/"), lambda sql: sql.ask(QUEUE, user=scene.adviser.pk)),
        "family": (lambda: worker.get(f"/families/{family}/"), lambda sql: sql.ask(FAMILY, user=user, family=family)),
        "search": (
            lambda: worker.post("/find/", scene.search | _tokens(search_page)),
            lambda sql: sql.ask(SEARCH, user=user, words=scene.words, born=scene.born),
        ),
        "save visit": (
            lambda: worker.post(visit_path, scene.visit | _tokens(visit_page)),
            lambda sql: sql.ask(SAVE_VISIT, user=user, episode=scene.episode_id, family=family),
        ),
    }


def _tokens(page: str) -> dict[str, str]:
    names = ("csrfmiddlewaretoken", "form_key", "draft_token")
    return {name: hidden(page, name) for name in names if f'name="{name}"' in page}


def scenes(rounds: int) -> list[Scene]:
    """Workers, signed in, with their longest-helped families, drawn with a fixed seed."""
    random = Random(20261122)
    with as_owner():
        advisers = User.objects.filter(roles_held__role=Role.HUB_ADVISER)
        led = Allocation.objects.filter(until_at__isnull=True, practitioner__roles_held__team__isnull=False)
        ids = list(led.order_by("pk").values_list("pk", flat=True))
        chosen = led.filter(pk__in=random.sample(ids, min(rounds, len(ids)))).select_related("practitioner")
        drawn = [_scene(allocation, advisers[index % 4]) for index, allocation in enumerate(chosen)]
    for scene in drawn:
        signed_in(scene.worker), signed_in(scene.adviser)
    return drawn


@cache
def signed_in(user: User) -> dict[str, str]:
    """The cookies of a person, who signs in once: a copy of the database knows them too."""
    return cookies_of(user)


def _scene(allocation: Allocation, adviser: User) -> Scene:
    child = Person.objects.filter(memberships__family_id=allocation.family_id, memberships__part="child").first()
    assert child is not None
    misspelt = f"{child.given_name} {child.family_name[:-2]}{child.family_name[-1]}{child.family_name[-2]}"
    assert child.date_of_birth is not None
    return Scene(
        worker=allocation.practitioner,
        adviser=adviser,
        episode_id=allocation.episode_id,
        family_id=allocation.family_id,
        words=misspelt,
        born=child.date_of_birth,
        child_id=child.pk,
        at=clock.now().astimezone(clock.LONDON) - timedelta(minutes=5),
    )


def _boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


@contextmanager
def _by_hand(database: str) -> Iterator[ByHand]:
    words = connection_words(connections["default"].settings_dict) | {"dbname": database}
    with psycopg.connect(**words, autocommit=True) as connected:
        yield ByHand(connected)


def _query_counts(scene: Scene) -> dict[str, int]:
    """How many statements each page asks of the database, counted in this process."""
    paths = {"home": "/", "queue": "/requests/", "family": f"/families/{scene.family_id}/"}
    counts = {}
    for name, path in paths.items():
        counts[name] = _counted(
            scene.adviser if name == "queue" else scene.worker, lambda client, path=path: client.get(path)
        )
    counts["search"] = _counted(scene.worker, lambda client: client.post("/find/", scene.search))
    visit_path = f"/episodes/{scene.episode_id}/visits/record/"
    counts["save visit"] = _counted(scene.worker, lambda client: client.post(visit_path, scene.visit))
    return counts


def _counted(user: User, ask: Callable[[Client], object]) -> int:
    client = Client(HTTP_HOST="127.0.0.1")
    for name, value in signed_in(user).items():
        client.cookies[name] = value
    with CaptureQueriesContext(connection) as captured:
        ask(client)
    passing = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(passing) for query in captured.captured_queries)


def _throughput(scenes: list[Scene], port: int) -> float:
    """Requests a second of eight clients that go through the pages in turn, opening forms before they send them."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        began = time.perf_counter()
        done = sum(pool.map(lambda number: _busy_client(scenes[number % len(scenes)], port), range(CLIENTS)))
        return done / (time.perf_counter() - began)


def _busy_client(scene: Scene, port: int) -> int:
    for _ in range(ROUNDS_A_CLIENT):
        for page, _by_hand_too in _pages(scene, port).values():
            page()
    return ROUNDS_A_CLIENT * REQUESTS_A_ROUND
