"""Submitting an assessment, and the manager's answer to it."""

from datetime import datetime

from baton.assessments.models import Assessment, ManagerComment
from baton.assessments.permissions import may_judge, may_write
from baton.assessments.policies import TO_AUTHORISE, TO_RETURN, TO_SUBMIT, JudgeFacts
from baton.assessments.queries import assessment_in_full, facts_to_submit
from baton.episodes.actions import record_event
from baton.platform.actions import action
from baton.platform.clock import LONDON
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.happenings import Happening

State = Assessment.State


@action(allowed=may_write, events=(Happening.ASSESSMENT_SUBMITTED,))
def submit_assessment(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Give the assessment to the manager (DOR 12.4). Raises `Refused` when a policy of `TO_SUBMIT` is not met."""
    assessment = _locked(assessment)
    require(TO_SUBMIT, facts_to_submit(assessment_in_full(assessment.pk, on=at.astimezone(LONDON).date())))
    assessment.state, assessment.submitted_at, assessment.submitted_by = State.SUBMITTED, at, by
    assessment.save(update_fields=["state", "submitted_at", "submitted_by"])
    _record(Happening.ASSESSMENT_SUBMITTED, assessment, assessment, at, f"{by.name} submitted the assessment")
    return assessment


@action(allowed=may_judge, events=(Happening.ASSESSMENT_AUTHORISED,))
def authorise_assessment(*, assessment: Assessment, comment: str = "", by: User, at: datetime) -> Assessment:
    """Authorise a submitted assessment (DOR 12.4); from then on it is read-only.

    Raises `Refused` when a policy of `TO_AUTHORISE` is not met.
    """
    assessment = _locked(assessment)
    require(TO_AUTHORISE, JudgeFacts(assessment.state, judges_own_work=assessment.submitted_by_id == by.pk))
    if comment.strip():
        _comment(assessment, comment, by, at)
    assessment.state, assessment.authorised_at, assessment.authorised_by = State.AUTHORISED, at, by
    assessment.save(update_fields=["state", "authorised_at", "authorised_by"])
    _record(Happening.ASSESSMENT_AUTHORISED, assessment, assessment, at, f"{by.name} authorised the assessment")
    return assessment


@action(allowed=may_judge, events=(Happening.ASSESSMENT_RETURNED,))
def return_assessment(*, assessment: Assessment, comment: str, by: User, at: datetime) -> ManagerComment:
    """Return a submitted assessment to those who write it, saying what should change.

    Raises `Refused` when a policy of `TO_RETURN` is not met.
    """
    assessment = _locked(assessment)
    require(TO_RETURN, JudgeFacts(assessment.state, comment=comment))
    said = _comment(assessment, comment, by, at)
    assessment.state = State.RETURNED
    assessment.save(update_fields=["state"])
    _record(Happening.ASSESSMENT_RETURNED, assessment, said, at, f"{by.name} returned the assessment with comments")
    return said


def _locked(assessment: Assessment) -> Assessment:
    held = Assessment.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("episode").get(pk=assessment.pk)


def _comment(assessment: Assessment, text: str, by: User, at: datetime) -> ManagerComment:
    return ManagerComment.objects.create(
        assessment=assessment, family_id=assessment.family_id, text=text.strip(), by=by, at=at
    )


def _record(
    kind: Happening, assessment: Assessment, record: Assessment | ManagerComment, at: datetime, summary: str
) -> None:
    record_event(kind=kind, episode=assessment.episode, record=record, at=at, summary=summary)
