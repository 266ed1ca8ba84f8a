"""Scoring tools, and who may do what with an assessment."""

from datetime import datetime, timedelta

import pytest

from baton.assessments.actions import (
    authorise_assessment,
    revise_assessment,
    score_tool,
    start_assessment,
)
from baton.assessments.models import Assessment
from baton.assessments.states import MOVES
from baton.episodes.actions import step_up
from baton.episodes.models import Deadline, Episode, Event
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import NotAllowed, Refused
from baton.practice.happenings import Happening
from tests.assessments.in_writing import LATER, children, write
from tests.factories import Place, a_family, an_allocated_episode, an_episode
from tests.factories.assessments import (
    STARTED,
    a_started_assessment,
    a_submitted_assessment,
    an_authorised_assessment,
)
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db


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
