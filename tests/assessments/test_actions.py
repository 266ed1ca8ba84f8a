"""Changes to assessments and scores: what stands afterwards, what it meets, and who is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from baton.assessments.actions import (
    authorise_assessment,
    change_assessment_plan,
    mark_outcomes,
    return_assessment,
    revise_assessment,
    save_answer,
    score_tool,
    start_assessment,
    submit_assessment,
)
from baton.assessments.models import Answer, Assessment, ManagerComment, OutcomeView
from baton.assessments.states import MOVES
from baton.episodes.actions import step_up
from baton.episodes.models import Deadline, Episode, Event
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from baton.practice.happenings import Happening
from tests.factories import Place, a_family, a_place, an_allocated_episode, an_episode
from tests.factories.assessments import (
    STARTED,
    a_started_assessment,
    a_submitted_assessment,
    a_written_assessment,
    an_authorised_assessment,
)
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
LATER = STARTED + timedelta(days=4)
QUESTION = "concerns"


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def children(place: Place, episode: Episode) -> list[Person]:
    """The children of the family, eldest first."""
    members = FamilyMember.objects.filter(family_id=episode.family_id, part="child").select_related("person")
    with acting_as(place.manager):
        return [member.person for member in members.order_by("person__date_of_birth")]


def write(assessment: Assessment, text: str, *, version: int, by: User, at: datetime = LATER) -> Answer:
    texts = {"worries": text}
    with acting_as(by):
        return save_answer(
            assessment=assessment, question=QUESTION, person=None, texts=texts, version=version, by=by, at=at
        )


@contextmanager
def refused_by_the_database() -> Iterator[None]:
    with pytest.raises(IntegrityError, match="authorised and read-only"), transaction.atomic():
        yield


# --- starting --------------------------------------------------------------------------------------------------------


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


# --- writing ---------------------------------------------------------------------------------------------------------


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


# --- submitting, authorising, returning ------------------------------------------------------------------------------


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


# --- read-only -------------------------------------------------------------------------------------------------------


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


# --- new versions ----------------------------------------------------------------------------------------------------


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


# --- tools -----------------------------------------------------------------------------------------------------------


def score(episode: Episode, tool: str, person: Person | None, *, by: User, at: datetime = LATER) -> None:
    score_tool(episode=episode, tool=tool, person=person, scored_at=at, result="4 of 10", by=by, at=at)


def test_a_score_is_kept_and_happened_when_it_was_scored(place: Place, episode: Episode) -> None:
    child = children(place, episode)[0]
    with acting_as(place.worker):
        score(episode, "outcomes_star", child, by=place.worker)
        event = Event.objects.get(kind=Happening.TOOL_SCORED)
    assert (event.tool, event.person_id, event.at) == ("outcomes_star", child.pk, LATER)
    assert child.name in event.summary


def test_a_tool_of_another_place_is_not_scored(place: Place, episode: Episode) -> None:
    with acting_as(place.worker), pytest.raises(Refused, match="tools of this place"):
        score(episode, "spider_graph", None, by=place.worker)


def test_at_level_3_in_doncaster_both_stars_meet_the_deadline(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=3)
    assessment = a_submitted_assessment(place, episode)
    with acting_as(place.worker):
        score(episode, "family_star_plus", None, by=place.worker)
    with acting_as(place.manager):
        authorise_assessment(assessment=assessment, by=place.manager, at=LATER)
        assert Deadline.objects.get(episode=episode, timescale="star_level_3").state == "open"
        score(episode, "my_star", children(place, episode)[0], by=place.manager)
        assert Deadline.objects.get(episode=episode, timescale="star_level_3").state == "met"


def test_in_derby_each_child_of_ten_is_screened_for_exploitation(place: Place) -> None:
    episode = an_allocated_episode(place, framework="derby")
    older, younger = children(place, episode)
    with acting_as(place.worker):
        waiting = Deadline.objects.get(episode=episode, timescale="exploitation_screen")
        assert (waiting.person_id, waiting.state) == (older.pk, "open")
        with pytest.raises(Refused, match="Choose the child"):
            score(episode, "exploitation_risk_assessment", None, by=place.worker)
        score(episode, "exploitation_risk_assessment", younger, by=place.worker)
        assert Deadline.objects.get(episode=episode, timescale="exploitation_screen").state == "open"
        score(episode, "exploitation_risk_assessment", older, by=place.worker)
        assert Deadline.objects.get(episode=episode, timescale="exploitation_screen").state == "met"


def test_a_parent_is_not_one_of_the_children(place: Place) -> None:
    episode = an_allocated_episode(place, framework="derby")
    with acting_as(place.worker):
        mother = FamilyMember.objects.get(family_id=episode.family_id, part="parent").person
        with pytest.raises(Refused, match="Choose the child"):
            score(episode, "exploitation_risk_assessment", mother, by=place.worker)


def test_a_score_after_the_end_is_refused(place: Place, episode: Episode) -> None:
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
        episode.refresh_from_db()
        with pytest.raises(Refused, match="before help for this family ended"):
            score(episode, "outcomes_star", None, by=place.worker, at=LATER)
        score(episode, "outcomes_star", None, by=place.worker, at=STARTED - timedelta(hours=1))


# --- who -------------------------------------------------------------------------------------------------------------


def test_another_teams_practitioner_does_not_find_the_assessment(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    with acting_as(place.stranger):
        assert not Assessment.objects.exists()
        with pytest.raises(Assessment.DoesNotExist):
            write(assessment, "Peeked.", version=0, by=place.stranger)


def test_the_hub_and_administrators_neither_see_nor_write(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    for person in (place.hub_adviser, place.administrator):
        with acting_as(person):
            assert not Assessment.objects.exists()
            with pytest.raises(NotAllowed):
                write(assessment, "Not mine.", version=0, by=person)
            with pytest.raises(NotAllowed):
                score(episode, "outcomes_star", None, by=person)


def test_a_lead_from_another_agency_writes_the_assessment_of_their_own_family_only(place: Place) -> None:
    mine = an_allocated_episode(place, to=place.teacher)
    other = an_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Thistledown"), at=MONDAY)
    with acting_as(place.teacher):
        assert start_assessment(episode=mine, focus="School.", by=place.teacher, at=STARTED).state == "started"
        with pytest.raises(Episode.DoesNotExist):
            start_assessment(episode=other, focus="School.", by=place.teacher, at=STARTED)


def test_the_states_of_the_model_are_those_with_moves() -> None:
    assert set(Assessment.State.values) == set(MOVES)


def test_every_change_leaves_its_audit_entry(place: Place, episode: Episode) -> None:
    assessment = an_authorised_assessment(place, episode)
    with acting_as(place.manager):
        revise_assessment(assessment=assessment, by=place.manager, at=LATER)
        score(episode, "outcomes_star", None, by=place.manager)
        audited = set(AuditEntry.objects.filter(family_id=episode.family_id).values_list("action", flat=True))
    assert audited >= {"submit_assessment", "authorise_assessment", "save_answer", "mark_outcomes"}
    assert audited >= {"start_assessment", "revise_assessment", "score_tool"}
