"""What the worker does by itself: look through everybody, each night or when asked, for people recorded twice."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baton.matching.actions import Suggestion, suggest
from baton.matching.likeness.ranking import facts_from
from baton.matching.likeness.scoring import PROBABLE, likeness
from baton.platform import clock

PEOPLE_AT_ONCE = 2_000
AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)
PAIRS = "select one, other, facts, other_facts, last from guard.pairs_to_weigh(%s, %s)"


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="duplicates", retry=AGAIN)
def sweep_for_duplicates(timestamp: int) -> int:
    """Weigh every pair worth a look, and put the probable ones into the queue. Returns how many. A person decides."""
    last, found = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select guard.open_sweep()")
            cursor.execute(PAIRS, [last, PEOPLE_AT_ONCE])
            rows = cursor.fetchall()
            likely = list(_likely(rows))
            if likely:
                found += suggest(found=likely, by=None, at=clock.now())
            reached = max((row[4] for row in rows if row[4] is not None), default=None)
        if reached is None:
            return found
        last = reached


def _likely(rows: list[tuple[Any, ...]]) -> Iterator[Suggestion]:
    for one, other, facts, other_facts, _ in rows:
        if one is None:
            continue
        score = likeness(facts_from(_read(facts)), facts_from(_read(other_facts)))
        if score.sure >= PROBABLE:
            yield Suggestion(one, other, score.sure, score.why, score.why_not)


def _read(facts: Any) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(facts) if isinstance(facts, str) else facts
    return read
