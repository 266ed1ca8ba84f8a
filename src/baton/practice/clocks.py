"""How a timescale's clock runs through an episode's events: what starts, stops and ends it, and when it is due."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from baton.practice.ledger import Ledger, Moment
from baton.practice.spans import Unit
from baton.practice.timescales import Clock, Timescale

HOURS = Unit.HOURS  # named once: looking a member up on its class is slow, and this is done for every run


class Run(NamedTuple):
    """One run of a clock. `ended` is the event that ended it undone; due_on and due_at (in UTC) are never both set."""

    started: Moment
    stopped: Moment | None
    ended: Moment | None
    due_on: date | None
    due_at: datetime | None


def runs_of(rule: Timescale, ledger: Ledger, *, for_id: str | None = None) -> list[Run]:
    """Every run of a rule's clock, in order; none before it has started. `for_id` is the child whose events stop it."""
    starts = ledger.matching(rule.starts_with)
    if not starts:
        return []
    end = ledger.first(rule.ends_with)
    starts = _until(end, _in_force(rule, starts))
    if not starts:
        return []
    stops = _until(end, ledger.matching(rule.stops_with))
    if for_id is not None:
        stops = [stop for stop in stops if stop.happened.for_id == for_id]
    return list(RUNNING[rule.clock](rule, ledger, starts, stops, end))


def _in_force(rule: Timescale, starts: list[Moment]) -> list[Moment]:
    if rule.in_force_until is None and rule.in_force_from <= starts[0].on:
        return starts
    return [start for start in starts if rule.is_in_force(start.on)]


def _until(end: Moment | None, moments: list[Moment]) -> list[Moment]:
    if end is None or not moments or moments[-1].utc <= end.utc:
        return moments
    return [moment for moment in moments if moment.utc <= end.utc]


def _once(
    rule: Timescale, ledger: Ledger, starts: list[Moment], stops: list[Moment], end: Moment | None
) -> Iterator[Run]:
    start = starts[0]
    if rule.stops_when == "all":
        stop = _last_of_all(rule, start, stops)
    else:
        stop = next((each for each in stops if each.utc >= start.utc and each is not start), None)
    yield _run(rule, ledger, start, stop, end)


def _last_of_all(rule: Timescale, start: Moment, stops: list[Moment]) -> Moment | None:
    firsts: list[Moment] = []
    for trigger in rule.stops_with:
        for each in stops:
            if each.utc >= start.utc and each.happened.kind == trigger.event and trigger.accepts(each.happened):
                firsts.append(each)
                break
        else:
            return None
    return max(firsts, key=lambda moment: moment.utc)


def _repeating(
    rule: Timescale, ledger: Ledger, starts: list[Moment], stops: list[Moment], end: Moment | None
) -> Iterator[Run]:
    start = starts[0]
    for stop in stops:
        if stop.utc >= start.utc and stop is not starts[0]:
            yield _run(rule, ledger, start, stop, end)
            start = stop
    if end is None or start.utc < end.utc or start is starts[0]:
        yield _run(rule, ledger, start, None, end)


def _between(
    rule: Timescale, ledger: Ledger, starts: list[Moment], stops: list[Moment], end: Moment | None
) -> Iterator[Run]:
    """From one event to the next; what was not done by then was missed, and the next run begins."""
    start, waiting = starts[0], list(stops)
    for due in ledger.matching(rule.due_with):
        if due.utc <= start.utc or (end is not None and due.utc > end.utc):
            continue
        stop = next((each for each in waiting if start.utc <= each.utc and each.on <= due.on), None)
        yield Run(start, stop, None if stop else due, due.on, None)
        waiting = [each for each in waiting if each.on > due.on or (each.utc > due.utc and each is not stop)]
        start = due
    if end is None:
        stop = next((each for each in waiting if each.utc >= start.utc), None)
        yield Run(start, stop, None, None, None)


def _each(
    rule: Timescale, ledger: Ledger, starts: list[Moment], stops: list[Moment], end: Moment | None
) -> Iterator[Run]:
    if rule.comes_first:
        for start in starts:
            yield _run(rule, ledger, start, _before_or_after(start, stops), end)
        return
    stop_of = _pairs(starts, stops)
    for index, start in enumerate(starts):
        yield _run(rule, ledger, start, stop_of.get(index), end)


def _before_or_after(start: Moment, stops: list[Moment]) -> Moment | None:
    fitting = [each for each in stops if _fits(start, each)]
    before = [each for each in fitting if each.utc <= start.utc]
    after = [each for each in fitting if each.utc > start.utc]
    return before[-1] if before else after[0] if after else None


def _pairs(starts: list[Moment], stops: list[Moment]) -> dict[int, Moment]:
    """Which stop belongs to which start: that of the same record, else the next one not yet given to another."""
    pairs: dict[int, Moment] = {}
    of_record = {stop.happened.record: stop for stop in reversed(stops) if stop.happened.record}
    for index, start in enumerate(starts):
        stop = of_record.get(start.happened.record or "")
        if stop is not None and stop.utc >= start.utc:
            pairs[index] = of_record.pop(start.happened.record or "")
    taken = {id(stop) for stop in pairs.values()}
    free = [stop for stop in stops if id(stop) not in taken]
    for index, start in enumerate(starts):
        stop = None if index in pairs else _next_for(start, free)
        if stop is not None:
            free.remove(stop)
            pairs[index] = stop
    return pairs


def _next_for(start: Moment, free: list[Moment]) -> Moment | None:
    for stop in free:
        if stop.utc >= start.utc and _fits(start, stop):
            return stop
    return None


def _fits(start: Moment, stop: Moment) -> bool:
    """Whether a stop may be about the same person and the same record; what is not said fits anything."""
    one, other = start.happened, stop.happened
    if one.for_id and other.for_id and one.for_id != other.for_id:
        return False
    if one.record and other.record and one.record.rpartition(":")[0] == other.record.rpartition(":")[0]:
        return one.record == other.record
    return True


def _run(rule: Timescale, ledger: Ledger, start: Moment, stop: Moment | None, end: Moment | None) -> Run:
    ended = end if stop is None else None
    within = rule.within
    if within is not None:
        if within.unit is HOURS:
            return Run(start, stop, ended, None, within.due_at(start.utc))
        return Run(start, stop, ended, within.due_on(start.on), None)
    if rule.comes_first:
        return Run(start, stop, ended, None, start.utc)
    with_event = ledger.first(rule.due_with, since=start)
    return Run(start, stop, ended, with_event.on if with_event else None, None)


RUNNING: dict[Clock, Callable[[Timescale, Ledger, list[Moment], list[Moment], Moment | None], Iterator[Run]]] = {
    Clock.ONCE: _once,
    Clock.EACH: _each,
    Clock.REPEATING: _repeating,
    Clock.BETWEEN: _between,
}
