"""What the rival readings of a timescale would have given for one deadline."""

from dataclasses import dataclass
from datetime import date, datetime

from baton.practice.calendar import LONDON, age_on
from baton.practice.citations import Source
from baton.practice.facts import Child, Happened
from baton.practice.ledger import Ledger, Moment
from baton.practice.spans import Span
from baton.practice.timescales import Rival, Timescale


@dataclass(frozen=True, slots=True)
class RivalDue:
    """When a rival reading would fall due, counted from which event. Both are None while its clock has not started.

    `earliest_on` is the lower end where the reading gives a range. `is_needed` is False where it would ask for nothing.
    """

    reading: Rival
    within: Span | None
    started_by: Happened | None
    due_on: date | None
    due_at: datetime | None
    earliest_on: date | None
    is_needed: bool

    @property
    def source(self) -> Source:
        """The paragraph that gives this reading."""
        return self.reading.source


def rival_due(
    rule: Timescale,
    rival: Rival,
    ledger: Ledger,
    *,
    started: Moment | None,
    stopped: Moment | None,
    person: Child | None,
    aged_on: date | None,
) -> RivalDue:
    """One rival reading beside one run of the clock."""
    within = rival.within or rule.within
    start = _start(rule, rival, ledger, started, stopped)
    if _is_too_young(rival, person, aged_on):
        return RivalDue(rival, within, None, None, None, None, is_needed=False)
    if start is None or within is None:
        return RivalDue(rival, within, None, None, None, None, is_needed=True)
    if within.in_hours:
        return RivalDue(rival, within, start.happened, None, _local(within.due_at(start.utc)), None, is_needed=True)
    earliest = within.lower.due_on(start.on) if within.lower else None
    return RivalDue(rival, within, start.happened, within.due_on(start.on), None, earliest, is_needed=True)


def _local(instant: datetime) -> datetime:
    return instant.astimezone(LONDON)


def _is_too_young(rival: Rival, person: Child | None, aged_on: date | None) -> bool:
    if rival.age_from is None or person is None or person.date_of_birth is None or aged_on is None:
        return False
    return age_on(aged_on, born=person.date_of_birth) < rival.age_from


def _start(
    rule: Timescale, rival: Rival, ledger: Ledger, started: Moment | None, stopped: Moment | None
) -> Moment | None:
    """The event from which the rival counts. A repeating rival counts from the last one before the clock stopped."""
    if not rival.starts_with:
        return started
    if not rule.repeats:
        return ledger.first(rival.starts_with)
    restarts = ledger.matching(tuple(dict.fromkeys((*rival.starts_with, *rule.stops_with))))
    before = [each for each in restarts if stopped is None or each.utc < stopped.utc]
    return before[-1] if before else started
