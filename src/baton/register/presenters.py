"""Rules in words, for people who read them on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from baton.platform.dates_in_words import clock_time, day
from baton.practice.citations import Source
from baton.practice.frameworks import Contradiction, Framework, Processing
from baton.practice.rivals import RivalDue
from baton.practice.spans import Span
from baton.practice.timescales import Clock, Rival, Scope, Timescale, Trigger
from baton.register.queries import Worked, rules_by_theme, rules_to_work_out

FOR_OTHERS = {
    Scope.TEAM: "Counted for each team",
    Scope.LOCALITY: "Counted for each locality",
    Scope.MONTH: "Counted each month",
    Scope.QUARTER: "Counted each quarter",
    Scope.YEAR: "Counted each year",
    Scope.MEASURE: "Counted in measures only",
}


@dataclass(frozen=True)
class Reading:
    """One way to read a rule: what it gives, who says so and why it is kept."""

    words: str
    sources: tuple[Source, ...]
    note: str = ""

    @property
    def source(self) -> str:
        return sources_in_words(self.sources)


@dataclass(frozen=True)
class RuleInWords:
    """A rule as the register shows it."""

    id: str
    title: str
    says: str
    adopted: Reading
    rivals: tuple[Reading, ...]
    owed_by: str
    applies: str
    in_force: str
    checked_on: date
    warned: str
    calculator: str


@dataclass(frozen=True)
class ProcessingInWords:
    """A purpose of processing with its basis as rows, or none where the council has set none."""

    id: str
    title: str
    rows: tuple[tuple[str, str], ...]
    note: str
    source: str


@dataclass(frozen=True)
class WorkedInWords:
    """The calculator's answer."""

    place: str
    title: str
    due: str
    explanation: str
    source: str
    rivals: tuple[Reading, ...]


def themes_in_words(framework: Framework) -> list[tuple[str, list[RuleInWords]]]:
    """The rules of a framework by theme."""
    return [(theme, [rule_in_words(framework, rule) for rule in rules]) for theme, rules in rules_by_theme(framework)]


def rule_in_words(framework: Framework, rule: Timescale) -> RuleInWords:
    """One rule with everything the register says of it."""
    return RuleInWords(
        id=rule.id,
        title=rule.title,
        says=rule.says,
        adopted=Reading(amount_in_words(rule), rule.sources),
        rivals=_said_once([_rival_in_words(rule, rival) for rival in rule.rivals]),
        owed_by=framework.role(rule.owed_by).title,
        applies=_applies_in_words(framework, rule),
        in_force=_in_force(rule),
        checked_on=rule.checked_on,
        warned=f"Due soon from {rule.warn} before",
        calculator=_calculator(framework, rule),
    )


def contradictions_in_words(framework: Framework, found: Iterable[Contradiction]) -> list[RuleInWords]:
    """The rules on which documents disagree."""
    return [rule_in_words(framework, each.timescale) for each in found]


def processing_in_words(framework: Framework) -> list[ProcessingInWords]:
    """The purposes of processing in the order the place lists them."""
    return [_processing(each) for each in framework.lawful_bases]


def _processing(each: Processing) -> ProcessingInWords:
    rows: list[tuple[str, str]] = []
    if each.basis:
        since = f"From {_long(each.in_force_from)}" if each.in_force_from else ""
        until = f" until {_long(each.in_force_until)}" if each.in_force_until else ""
        rows = [
            ("Lawful basis", each.basis),
            ("For health and other sensitive data", each.condition or "Not set"),
            ("Set by", each.set_by),
            ("In force", f"{since}{until}"),
        ]
    return ProcessingInWords(each.id, each.title, tuple(rows), each.note, each.source.label if each.source else "")


def amount_in_words(rule: Timescale) -> str:
    """When a rule's deadline falls: "Every six weeks, counted from the planning meeting"."""
    starts = _nouns(rule.starts_with)
    if rule.within is None:
        return f"Before {starts}" if rule.comes_first else f"By the day of {_nouns(rule.due_with)}"
    return _span_from(rule, rule.within, starts)


def sources_in_words(sources: Iterable[Source]) -> str:
    """Citations one after the other, each document named once: "Dorset framework 10.1 and 14.1"."""
    said: dict[str, list[str]] = {}
    for source in sources:
        names = said.setdefault(source.document, [])
        name = source.called if names else source.label
        if name not in names and source.label not in names:
            names.append(name)
    return "; ".join(_listed(names) for names in said.values())


def worked_in_words(worked: Worked) -> WorkedInWords:
    """The due date, why, and what the other readings would have given from the same start."""
    deadline = worked.deadline
    return WorkedInWords(
        place=worked.framework.name,
        title=deadline.title,
        due=due_in_words(deadline.due_on, deadline.due_at) or "No date yet",
        explanation=deadline.explanation,
        source=sources_in_words(deadline.rule.sources),
        rivals=_said_once([_worked_rival(deadline.rule, each) for each in deadline.rivals]),
    )


def due_in_words(due_on: date | None, due_at: datetime | None) -> str:
    """ "Friday 18 December 2026", or with the time where hours are counted; nothing for no date."""
    if due_on:
        return day(due_on)
    return f"{day(due_at)} at {clock_time(due_at)}" if due_at else ""


def _worked_rival(rule: Timescale, worked: RivalDue) -> Reading:
    reading = _rival_in_words(rule, worked.reading)
    due = due_in_words(worked.due_on, worked.due_at)
    if due and worked.earliest_on:
        due = f"Between {day(worked.earliest_on)} and {due}"
    return Reading(due or reading.words, reading.sources, f"{reading.words}. {reading.note}" if due else reading.note)


def _rival_in_words(rule: Timescale, rival: Rival) -> Reading:
    words = _span_from(rule, rival.within or rule.within, _nouns(rival.starts_with or rule.starts_with))
    if rival.age_from:
        words = f"{words}, for children aged {rival.age_from} or over"
    return Reading(words, (rival.source,), rival.note)


def _span_from(rule: Timescale, within: Span | None, starts: str) -> str:
    if rule.clock is not Clock.REPEATING:
        return f"{_first_capital(str(within))} after {starts}"
    every = f"Every {str(within).removeprefix('one ')}"
    return f"{every}, counted from {starts}" if rule.scope is Scope.EPISODE else every


def _said_once(readings: list[Reading]) -> tuple[Reading, ...]:
    """Readings that come to the same, as one with all of its sources."""
    said: dict[str, Reading] = {}
    for each in readings:
        before = said.get(each.words)
        note = each.note if before is None or each.note in before.note else f"{before.note} {each.note}"
        sources = (*before.sources, *each.sources) if before else each.sources
        said[each.words] = Reading(each.words, sources, note)
    return tuple(said.values())


def _applies_in_words(framework: Framework, rule: Timescale) -> str:
    applies, said = rule.applies, []
    if rule.scope in FOR_OTHERS:
        said.append(FOR_OTHERS[rule.scope])
    if applies.levels:
        said.append(f"At level {' and '.join(map(str, sorted(applies.levels)))}")
    if applies.routes:
        said.append("After a request" if "request" in applies.routes else "After a step-down")
    if applies.for_each_child:
        said.append(f"For each child{f' aged {applies.age_from} or over' if applies.age_from else ''}")
    titles = [each.title for each in framework.exceptions if each.id in applies.unless_flags]
    if titles:
        said.append(f"Not for: {'; '.join(titles).lower()}")
    return ". ".join(said) or "For every family"


def _calculator(framework: Framework, rule: Timescale) -> str:
    """The address that opens the calculator with this rule; nothing where it cannot work the rule out."""
    if rule not in rules_to_work_out(framework):
        return ""
    return f"{reverse('calculator')}?{urlencode({'rule': f'{framework.place}.{rule.id}'})}"


def _in_force(rule: Timescale) -> str:
    since = f"In force since {_long(rule.in_force_from)}"
    return f"{since} until {_long(rule.in_force_until)}" if rule.in_force_until else since


def _long(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _nouns(triggers: Iterable[Trigger]) -> str:
    return " or ".join(dict.fromkeys(trigger.event.noun for trigger in triggers))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
