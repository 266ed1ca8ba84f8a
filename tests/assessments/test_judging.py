"""Submitting, authorising and returning an assessment; what is read-only then, and new versions."""

from datetime import timedelta

import pytest
from django.db import connection

from baton.assessments.actions import (
    authorise_assessment,
    mark_outcomes,
    return_assessment,
    revise_assessment,
    save_answer,
    submit_assessment,
)
from baton.assessments.models import Answer, Assessment, ManagerComment, OutcomeView
from baton.episodes.models import Deadline, Episode, Event
from baton.platform.guard import acting_as
from baton.platform.refusals import NotAllowed, Refused
from baton.practice.happenings import Happening
from tests.assessments.in_writing import LATER, QUESTION, children, refused_by_the_database, write
from tests.factories import Place, a_family, an_allocated_episode
from tests.factories.assessments import (
    a_started_assessment,
    a_submitted_assessment,
    a_written_assessment,
    an_authorised_assessment,
)

pytestmark = pytest.mark.django_db


def test_an_empty_assessment_is_not_submitted(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker), pytest.raises(Refused) as refusal:
        submit_assessment(assessment=assessment, by=place.worker, at=LATER)
    assert len(refusal.value.sentences) == 5


def test_one_child_without_a_voice_holds_the_assessment_back(place: Place, episode: Episode) -> None:
    assessment = a_written_assessment(place, episode)
    younger = children(place, episode)[1]
    with acting_as(place.worker):
        for answer in Answer.objects.filter(person=younger):
            texts = {"childs_voice": ""} if answer.childs_voice else {}
            save_answer(
                assessment=assessment,
                question=answer.question,
                person=younger,
                texts=texts,
                version=answer.version,
                by=place.worker,
                at=LATER,
            )
        with pytest.raises(Refused, match="what each child says"):
            submit_assessment(assessment=assessment, by=place.worker, at=LATER)


def test_submitted_it_is_with_the_manager_and_nobody_writes_in_it(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    assert (assessment.state, assessment.submitted_by_id) == ("submitted", place.worker.pk)
    with acting_as(place.worker):
        assert Event.objects.filter(kind=Happening.ASSESSMENT_SUBMITTED, record_id=assessment.pk).exists()
        with pytest.raises(Refused, match="cannot be changed now"):
            write(assessment, "Too late.", version=1, by=place.worker)
        with pytest.raises(Refused, match="submitted already"):
            submit_assessment(assessment=assessment, by=place.worker, at=LATER)


def test_authorised_it_starts_the_clock_of_what_follows(place: Place, episode: Episode) -> None:
    assessment = an_authorised_assessment(place, episode)
    with acting_as(place.manager):
        assert (assessment.state, assessment.authorised_by_id) == ("authorised", place.manager.pk)
        assert Event.objects.filter(kind=Happening.ASSESSMENT_AUTHORISED, record_id=assessment.pk).exists()
        deadline = Deadline.objects.get(episode=episode, timescale="planning_meeting")
        assert (deadline.state, deadline.started_at) == (Deadline.State.OPEN, assessment.authorised_at)


def test_a_practitioner_cannot_authorise_or_return(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    for person in (place.worker, place.colleague, place.hub_adviser, place.administrator, place.other_manager):
        with acting_as(person):
            with pytest.raises(NotAllowed):
                authorise_assessment(assessment=assessment, by=person, at=LATER)
            with pytest.raises(NotAllowed):
                return_assessment(assessment=assessment, comment="No.", by=person, at=LATER)


def test_a_manager_does_not_authorise_what_they_submitted_but_their_service_manager_does(
    place: Place, episode: Episode
) -> None:
    assessment = a_written_assessment(place, episode)
    with acting_as(place.manager):
        submit_assessment(assessment=assessment, by=place.manager, at=LATER)
        with pytest.raises(Refused, match="yourself"):
            authorise_assessment(assessment=assessment, by=place.manager, at=LATER)
    with acting_as(place.service_manager):
        done = authorise_assessment(assessment=assessment, by=place.service_manager, at=LATER)
    assert done.state == "authorised"


def test_returned_with_comments_it_is_written_in_and_submitted_again(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    with acting_as(place.manager):
        with pytest.raises(Refused, match="what should change"):
            return_assessment(assessment=assessment, comment="  ", by=place.manager, at=LATER)
        said = return_assessment(assessment=assessment, comment="More of Ashby.", by=place.manager, at=LATER)
        assert (said.text, said.by_id) == ("More of Ashby.", place.manager.pk)
        assert Event.objects.get(kind=Happening.ASSESSMENT_RETURNED).record_id == said.pk
    with acting_as(place.worker):
        write(assessment, "More of Ashby here.", version=1, by=place.worker)
        again = submit_assessment(assessment=assessment, by=place.worker, at=LATER + timedelta(days=1))
        assert again.state == "submitted"
    with acting_as(place.manager):
        authorise_assessment(assessment=assessment, comment="Good.", by=place.manager, at=LATER + timedelta(days=2))
        assert ManagerComment.objects.filter(assessment=assessment).count() == 2


def test_two_returns_are_two_happenings(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    for day in (0, 2):
        with acting_as(place.manager):
            return_assessment(assessment=assessment, comment="More.", by=place.manager, at=LATER + timedelta(days=day))
        with acting_as(place.worker):
            submit_assessment(assessment=assessment, by=place.worker, at=LATER + timedelta(days=day + 1))
            assert Event.objects.filter(kind=Happening.ASSESSMENT_RETURNED).count() == day // 2 + 1


def test_nobody_writes_in_an_authorised_assessment(place: Place, episode: Episode) -> None:
    assessment = an_authorised_assessment(place, episode)
    with acting_as(place.worker):
        with pytest.raises(Refused, match="cannot be changed"):
            write(assessment, "Changed.", version=1, by=place.worker)
        with pytest.raises(Refused, match="cannot be changed"):
            mark_outcomes(assessment=assessment, views={"health": "met"}, version=1, by=place.worker, at=LATER)


def test_the_database_refuses_changes_to_an_authorised_assessment(place: Place, episode: Episode) -> None:
    assessment = an_authorised_assessment(place, episode)
    with acting_as(place.manager):
        with refused_by_the_database():
            Answer.objects.filter(assessment=assessment).update(worries="Changed behind its back")
        with refused_by_the_database():
            Answer.objects.filter(assessment=assessment).delete()
        with refused_by_the_database():
            OutcomeView.objects.create(
                assessment=assessment, family_id=assessment.family_id, outcome="health", view="met"
            )
        with refused_by_the_database():
            ManagerComment.objects.create(
                assessment=assessment, family_id=assessment.family_id, text="Late", by=place.manager, at=LATER
            )
        with refused_by_the_database():
            Assessment.objects.filter(pk=assessment.pk).update(focus="Another")
        with refused_by_the_database():
            Assessment.objects.filter(pk=assessment.pk).update(state="started", authorised_at=None)
        assert not Answer.objects.filter(worries="Changed behind its back").exists()


def test_an_answer_cannot_be_moved_into_an_authorised_assessment(place: Place, episode: Episode) -> None:
    authorised = an_authorised_assessment(place, episode)
    other = an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Brindlewick"))
    draft = a_started_assessment(place, other)
    with acting_as(place.worker):
        answer = write(draft, "Elsewhere.", version=0, by=place.worker)
        with refused_by_the_database():
            Answer.objects.filter(pk=answer.pk).update(assessment=authorised, question="moved")


def test_the_owner_of_the_tables_may_load_and_erase() -> None:
    """What the owner does is not seen within a test's transaction, so this reads whom the trigger lets through."""
    with connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname = 'assessments_stay_authorised'")
        assert "pg_has_role(current_user, (select relowner" in cursor.fetchone()[0]


def test_a_new_version_begins_with_all_that_was_written(place: Place, episode: Episode) -> None:
    before = an_authorised_assessment(place, episode)
    with acting_as(place.worker):
        after = revise_assessment(assessment=before, by=place.worker, at=LATER)
        assert (after.number, after.state, after.focus) == (2, "started", before.focus)
        assert after.answers.count() == before.answers.count() > 0
        assert list(after.outcomes.values_list("outcome", "view")) == [("good_education", "needed")]
        write(after, "Now better.", version=1, by=place.worker)
        assert before.answers.get(question=QUESTION).worries != "Now better."
        assert Event.objects.filter(kind=Happening.ASSESSMENT_STARTED).count() == 2


def test_a_new_version_follows_only_the_newest_authorised_one(place: Place, episode: Episode) -> None:
    written = a_submitted_assessment(place, episode)
    with acting_as(place.worker), pytest.raises(Refused, match="not authorised yet"):
        revise_assessment(assessment=written, by=place.worker, at=LATER)
    with acting_as(place.manager):
        first = authorise_assessment(assessment=written, by=place.manager, at=LATER)
        revise_assessment(assessment=first, by=place.manager, at=LATER)
        with pytest.raises(Refused, match="newer version"):
            revise_assessment(assessment=first, by=place.manager, at=LATER)


def test_a_second_authorised_version_leaves_the_clocks_of_the_first(place: Place, episode: Episode) -> None:
    first = an_authorised_assessment(place, episode)
    with acting_as(place.worker):
        second = revise_assessment(assessment=first, by=place.worker, at=LATER)
        submit_assessment(assessment=second, by=place.worker, at=LATER)
    with acting_as(place.manager):
        authorise_assessment(assessment=second, by=place.manager, at=LATER + timedelta(days=60))
        assert Deadline.objects.get(episode=episode, timescale="planning_meeting").started_at == first.authorised_at
