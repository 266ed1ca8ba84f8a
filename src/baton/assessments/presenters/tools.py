"""Scores of tools, and what is still to be scored."""

from collections.abc import Iterable, Iterator

from baton.assessments.models import ToolScore
from baton.assessments.queries import Awaited
from baton.people.models import FamilyMember
from baton.platform import dates_in_words
from baton.practice.frameworks import Framework


def people_choices(members: Iterable[FamilyMember]) -> list[tuple[str, str]]:
    """The members of a family as choices, each with their part in it."""
    return [
        (str(member.person_id), f"{member.person.name} ({member.relationship or member.get_part_display().lower()})")
        for member in members
    ]


def score_rows(scores: Iterable[ToolScore], framework: Framework) -> list[tuple[str, ...]]:
    """Scores over time: tool, for whom, when, result, by whom; each tool's together, newest first."""
    titles = {tool.id: tool.title for tool in framework.tools}
    order = list(titles)
    ranked = sorted(scores, key=lambda score: order.index(score.tool) if score.tool in titles else len(order))
    return [
        (
            titles.get(score.tool, score.tool),
            score.person.name if score.person else "The family",
            dates_in_words.moment(score.scored_at),
            score.result,
            score.by.name,
        )
        for score in ranked
    ]


def awaited_lines(awaited: Iterable[Awaited], framework: Framework) -> Iterator[str]:
    """What the framework still waits for, a line each."""
    titles = {tool.id: tool.title for tool in framework.tools}
    for one in awaited:
        deadline = one.deadline
        joined = " and " if one.all_of_them else " or "
        tools = joined.join(title for tool, title in titles.items() if tool in one.tools)
        whom = f" with {deadline.person.name}" if deadline.person else ""
        due = f", by {dates_in_words.long_day(deadline.due_on)}" if deadline.due_on else ""
        yield f"{deadline.title}{whom}{due}: {tools}"
