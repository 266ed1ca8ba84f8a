"""Starting an assessment, and a new version of one."""

from datetime import datetime

from baton.assessments.models import Answer, Assessment, OutcomeView
from baton.assessments.permissions import may_start, may_write
from baton.assessments.policies import TO_REVISE, TO_START, RevisionFacts, StartFacts
from baton.assessments.states import AUTHORISED
from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.episodes.queries.stories import framework_of
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening


@action(allowed=may_start, events=(Happening.ASSESSMENT_STARTED,))
def start_assessment(
    *,
    episode: Episode,
    focus: str,
    when_and_where: str = "",
    who_to_speak_to: str = "",
    aids: str = "",
    by: User,
    at: datetime,
) -> Assessment:
    """Start the assessment of an episode with the plan for it (DOR practice standards, planning the assessment).

    It goes as deep as the episode's level. Raises `Refused` when a policy of `TO_START` is not met.
    """
    episode = Episode.objects.select_for_update(no_key=True).get(pk=episode.pk)
    newest = Assessment.objects.filter(episode=episode).order_by("-number").first()
    require(TO_START, _start_facts(episode, newest))
    assessment = Assessment.objects.create(
        episode=episode,
        family_id=episode.family_id,
        number=newest.number + 1 if newest else 1,
        level=_depth(framework_of(episode), episode.level),
        focus=focus,
        when_and_where=when_and_where,
        who_to_speak_to=who_to_speak_to,
        aids=aids,
        started_at=at,
        started_by=by,
        edited_by=by,
    )
    _record_start(assessment, at)
    return assessment


@action(allowed=may_write, events=(Happening.ASSESSMENT_STARTED,))
def revise_assessment(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Start a new version of an authorised assessment, with all that is written in it. Returns the new version.

    Raises `Refused` when a policy of `TO_REVISE` is not met.
    """
    episode = Episode.objects.select_for_update(no_key=True).get(pk=assessment.episode_id)
    newest = Assessment.objects.filter(episode=episode).order_by("-number")[0]
    before = Assessment.objects.get(pk=assessment.pk)
    require(TO_REVISE, RevisionFacts(episode.is_open, before.state, is_the_newest=newest.pk == before.pk))
    after = Assessment.objects.create(
        episode=episode,
        family_id=episode.family_id,
        number=before.number + 1,
        level=_depth(framework_of(episode), episode.level),
        focus=before.focus,
        when_and_where=before.when_and_where,
        who_to_speak_to=before.who_to_speak_to,
        aids=before.aids,
        started_at=at,
        started_by=by,
        edited_by=by,
    )
    _copy_what_is_written(before, after)
    _record_start(after, at)
    return after


def _start_facts(episode: Episode, newest: Assessment | None) -> StartFacts:
    return StartFacts(episode.is_open, one_is_being_written=newest is not None and newest.state != AUTHORISED)


def _depth(framework: Framework, level: int | None) -> int | None:
    """The level whose questions are asked; where the framework asks nothing at this level, everything is asked."""
    return level if level is not None and framework.assessment.asked_at(level) else None


def _record_start(assessment: Assessment, at: datetime) -> None:
    which = "Assessment" if assessment.number == 1 else f"Version {assessment.number} of the assessment"
    record_event(
        kind=Happening.ASSESSMENT_STARTED,
        episode=assessment.episode,
        record=assessment,
        at=at,
        summary=f"{which} started",
    )


def _copy_what_is_written(before: Assessment, after: Assessment) -> None:
    """Answers and outcomes, with who wrote them when."""
    answers = list(Answer.objects.filter(assessment=before))
    for answer in answers:
        answer.pk, answer.assessment = None, after
    Answer.objects.bulk_create(answers)
    outcomes = list(OutcomeView.objects.filter(assessment=before))
    for outcome in outcomes:
        outcome.pk, outcome.assessment = None, after
    OutcomeView.objects.bulk_create(outcomes)
