"""How long pages take and how long jobs wait, for a program that watches: by names of routes, of nobody in particular.

Several web processes serve one port, and who asks reaches any of them. They count in memory that all share, each in a
part of its own, so that nobody waits for anybody and the counts of one that died stay.
"""

import mmap
import os
import struct
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from time import perf_counter

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

LIMITS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds; what took longer is counted in all
PARTS, NAMES = 32, 1024
# Of a route: how many took up to each limit or longer, how many ended in a fault of ours, and the seconds of all.
CELLS = len(LIMITS) + 3
ROUTE = struct.Struct(f"{CELLS}d")
ELSEWHERE = "(no such page)"
WAITING = """
    select j.queue_name, count(*), coalesce(extract(epoch from now() - min(e.at)), 0)
    from procrastinate_jobs j left join procrastinate_events e on e.job_id = j.id and e.type = 'deferred'
    where j.status = 'todo' and (j.scheduled_at is null or j.scheduled_at <= now()) group by 1 order by 1
"""
BEING_DONE = "select status::text, count(*) from procrastinate_jobs where status in ('doing', 'failed') group by 1"


class Counts:
    """Numbers of every route, in memory that forked processes share."""

    def __init__(self) -> None:
        self.memory = mmap.mmap(-1, PARTS * NAMES * ROUTE.size)
        self.lock = threading.Lock()
        self.names: dict[str, int] = {}

    def note(self, name: str, seconds: float, failed: bool) -> None:
        """One answer of a route."""
        at = (os.getpid() % PARTS * NAMES + self._place_of(name)) * ROUTE.size
        with self.lock:
            cells = list(ROUTE.unpack_from(self.memory, at))
            cells[bisect_left(LIMITS, seconds)] += 1
            cells[-2] += failed
            cells[-1] += seconds
            ROUTE.pack_into(self.memory, at, *cells)

    def all(self) -> Iterator[tuple[str, list[float]]]:
        """Each route that was asked for, with its numbers over all processes."""
        for name in sorted(self._names()):
            places = (((part * NAMES) + self._place_of(name)) * ROUTE.size for part in range(PARTS))
            cells = [sum(each) for each in zip(*(ROUTE.unpack_from(self.memory, at) for at in places), strict=True)]
            if any(cells):
                yield name, cells

    def _place_of(self, name: str) -> int:
        return self._names().get(name, 0)

    def _names(self) -> dict[str, int]:
        """The same places in every process: routes in the order of their names, and none for what is no page."""
        if not self.names:
            found = sorted({*_routes(get_resolver().url_patterns)})
            self.names = {name: number for number, name in enumerate([ELSEWHERE, *found])}
        return self.names


COUNTS = Counts()


class Measured:
    """Counts each answer by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        name = (match.url_name if match else None) or ELSEWHERE
        COUNTS.note(name, perf_counter() - began, response.status_code >= 500)
        return response


def as_text() -> str:
    """In the text format of OpenMetrics' forerunner, which Prometheus and most others read."""
    return "\n".join([*_requests(), *_jobs(), ""])


def _requests() -> Iterator[str]:
    yield "# HELP baton_request_seconds How long a page took, by the name of its route."
    yield "# TYPE baton_request_seconds histogram"
    faults = []
    for name, cells in COUNTS.all():
        count = 0
        for limit, number in zip((*map(str, LIMITS), "+Inf"), cells, strict=False):
            count += int(number)
            yield f'baton_request_seconds_bucket{{route="{name}",le="{limit}"}} {count}'
        yield f'baton_request_seconds_sum{{route="{name}"}} {cells[-1]:.6f}'
        yield f'baton_request_seconds_count{{route="{name}"}} {count}'
        faults.append(f'baton_request_faults_total{{route="{name}"}} {int(cells[-2])}')
    yield "# HELP baton_request_faults_total Answers that were an apology, by the name of the route."
    yield "# TYPE baton_request_faults_total counter"
    yield from faults


def _jobs() -> Iterator[str]:
    """Asked of the database at once; when it does not answer, that is the answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            waiting = cursor.fetchall()
            cursor.execute(BEING_DONE)
            other = cursor.fetchall()
    except DatabaseError:
        yield from ("# TYPE baton_database_answers gauge", "baton_database_answers 0")
        return
    yield from ("# TYPE baton_database_answers gauge", "baton_database_answers 1")
    yield from ("# HELP baton_jobs_waiting Jobs whose time has come, by queue.", "# TYPE baton_jobs_waiting gauge")
    yield from (f'baton_jobs_waiting{{queue="{queue}"}} {count}' for queue, count, _ in waiting)
    yield from ("# HELP baton_oldest_job_seconds How long the oldest waits.", "# TYPE baton_oldest_job_seconds gauge")
    yield from (f'baton_oldest_job_seconds{{queue="{queue}"}} {float(age):.0f}' for queue, _, age in waiting)
    yield "# TYPE baton_jobs gauge"
    yield from (f'baton_jobs{{status="{status}"}} {count}' for status, count in other)


def _routes(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name
