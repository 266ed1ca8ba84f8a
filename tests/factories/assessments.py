"""Assessments in any state, written by the actions themselves."""

from datetime import datetime, timedelta

from baton.assessments.actions import (
    authorise_assessment,
    mark_outcomes,
    save_answer,
    start_assessment,
    submit_assessment,
)
from baton.assessments.models import Assessment
from baton.assessments.queries import assessment_in_full
from baton.episodes.models import Episode
from baton.platform.guard import acting_as
from tests.factories.places import Place
from tests.factories.times import MONDAY

STARTED = MONDAY + timedelta(days=3)


def a_started_assessment(place: Place, episode: Episode, *, at: datetime = STARTED) -> Assessment:
    """An assessment the place's worker started, with nothing written yet."""
    with acting_as(place.worker):
        return start_assessment(episode=episode, focus="Mornings and school.", by=place.worker, at=at)


def a_written_assessment(place: Place, episode: Episode, *, at: datetime = STARTED) -> Assessment:
    """An assessment with something in every box of every question, and one outcome that needs help."""
    assessment = a_started_assessment(place, episode, at=at)
    with acting_as(place.worker):
        for asked in assessment_in_full(assessment.pk, on=at.date()).asked:
            whom = asked.person.given_name if asked.person else "the family"
            save_answer(
                assessment=assessment,
                question=asked.question.id,
                person=asked.person,
                texts={box: f"{box} of {whom} in {asked.question.id}" for box in asked.question.boxes},
                version=0,
                by=place.worker,
                at=at,
            )
        mark_outcomes(assessment=assessment, views={"good_education": "needed"}, version=0, by=place.worker, at=at)
        assessment.refresh_from_db()
    return assessment


def a_submitted_assessment(place: Place, episode: Episode, *, at: datetime = STARTED) -> Assessment:
    """A written assessment that the worker submitted two days later."""
    assessment = a_written_assessment(place, episode, at=at)
    with acting_as(place.worker):
        return submit_assessment(assessment=assessment, by=place.worker, at=at + timedelta(days=2))


def an_authorised_assessment(place: Place, episode: Episode, *, at: datetime = STARTED) -> Assessment:
    """A submitted assessment that the manager authorised three days after its start."""
    assessment = a_submitted_assessment(place, episode, at=at)
    with acting_as(place.manager):
        return authorise_assessment(assessment=assessment, by=place.manager, at=at + timedelta(days=3))
