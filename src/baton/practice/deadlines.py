"""The engine: from a framework, an episode's facts and its events to every deadline, with and without the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from baton.practice import explanation
from baton.practice.calendar import LONDON, add_days, age_on, day_of, end_of
from baton.practice.citations import Source
from baton.practice.clocks import Run, runs_of
from baton.practice.facts import Child, DirectedDate, EpisodeFacts, Happened
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.ledger import Ledger, Moment
from baton.practice.rivals import RivalDue, rival_due
from baton.practice.timescales import EVERYONE, Clock, Timescale, Trigger

ALLOCATED = (Trigger(Happening.LEAD_PRACTITIONER_ALLOCATED),)
NO_LEVEL = "the level of need has not been decided"
SetDates = dict[str, list[DirectedDate]]


class State(StrEnum):
    """Where a deadline stands whatever the time is."""

    NOT_NEEDED = "not_needed"
    NOT_STARTED = "not_started"
    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    ENDED_UNMET = "ended_unmet"


class Status(StrEnum):
    """Where a deadline stands at a moment."""

    NOT_NEEDED = "not_needed"
    NOT_STARTED = "not_started"
    UPCOMING = "upcoming"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    ENDED_UNMET = "ended_unmet"


# Named once: looking a member up on its class is slow, and this is done for every deadline of every episode.
OPEN, MET, MET_LATE, ENDED_UNMET = State.OPEN, State.MET, State.MET_LATE, State.ENDED_UNMET
EACH = Clock.EACH


@dataclass(frozen=True, slots=True)
class Deadline:
    """One run of one timescale's clock. Rivals and the explanation are worked out when they are asked for.

    `why_not` says in words why a deadline is not needed or cannot start.
    """

    rule: Timescale
    for_id: str | None
    state: State
    at: datetime
    run: Run | None = None
    directed: DirectedDate | None = None
    why_not: str = ""
    person: Child | None = field(default=None, compare=False, repr=False)
    ledger: Ledger | None = field(default=None, compare=False, repr=False)

    @property
    def timescale(self) -> str:
        """The timescale's id."""
        return self.rule.id

    @property
    def title(self) -> str:
        """What is owed."""
        return self.rule.title

    @property
    def owed_by(self) -> str:
        """The id of the role that owes it."""
        return self.rule.owed_by

    @property
    def source(self) -> Source:
        """The paragraph of the adopted reading."""
        return self.rule.source

    @property
    def started(self) -> Moment | None:
        """The event that started the clock, with its day."""
        return self.run.started if self.run else None

    @property
    def stopped(self) -> Moment | None:
        """The event that stopped the clock, with its day."""
        return self.run.stopped if self.run else None

    @property
    def ended(self) -> Moment | None:
        """The event that ended the clock with nothing done, with its day."""
        return self.run.ended if self.run else None

    @property
    def framework_due_on(self) -> date | None:
        """The last day in time by the framework."""
        return self.run.due_on if self.run else None

    @property
    def framework_due_at(self) -> datetime | None:
        """The last instant in time by the framework, in London time."""
        return self.run.due_at.astimezone(LONDON) if self.run and self.run.due_at else None

    @property
    def started_by(self) -> Happened | None:
        """The event that started the clock."""
        return self.started.happened if self.started else None

    @property
    def met_by(self) -> Happened | None:
        """The event that stopped the clock, in time or late."""
        return self.stopped.happened if self.stopped else None

    @property
    def met_at(self) -> datetime | None:
        """When the clock was stopped."""
        return self.stopped.happened.at if self.stopped else None

    @property
    def ended_by(self) -> Happened | None:
        """The event that ended the clock with nothing done."""
        return self.ended.happened if self.ended else None

    @property
    def due_on(self) -> date | None:
        """The last day in time: the manager's where one was set, else the framework's."""
        return self.directed.due_on if self.directed else self.framework_due_on

    @property
    def due_at(self) -> datetime | None:
        """The last instant in time, for what is counted in hours and has no manager's date."""
        return None if self.directed else self.framework_due_at

    @property
    def lasts_until(self) -> datetime | None:
        """The last instant that is in time, whichever way it is counted."""
        return end_of(self.due_on) if self.due_on else self.due_at

    @property
    def framework_lasts_until(self) -> datetime | None:
        """The last instant in time by the framework, where a manager set another date."""
        if self.directed is None:
            return None
        return end_of(self.framework_due_on) if self.framework_due_on else self.framework_due_at

    @property
    def warn_from(self) -> datetime | None:
        """From when it counts as due soon."""
        warn = self.rule.warn.elapsed
        if self.due_on is not None:
            return end_of(add_days(self.due_on, -warn.days - 1))
        return (self.due_at.astimezone(UTC) - warn).astimezone(LONDON) if self.due_at else None

    @property
    def fell_due_before_end(self) -> bool:
        """Whether what ended undone was already late when help ended."""
        if self.ended is None or self.rule.clock is Clock.BETWEEN:
            return self.ended is not None
        return not _in_time(self.ended, self.due_on, self.due_at)

    @property
    def framework_state(self) -> State:
        """The state by the framework's own date, for measures that leave the manager's aside."""
        if self.stopped is None:
            return self.state
        return _met(self.stopped, self.framework_due_on, self.framework_due_at)

    @property
    def status(self) -> Status:
        """The status at the moment for which the deadlines were worked out."""
        return self.status_at(self.at)

    def status_at(self, moment: datetime) -> Status:
        """The status at another moment, if nothing more happens until then."""
        if self.state is not State.OPEN:
            return Status(self.state.value)
        lasts_until = self.lasts_until
        if lasts_until is None:
            return Status.UPCOMING
        if moment.astimezone(UTC) > lasts_until.astimezone(UTC):
            return Status.OVERDUE
        return Status.DUE_SOON if self._is_soon(moment, lasts_until) else Status.UPCOMING

    @property
    def rivals(self) -> tuple[RivalDue, ...]:
        """What each rival reading would have given."""
        if self.ledger is None:
            return ()
        allocated = self.ledger.first(ALLOCATED)
        return tuple(
            rival_due(
                self.rule,
                rival,
                self.ledger,
                started=self.started,
                stopped=self.stopped,
                person=self.person,
                aged_on=allocated.on if allocated else None,
            )
            for rival in self.rule.rivals
        )

    @property
    def explanation(self) -> str:
        """The deadline in a sentence or three that a practitioner understands."""
        return explanation.explain(self)

    def _is_soon(self, moment: datetime, lasts_until: datetime) -> bool:
        warn = self.rule.warn.elapsed
        if self.due_on is not None:
            return day_of(moment) >= add_days(self.due_on, -warn.days)
        return moment.astimezone(UTC) >= lasts_until.astimezone(UTC) - warn


def deadlines(
    framework: Framework,
    episode: EpisodeFacts,
    events: Iterable[Happened],
    *,
    at: datetime,
    directed: Sequence[DirectedDate] = (),
) -> tuple[Deadline, ...]:
    """Every deadline of an episode as known at a moment, in the order of the framework's rules.

    Events after `at` are not known yet. Any order, repetition or absence of events is accepted. Raises ValueError for a
    moment without a timezone and OutsideCalendarError (a ValueError) for one whose due date no calendar holds.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no timezone")
    ledger = Ledger(events, at=at)
    set_dates: SetDates = {}
    for each in directed:
        set_dates.setdefault(each.timescale, []).append(each)
    found: list[Deadline] = []
    for rule in framework.clocks:
        for person in rule.applies.persons(episode):
            found += _deadlines_of(rule, episode, person, ledger, at, set_dates)
    return tuple(found)


def _deadlines_of(
    rule: Timescale, episode: EpisodeFacts, person: Child | None, ledger: Ledger, at: datetime, set_dates: SetDates
) -> list[Deadline]:
    for_id = person.id if person else None
    if rule.applies is not EVERYONE:
        if rule.applies.excludes(episode) or _is_too_young(rule, person, ledger):
            return [Deadline(rule, for_id, State.NOT_NEEDED, at, why_not=rule.applies.otherwise)]
        if rule.applies.level_is_awaited(episode):
            return [Deadline(rule, for_id, State.NOT_STARTED, at, why_not=NO_LEVEL, person=person, ledger=ledger)]
    runs = runs_of(rule, ledger, for_id=for_id)
    mine = _set_for(rule, runs, for_id, set_dates[rule.id]) if rule.id in set_dates else {}
    if not runs:
        return [Deadline(rule, for_id, State.NOT_STARTED, at, directed=mine.get(-1), person=person, ledger=ledger)]
    return [_deadline(rule, person, run, mine.get(index), ledger, at) for index, run in enumerate(runs)]


def _deadline(
    rule: Timescale, person: Child | None, run: Run, directed: DirectedDate | None, ledger: Ledger, at: datetime
) -> Deadline:
    if run.stopped is None:
        state = OPEN if run.ended is None else ENDED_UNMET
    elif directed is None:
        state = _met(run.stopped, run.due_on, run.due_at)
    else:
        state = _met(run.stopped, directed.due_on, None)
    for_id = person.id if person else _whom(rule, run)
    return Deadline(rule, for_id, state, at, run, directed, "", person, ledger)


def _whom(rule: Timescale, run: Run) -> str | None:
    return run.started.happened.for_id if rule.clock is EACH else None


def _set_for(
    rule: Timescale, runs: list[Run], for_id: str | None, set_dates: Iterable[DirectedDate]
) -> dict[int, DirectedDate]:
    """Which run each manager's date is for, by position; one without a start is for the last. The latest said wins."""
    found: dict[int, DirectedDate] = {}
    for each in set_dates:
        fitting = [
            index
            for index, run in enumerate(runs)
            if each.for_id == (for_id or _whom(rule, run)) and _is_start(each, run.started)
        ]
        if fitting:
            found[fitting[-1]] = each
        elif not runs and each.for_id == for_id:
            found[-1] = each
    return found


def _is_start(each: DirectedDate, start: Moment) -> bool:
    if each.record is not None:
        return each.record == start.happened.record
    return each.started_at is None or each.started_at.astimezone(UTC) == start.utc


def _is_too_young(rule: Timescale, person: Child | None, ledger: Ledger) -> bool:
    """Whether a child was under the rule's age on the day of allocation. An unknown age counts as old enough."""
    if rule.applies.age_from is None or person is None or person.date_of_birth is None:
        return False
    allocated = ledger.first(ALLOCATED)
    return allocated is not None and age_on(allocated.on, born=person.date_of_birth) < rule.applies.age_from


def _met(stopped: Moment, due_on: date | None, due_at: datetime | None) -> State:
    return MET if _in_time(stopped, due_on, due_at) else MET_LATE


def _in_time(moment: Moment, due_on: date | None, due_at: datetime | None) -> bool:
    if due_on is not None:
        return moment.on <= due_on
    return due_at is None or moment.utc <= due_at
