"""The assessment: written with the family, submitted, sometimes returned, authorised; and tools scored beside it."""

from collections.abc import Mapping
from datetime import datetime

from baton.assessments.actions import (
    authorise_assessment,
    mark_outcomes,
    return_assessment,
    save_answer,
    score_tool,
    start_assessment,
    submit_assessment,
)
from baton.assessments.models import Assessment
from baton.assessments.queries import assessment_in_full, tool_scores_are_for_each_child
from baton.demonstration.calendar import later
from baton.demonstration.texts import say
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.episodes.queries.stories import framework_of
from baton.people.queries import children_of
from baton.platform.models import User

RETURNED = 0.15
TEXT_OF_BOX: Mapping[str, str] = {
    "strengths": "answers_strengths",
    "worries": "worries",
    "childs_voice": "voices",
    "others_say": "others_say",
    "known": "answers_strengths",
    "views": "views_parent",
}
LEFT_EMPTY = 0.65


def assess(walk: Walk, episode: Episode, lead: User, manager: User, started_at: datetime) -> datetime:
    """The whole assessment. Returns when it was authorised."""
    with walk.step(lead, started_at):
        assessment = start_assessment(episode=episode, focus=say(walk.random, "needs"), by=lead, at=started_at)
    written_at = later(walk.random, started_at, usual=9, late=26, how_often_late=0.3)
    with walk.step(lead, written_at):
        _write(walk, assessment, lead, written_at)
        _score(walk, episode, lead, written_at)
        submit_assessment(assessment=assessment, by=lead, at=written_at)
    judged_at = later(walk.random, written_at, usual=2, late=7, how_often_late=0.15)
    if walk.random.random() < RETURNED:
        judged_at = _send_back_once(walk, assessment, lead, manager, judged_at)
    with walk.step(manager, judged_at):
        comment = say(walk.random, "comments_authorise")
        authorise_assessment(assessment=assessment, comment=comment, by=manager, at=judged_at)
    return judged_at


def _send_back_once(walk: Walk, assessment: Assessment, lead: User, manager: User, at: datetime) -> datetime:
    with walk.step(manager, at):
        return_assessment(assessment=assessment, comment=say(walk.random, "comments_return"), by=manager, at=at)
    again_at = later(walk.random, at, usual=2, late=6, how_often_late=0.2)
    with walk.step(lead, again_at):
        submit_assessment(assessment=assessment, by=lead, at=again_at)
    return later(walk.random, again_at, usual=1, late=4, how_often_late=0.1)


def _write(walk: Walk, assessment: Assessment, lead: User, at: datetime) -> None:
    """Something under the first question of each section and under most others, of everybody it is about."""
    in_full = assessment_in_full(assessment.pk, on=at.date())
    firsts = {section.questions[0].id for section in in_full.framework.assessment.sections if section.questions}
    for asked in in_full.asked:
        if asked.question.id in firsts or walk.random.random() > LEFT_EMPTY:
            texts: dict[str, str] = {
                box: say(walk.random, TEXT_OF_BOX.get(box, "assessment_analyses")) for box in asked.question.boxes
            }
            save_answer(
                assessment=assessment,
                question=asked.question.id,
                person=asked.person,
                texts=texts,
                version=0,
                by=lead,
                at=at,
            )
    outcomes = [outcome.id for outcome in in_full.framework.outcomes]
    needed = set(walk.random.sample(outcomes, 3))
    views = {outcome: "needed" if outcome in needed else "met" for outcome in outcomes}
    mark_outcomes(assessment=assessment, views=views, version=in_full.assessment.outcomes_version, by=lead, at=at)


def _score(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """The first tool of the framework with the family, and what its rules want scored for each child."""
    framework = framework_of(episode)
    for tool in framework.tools[:2]:
        for_each = tool_scores_are_for_each_child(framework, tool.id)
        children = [member.person for member in children_of(episode.family_id)]
        for person in children if for_each or tool.id == "my_star" else [None]:
            score_tool(
                episode=episode,
                tool=tool.id,
                person=person,
                scored_at=at,
                result=say(walk.random, "tool_results"),
                by=lead,
                at=at,
            )
