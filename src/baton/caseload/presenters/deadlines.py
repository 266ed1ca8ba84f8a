"""Deadlines with their explanations, as the tables of a family's pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baton.episodes.queries.deadlines import key_of_derived
from baton.platform.dates_in_words import clock_time, day
from baton.platform.jinja import url_if_any
from baton.practice.deadlines import Deadline, State
from baton.practice.frameworks import Framework
from baton.practice.rivals import RivalDue

Names = Mapping[str, str]
GROUPS = {
    "Overdue": ("overdue",),
    "Due soon": ("due_soon",),
    "Upcoming": ("upcoming",),
    "Not started yet": ("not_started",),
    "Done": ("met", "met_late"),
    "Not done": ("ended_unmet",),
    "Not needed": ("not_needed",),
}
QUIET = ("Not started yet", "Not needed")  # folded away on the page


@dataclass(frozen=True)
class RivalInWords:
    """What another reading gives, and who says so."""

    due: str
    source: str


@dataclass(frozen=True)
class DeadlineInWords:
    """One row of a table of deadlines."""

    title: str
    due: str
    status: str
    explanation: str
    rivals: tuple[RivalInWords, ...]
    for_whom: str
    owed_by: str
    framework_due: str
    set_by: str
    set_date: str = ""  # where a manager sets another date
    href: str = ""
    source: str = ""
    directed: None = None  # the explanation says it already


def next_of(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The open deadlines, the longest overdue first, those without a date last."""
    open_ones = [each for each in deadlines if each.state is State.OPEN]
    dated = [(each.lasts_until, each) for each in open_ones if each.lasts_until is not None]
    undated = [each for each in open_ones if each.lasts_until is None]
    return [each for _, each in sorted(dated, key=lambda pair: pair[0])] + undated


def in_words(deadline: Deadline, framework: Framework, names: Names, set_date: str = "") -> DeadlineInWords:
    """One deadline. `names` are the given names of the family's members by person id."""
    return DeadlineInWords(
        title=deadline.title,
        due=due_in_words(deadline),
        status=deadline.status,
        explanation=deadline.explanation,
        rivals=_rivals(deadline),
        for_whom=names.get(deadline.for_id or "", ""),
        owed_by=framework.role(deadline.owed_by).title,
        framework_due=_framework_due(deadline) if deadline.directed else "",
        set_by=deadline.directed.by if deadline.directed else "",
        set_date=set_date,
    )


def by_state(
    deadlines: Iterable[Deadline], framework: Framework, names: Names, ids: Mapping[tuple[object, ...], int]
) -> list[tuple[str, list[DeadlineInWords]]]:
    """Every deadline by what became of it, soonest first. `ids` are those whose date this person may change."""
    ordered = sorted(deadlines, key=lambda each: (each.lasts_until is None, each.lasts_until or each.at, each.title))
    said = [in_words(each, framework, names, _set_date(each, ids)) for each in ordered]
    groups = [(title, [each for each in said if each.status in states]) for title, states in GROUPS.items()]
    return [(title, found) for title, found in groups if found]


def _set_date(deadline: Deadline, ids: Mapping[tuple[object, ...], int]) -> str:
    """The address where another date is set for a deadline, by the row that is kept of it."""
    key = key_of_derived(deadline)
    return url_if_any("set-date", ids[key]) if key in ids else ""


def due_in_words(deadline: Deadline) -> str:
    """The last day in time; the instant where hours are counted; what it waits for where there is no date."""
    if deadline.due_on:
        return day(deadline.due_on)
    if deadline.due_at:
        return f"{day(deadline.due_at)} at {clock_time(deadline.due_at)}"
    return "No date yet"


def _framework_due(deadline: Deadline) -> str:
    on, at = deadline.framework_due_on, deadline.framework_due_at
    return day(on) if on else f"{day(at)} at {clock_time(at)}" if at else ""


def _rivals(deadline: Deadline) -> tuple[RivalInWords, ...]:
    """The dates other readings give, each date once with all who give it."""
    said: dict[str, list[str]] = {}
    for rival in deadline.rivals:
        due = _rival_due(rival)
        if due and rival.source.label not in said.setdefault(due, []):
            said[due].append(rival.source.label)
    return tuple(RivalInWords(due, "; ".join(sources)) for due, sources in said.items())


def _rival_due(rival: RivalDue) -> str:
    if not rival.is_needed:
        return "Not needed"
    if rival.due_at:
        return f"{day(rival.due_at)} at {clock_time(rival.due_at)}"
    if rival.due_on and rival.earliest_on:
        return f"{day(rival.earliest_on)} to {day(rival.due_on)}"
    return day(rival.due_on)
