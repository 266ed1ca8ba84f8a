"""Scores of tools, and which the framework still waits for."""

from dataclasses import dataclass

from baton.assessments.models import ToolScore
from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.stories import framework_of
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.timescales import Timescale

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Awaited:
    """A deadline that a score would meet."""

    deadline: Deadline
    tools: frozenset[str]
    all_of_them: bool


def tool_scores(episode: Episode) -> list[ToolScore]:
    """What was scored in the episode, newest first. One query."""
    scores = ToolScore.objects.filter(episode=episode).select_related("person", "by")
    return list(scores.order_by("-scored_at", "-id")[:MOST_AT_ONCE])


def scores_awaited(episode: Episode) -> list[Awaited]:
    """The open deadlines of the episode that a score would meet, earliest due first. One query."""
    rules = {rule.id: rule for rule in framework_of(episode).clocks if _tools_of(rule)}
    open_ones = Deadline.objects.filter(episode=episode, state=Deadline.State.OPEN, timescale__in=rules)
    ordered = open_ones.select_related("person").order_by("lasts_until", "id")
    return [_awaited(deadline, rules[deadline.timescale]) for deadline in ordered]


def tool_scores_are_for_each_child(framework: Framework, tool_id: str) -> bool:
    """Whether the framework waits for this tool to be scored for each child apart. No query."""
    return any(rule.applies.for_each_child and tool_id in _tools_of(rule) for rule in framework.clocks)


def _awaited(deadline: Deadline, rule: Timescale) -> Awaited:
    return Awaited(deadline, _tools_of(rule), all_of_them=rule.stops_when == "all")


def _tools_of(rule: Timescale) -> frozenset[str]:
    """The tools whose score stops a rule's clock."""
    stops = (trigger for trigger in rule.stops_with if trigger.event is Happening.TOOL_SCORED)
    return frozenset(tool for trigger in stops for tool in trigger.tools or ())
