"""Starting an assessment and writing in it."""

import pytest

from baton.assessments.actions import (
    change_assessment_plan,
    mark_outcomes,
    save_answer,
    start_assessment,
)
from baton.assessments.models import Answer, OutcomeView
from baton.episodes.actions import step_up
from baton.episodes.models import Episode, Event
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import EditedMeanwhile, Refused
from baton.practice.happenings import Happening
from tests.assessments.in_writing import LATER, QUESTION, children, write
from tests.factories import Place, an_allocated_episode
from tests.factories.assessments import (
    STARTED,
    a_started_assessment,
)

pytestmark = pytest.mark.django_db


def test_an_assessment_starts_at_the_depth_of_the_episode_and_leaves_its_trace(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        started = start_assessment(
            episode=episode, focus="Mornings.", aids="Polish interpreter", by=place.worker, at=STARTED
        )
        assert (started.number, started.level, started.state) == (1, 3, "started")
        assert (started.focus, started.aids) == ("Mornings.", "Polish interpreter")
        event = Event.objects.get(kind=Happening.ASSESSMENT_STARTED)
        assert (event.at, event.record_id, event.episode_id) == (STARTED, started.pk, episode.pk)
        audited = AuditEntry.objects.get(action="start_assessment")
        assert (audited.record_id, audited.family_id, audited.by_id) == (
            started.pk,
            episode.family_id,
            place.worker.pk,
        )


def test_a_second_assessment_waits_until_the_first_is_authorised(place: Place, episode: Episode) -> None:
    a_started_assessment(place, episode)
    with acting_as(place.colleague), pytest.raises(Refused, match="being written already"):
        start_assessment(episode=episode, focus="Again.", by=place.colleague, at=LATER)


def test_an_assessment_is_not_started_after_help_has_ended(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        step_up(
            episode=episode,
            decided_at=STARTED,
            immediate=True,
            told_to="Duty social worker",
            reason="Bruises",
            family_told="Yes",
            by=place.worker,
            at=STARTED,
        )
        with pytest.raises(Refused, match="Help for this family has ended"):
            start_assessment(episode=episode, focus="Late.", by=place.worker, at=LATER)


def test_a_level_at_which_nothing_is_asked_is_asked_everything(place: Place) -> None:
    universal = an_allocated_episode(place, level=1)
    assert a_started_assessment(place, universal).level is None


def test_a_step_down_may_still_be_assessed(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        Episode.objects.filter(pk=episode.pk).update(route=Episode.Route.STEP_DOWN)
    assert a_started_assessment(place, episode).state == "started"


def test_an_answer_is_kept_with_who_wrote_it(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.colleague):
        answer = write(assessment, "School is missed.", version=0, by=place.colleague)
        answer.refresh_from_db()
    assert (answer.section, answer.worries, answer.version) == ("strengths_and_worries", "School is missed.", 1)
    assert (answer.edited_by_id, answer.edited_at, answer.family_id) == (
        place.colleague.pk,
        LATER,
        assessment.family_id,
    )


def test_two_people_editing_the_second_is_shown_both_and_the_first_stands(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker):
        write(assessment, "First.", version=0, by=place.worker)
        with pytest.raises(EditedMeanwhile) as meanwhile:
            write(assessment, "Second.", version=0, by=place.colleague)
        assert meanwhile.value.theirs == {"worries": "First."}
        assert (meanwhile.value.version, meanwhile.value.by) == (1, place.worker.name)
        assert Answer.objects.get().worries == "First."
        assert write(assessment, "First. Second.", version=1, by=place.colleague).version == 2


def test_two_people_who_write_the_same_do_not_meet(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker):
        write(assessment, "The same.", version=0, by=place.worker)
        assert write(assessment, "The same.", version=0, by=place.colleague).version == 1


def test_a_box_left_out_stays_as_it_was(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker):
        write(assessment, "Worry.", version=0, by=place.worker)
        save_answer(
            assessment=assessment,
            question=QUESTION,
            person=None,
            texts={"others_say": "School agrees."},
            version=1,
            by=place.worker,
            at=LATER,
        )
        answer = Answer.objects.get()
    assert (answer.worries, answer.others_say) == ("Worry.", "School agrees.")


def test_only_questions_and_boxes_of_the_framework_are_answered(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    for question, box in (("nonsense", "worries"), (QUESTION, "analysis")):
        with acting_as(place.worker), pytest.raises(KeyError):
            save_answer(
                assessment=assessment,
                question=question,
                person=None,
                texts={box: "x"},
                version=0,
                by=place.worker,
                at=LATER,
            )


def test_children_are_answered_about_one_by_one(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker):
        for child in children(place, episode):
            save_answer(
                assessment=assessment,
                question="child_wishes",
                person=child,
                texts={"childs_voice": child.given_name},
                version=0,
                by=place.worker,
                at=LATER,
            )
        assert Answer.objects.filter(question="child_wishes").count() == 2


def test_the_plan_for_the_assessment_is_guarded_likewise(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    plan = {"when_and_where": "At school", "who_to_speak_to": "", "aids": ""}
    with acting_as(place.worker):
        changed = change_assessment_plan(
            assessment=assessment, focus="Sleep.", **plan, version=1, by=place.worker, at=LATER
        )
        assert (changed.focus, changed.version) == ("Sleep.", 2)
    with acting_as(place.colleague):
        again = change_assessment_plan(
            assessment=assessment, focus="Sleep.", **plan, version=1, by=place.colleague, at=LATER
        )
        assert again.version == 2
        with pytest.raises(EditedMeanwhile) as meanwhile:
            change_assessment_plan(
                assessment=assessment, focus="Food.", **plan, version=1, by=place.colleague, at=LATER
            )
    assert (meanwhile.value.theirs["focus"], meanwhile.value.by) == ("Sleep.", place.worker.name)


def test_outcomes_are_marked_changed_and_taken_back(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker):
        mark_outcomes(
            assessment=assessment,
            views={"health": "met", "secure_housing": "needed"},
            version=0,
            by=place.worker,
            at=LATER,
        )
        mark_outcomes(
            assessment=assessment,
            views={"health": "", "secure_housing": "met"},
            version=1,
            by=place.worker,
            at=LATER,
        )
        assert dict(OutcomeView.objects.values_list("outcome", "view")) == {"secure_housing": "met"}


def test_outcomes_marked_by_two_people_are_shown_to_the_second(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.worker):
        mark_outcomes(assessment=assessment, views={"health": "met"}, version=0, by=place.worker, at=LATER)
    with acting_as(place.colleague):
        mark_outcomes(assessment=assessment, views={"health": "met"}, version=0, by=place.colleague, at=LATER)
        with pytest.raises(EditedMeanwhile) as meanwhile:
            mark_outcomes(assessment=assessment, views={"health": "needed"}, version=0, by=place.colleague, at=LATER)
    assert (meanwhile.value.theirs, meanwhile.value.by) == ({"health": "met"}, place.worker.name)
