"""What the register reads: the frameworks of every place, and what one rule gives from one start. No database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from baton.practice import deadlines as engine
from baton.practice.citations import Document, Source
from baton.practice.facts import Child, EpisodeFacts, Happened
from baton.practice.frameworks import Contradiction, Framework
from baton.practice.loading import UnknownFrameworkError, framework_in_force, places
from baton.practice.timescales import Scope, Timescale


@dataclass(frozen=True)
class Worked:
    """What one rule gives from one start: the deadline with its rivals, and the framework it comes from."""

    framework: Framework
    deadline: engine.Deadline


def frameworks_in_force(own: str, *, on: date) -> list[Framework]:
    """The framework of every place that has one in force on a day, the own place's first."""
    found = []
    for place in sorted(places(), key=lambda name: (name != own, name)):
        try:
            found.append(framework_in_force(place, on=on))
        except UnknownFrameworkError:
            continue
    return found


def rules_by_theme(framework: Framework) -> list[tuple[str, list[Timescale]]]:
    """The rules of a framework, themes in the order in which the framework first names them."""
    order = list(dict.fromkeys(rule.theme for rule in framework.timescales))
    rules = sorted(framework.timescales, key=lambda rule: order.index(rule.theme))
    return [(theme, list(of_theme)) for theme, of_theme in groupby(rules, key=lambda rule: rule.theme)]


def every_rule(framework: Framework) -> tuple[Timescale, ...]:
    """Everything of a framework that has a clock: its rules, then its points of oversight."""
    return framework.timescales + tuple(prompt.timescale for prompt in framework.oversight)


def rules_to_work_out(framework: Framework) -> tuple[Timescale, ...]:
    """The rules whose clock starts at one event, and not with a month or a year."""
    return tuple(rule for rule in every_rule(framework) if rule.scope in (Scope.EPISODE, Scope.TEAM, Scope.LOCALITY))


def contradictions_of(framework: Framework) -> tuple[Contradiction, ...]:
    """The rules on which a framework's documents disagree."""
    return framework.contradictions


def documents_cited(framework: Framework) -> list[Document]:
    """The documents that a framework takes anything from, in the order of their titles."""
    codes = {source.document for source in _sources(framework) if source}
    return sorted((framework.documents[code] for code in codes), key=lambda document: document.title)


def _sources(framework: Framework) -> Iterator[Source | None]:
    for rule in every_rule(framework):
        yield from rule.sources
        yield from (rival.source for rival in rule.rivals)
    yield from (each.source for each in framework.unset)
    yield from (each.source for each in framework.records)
    yield from (each.source for each in framework.levels)
    yield from (each.source for each in framework.agreement)
    yield from (each.source for each in framework.lawful_bases)
    yield from (each.source for each in (*framework.reasons, *framework.outcomes, *framework.closure_reasons))


def work_out(framework: Framework, rule: Timescale, *, start: datetime) -> Worked | None:
    """What the rule gives for a clock that starts at a moment; None when the rule was not in force then.

    The episode is one the rule applies to. Raises ValueError when the due date lies beyond the calendar.
    """
    alone = replace(framework, timescales=(replace(rule, scope=Scope.EPISODE),), oversight=())
    trigger = rule.starts_with[0]
    begun = Happened(
        kind=trigger.event,
        at=start,
        tool=min(trigger.tools) if trigger.tools else None,
        meeting=trigger.meeting,
        point=trigger.point,
    )
    found = engine.deadlines(alone, _an_episode_it_applies_to(rule), [begun], at=start)
    started = [deadline for deadline in found if deadline.started]
    return Worked(framework, started[0]) if started else None


def _an_episode_it_applies_to(rule: Timescale) -> EpisodeFacts:
    levels, routes = rule.applies.levels, rule.applies.routes
    only_step_down = routes is not None and "request" not in routes
    return EpisodeFacts(
        level=min(levels) if levels else None,
        route="step_down" if only_step_down else "request",
        children=(Child(id="child", date_of_birth=None),),
    )
