"""What the worker does by itself: look through everybody, each night or when asked, for people recorded twice."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baton.matching.actions import Suggestion, suggest
from baton.matching.likeness import by_splink
from baton.matching.likeness.facts import Facts
from baton.matching.likeness.ranking import facts_from
from baton.matching.likeness.scoring import POSSIBLE, PROBABLE, Likeness, likeness
from baton.platform import clock

PEOPLE_AT_ONCE = 2_000
AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)
PAIRS = "select one, other, facts, other_facts, last from guard.pairs_to_weigh(%s, %s)"
EVERYBODY = "select person_id, facts from guard.everybody_compared() order by person_id"
WORTH_ASKING = "select one, other from guard.worth_asking(%s, %s)"
BY_SPLINK = "splink, comparing everybody with everybody, holds them for one person"
OF_RELATIVES = {("given", "different"), ("born", "different")}  # splink knows nothing of households
log = logging.getLogger(__name__)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Swept:
    """What a look through everybody did: how many pairs it put before people, and in which way it looked."""

    found: int
    with_splink: bool


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="duplicates", retry=AGAIN)
def sweep_for_duplicates(timestamp: int) -> int:
    """Put the probable pairs into the queue; returns how many. A person decides."""
    swept = look_through_everybody()
    log.info("Looked for duplicates%s: %d pairs", " with splink" if swept.with_splink else "", swept.found)
    return swept.found


def look_through_everybody(*, with_splink: bool | None = None) -> Swept:
    """Weigh every pair worth a look, and, where splink is installed, those that it finds beside them.

    `with_splink` says so outright: false for Baton's own model alone.
    """
    asked = by_splink.is_here() if with_splink is None else with_splink
    found = _by_our_own()
    if asked:
        found |= _by_splink(without=found)
    return Swept(len(found), asked)


def _by_our_own() -> set[Pair]:
    last, found = 0, set[Pair]()
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select guard.open_sweep()")
            cursor.execute(PAIRS, [last, PEOPLE_AT_ONCE])
            rows = cursor.fetchall()
            found |= _ask_about(list(_likely(rows)))
            reached = max((row[4] for row in rows if row[4] is not None), default=None)
        if reached is None:
            return found
        last = reached


def _by_splink(*, without: Set[Pair]) -> set[Pair]:
    """The pairs that splink proposes beside those and our own model, which knows of households, holds possible."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select guard.open_sweep()")
        cursor.execute(EVERYBODY)
        people = {person: facts_from(_read(facts)) for person, facts in cursor.fetchall()}
    proposed = [each for each in _proposed(people) if (each.one, each.other) not in without]
    found = set[Pair]()
    for first in range(0, len(proposed), PEOPLE_AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select guard.open_sweep()")
            found |= _ask_about(proposed[first : first + PEOPLE_AT_ONCE])
    return found


def _likely(rows: Sequence[tuple[Any, ...]]) -> Iterator[Suggestion]:
    for one, other, facts, other_facts, _ in rows:
        if one is None:
            continue
        score = likeness(facts_from(_read(facts)), facts_from(_read(other_facts)))
        if score.sure >= PROBABLE:
            yield Suggestion(one, other, score.sure, score.why, score.why_not)


def _proposed(people: Mapping[int, Facts]) -> Iterator[Suggestion]:
    for one, other in by_splink.pairs_found(people):
        score = likeness(people[one], people[other])
        if score.sure >= PROBABLE or (score.sure >= POSSIBLE and not _speaks_for_two(score)):
            why = score.why if score.sure >= PROBABLE else (*score.why, BY_SPLINK)
            yield Suggestion(one, other, score.sure, why, score.why_not)


def _speaks_for_two(score: Likeness) -> bool:
    """Whether they have other first names, as twins do, or birthdays, as parents and children of one name do."""
    return any((reason.comparison, reason.level) in OF_RELATIVES for reason in score.reasons)


def _ask_about(likely: Sequence[Suggestion]) -> set[Pair]:
    """Put into the queue what nobody has decided, by word or by recording the two as relatives of one another."""
    if not likely:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(WORTH_ASKING, [[each.one for each in likely], [each.other for each in likely]])
        open_yet = set(cursor.fetchall())
    suggest(found=[each for each in likely if (each.one, each.other) in open_yet], by=None, at=clock.now())
    return open_yet


def _read(facts: Any) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(facts) if isinstance(facts, str) else facts
    return read
