"""Recording what a tool scored."""

from datetime import datetime

from baton.assessments.models import ToolScore
from baton.assessments.permissions import may_score
from baton.assessments.policies import TO_SCORE, ScoreFacts
from baton.assessments.queries import tool_scores_are_for_each_child
from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.episodes.queries.stories import framework_of
from baton.people.models import Person
from baton.people.queries import children_of
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.happenings import Happening


@action(allowed=may_score, events=(Happening.TOOL_SCORED,))
def score_tool(
    *, episode: Episode, tool: str, person: Person | None, scored_at: datetime, result: str, by: User, at: datetime
) -> ToolScore:
    """Record what a tool of the framework scored, for one person or for the family as a whole.

    `tool` is a tool's id; the deadlines that wait for it are met.
    Raises `Refused` when a policy of `TO_SCORE` is not met.
    """
    titles = {each.id: each.title for each in framework_of(episode).tools}
    require(TO_SCORE, _facts(episode, tool, person, scored_at))
    score = ToolScore.objects.create(
        episode=episode,
        family_id=episode.family_id,
        person=person,
        tool=tool,
        scored_at=scored_at,
        result=result,
        by=by,
        recorded_at=at,
    )
    record_event(
        kind=Happening.TOOL_SCORED,
        episode=episode,
        record=score,
        at=scored_at,
        person=person,
        tool=tool,
        summary=f"{titles[tool]} scored" + (f" with {person.name}" if person else ""),
    )
    return score


def _facts(episode: Episode, tool: str, person: Person | None, scored_at: datetime) -> ScoreFacts:
    framework = framework_of(episode)
    return ScoreFacts(
        tool_is_listed=any(each.id == tool for each in framework.tools),
        is_for_each_child=tool_scores_are_for_each_child(framework, tool),
        is_about_a_child=person is not None and children_of(episode.family_id).filter(person=person).exists(),
        within_the_episode=episode.ended_at is None or scored_at <= episode.ended_at,
    )
