"""Deadlines in words: what is owed by when and why, its source, and what other readings would have given."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from baton.practice.calendar import LONDON, day_of
from baton.practice.happenings import Happening
from baton.practice.ledger import Moment
from baton.practice.timescales import Rival, Timescale, Trigger

if TYPE_CHECKING:
    from baton.practice.deadlines import Deadline


def explain(deadline: Deadline) -> str:
    """What is owed by when and why, its source, and what the rival readings say, as a short paragraph."""
    others = "" if deadline.state == "not_needed" else _rivals(deadline.rule)
    sentences = (_standing(deadline), _framework_beside(deadline), f"{deadline.source.label}.", others)
    return " ".join(sentence for sentence in sentences if sentence)


def day_in_words(day: date) -> str:
    """A day in full: "Friday 18 December 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def instant_in_words(instant: datetime) -> str:
    """An instant in full, in London time: "09:30 on Wednesday 7 October 2026"."""
    local = instant.astimezone(LONDON)
    return f"{local:%H:%M} on {day_in_words(local.date())}"


def _standing(deadline: Deadline) -> str:
    return {
        "not_needed": _not_needed,
        "not_started": _not_started,
        "open": _open,
        "met": _met,
        "met_late": _met_late,
        "ended_unmet": _ended_unmet,
    }[deadline.state](deadline)


def _not_needed(deadline: Deadline) -> str:
    why = deadline.why_not or "the rule is for others"
    return f"{deadline.title} not needed: {why}."


def _not_started(deadline: Deadline) -> str:
    title, rule = deadline.title, deadline.rule
    if deadline.directed:
        return f"{title} due by {_due(deadline)}, {_set_by(deadline)}."
    if deadline.why_not:
        return f"{title} has no date yet: {deadline.why_not}."
    return f"{title} has no date yet: it is due {_rule(rule)}, and that has not happened."


def _open(deadline: Deadline) -> str:
    due = _due(deadline)
    if not due:
        return f"{deadline.title} due {_rule(deadline.rule)}, which has not happened yet."
    return f"{deadline.title} due by {due}{_reason(deadline)}."


def _met(deadline: Deadline) -> str:
    done = f"{deadline.title} done on {_on(deadline.stopped)}, in time"
    due = _due(deadline)
    return f"{done}. It was due by {due}{_reason(deadline)}." if due else f"{done}: it is due {_rule(deadline.rule)}."


def _met_late(deadline: Deadline) -> str:
    return f"{deadline.title} done late, on {_on(deadline.stopped)}. It was due by {_due(deadline)}{_reason(deadline)}."


def _ended_unmet(deadline: Deadline) -> str:
    ended = f"{deadline.title} not done before {_noun(deadline.ended)} on {_on(deadline.ended)}"
    due = _due(deadline)
    if not due:
        return f"{ended}: it is due {_rule(deadline.rule)}."
    already = "was due by" if deadline.fell_due_before_end else "would have been due by"
    return f"{ended}. It {already} {due}{_reason(deadline)}."


def _due(deadline: Deadline) -> str:
    if deadline.due_on:
        return day_in_words(deadline.due_on)
    return instant_in_words(deadline.due_at) if deadline.due_at else ""


def _reason(deadline: Deadline) -> str:
    return f", {_set_by(deadline)}" if deadline.directed else f": {_counted(deadline)}"


def _set_by(deadline: Deadline) -> str:
    directed = deadline.directed
    return f"a date set by {directed.by}: {directed.reason.rstrip('.')}" if directed else ""


def _framework_beside(deadline: Deadline) -> str:
    """The framework's own date, where a manager set another."""
    if not deadline.directed or not deadline.started:
        return ""
    on, at = deadline.framework_due_on, deadline.framework_due_at
    when = day_in_words(on) if on else instant_in_words(at) if at else ""
    return f"The framework gives {when}: {_counted(deadline)}." if when else ""


def _counted(deadline: Deadline) -> str:
    """How the framework's date came about: "six weeks after the planning meeting on 6 November"."""
    rule, started = deadline.rule, deadline.started
    due = deadline.framework_due_on or (deadline.framework_due_at and day_of(deadline.framework_due_at))
    if rule.within is None or started is None:
        return _rule(rule)
    clock = f" at {started.happened.at.astimezone(LONDON):%H:%M}" if rule.within.in_hours else ""
    year = f" {started.on.year}" if due and due.year != started.on.year else ""
    return f"{rule.within} after {_noun(started)} on {started.on.day} {started.on:%B}{year}{clock}"


def _rule(rule: Timescale) -> str:
    """The rule without dates: "six weeks after the planning meeting", "on the day of the visit"."""
    if rule.within is not None:
        return f"{rule.within} after {_nouns(rule.starts_with)}"
    if rule.comes_first:
        return f"before {_nouns(rule.starts_with)}"
    return f"by the day of {_nouns(rule.due_with)}"


def _rivals(rule: Timescale) -> str:
    """What the other readings say, one sentence for those that say the same."""
    said: dict[str, list[str]] = {}
    for rival in rule.rivals:
        names = said.setdefault(_reading(rival), [])
        if rival.source.called not in names:
            names.append(rival.source.called)
    return " ".join(f"Under {_listed(names)} it would be {reading}." for reading, names in said.items())


def _reading(rival: Rival) -> str:
    start = f" after {_nouns(rival.starts_with)}" if rival.starts_with else ""
    age = f"for a child aged {rival.age_from} or over" if rival.age_from else ""
    span = f"{rival.within}{start}" if rival.within else ""
    return " ".join(part for part in (span, age) if part)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _nouns(triggers: tuple[Trigger, ...]) -> str:
    return " or ".join(dict.fromkeys(trigger.event.noun for trigger in triggers))


def _noun(moment: Moment | None) -> str:
    return Happening(moment.happened.kind).noun if moment else ""


def _on(moment: Moment | None) -> str:
    return day_in_words(moment.on) if moment else ""
