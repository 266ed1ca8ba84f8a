"""Reads of assessments and scores: what they give, to whom, and in how many queries."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from baton.assessments.actions import revise_assessment, save_answer, score_tool
from baton.assessments.queries import (
    assessment_in_full,
    assessments_to_authorise,
    current_assessment,
    facts_to_submit,
    get_assessment,
    paths_half_typed,
    scores_awaited,
    tool_scores,
    tool_scores_are_for_each_child,
)
from baton.people.actions import add_member
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import Draft
from baton.practice.loading import load_framework, places
from tests.client import queries_counted
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.assessments import (
    STARTED,
    a_started_assessment,
    a_submitted_assessment,
    a_written_assessment,
    an_authorised_assessment,
)

pytestmark = pytest.mark.django_db
TODAY = STARTED.date()


@pytest.fixture
def place() -> Place:
    return a_place()


def test_the_current_assessment_is_the_one_being_written_else_the_newest(place: Place) -> None:
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        assert current_assessment(episode) is None
    first = an_authorised_assessment(place, episode)
    with acting_as(place.worker):
        assert current_assessment(episode) == first
        second = revise_assessment(assessment=first, by=place.worker, at=STARTED + timedelta(days=5))
        assert current_assessment(episode) == second


def test_a_manager_sees_what_waits_for_their_teams_longest_waiting_first(place: Place) -> None:
    newer = a_submitted_assessment(place, an_allocated_episode(place), at=STARTED + timedelta(days=1))
    other = an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Thistledown"))
    older = a_submitted_assessment(place, other)
    late = STARTED + timedelta(days=30)
    with acting_as(place.manager):
        assert list(assessments_to_authorise(at=late)) == [older, newer]
        assert list(assessments_to_authorise(at=STARTED)) == []
    with acting_as(place.service_manager):
        assert len(assessments_to_authorise(at=late)) == 2
    for person in (place.other_manager, place.hub_adviser):
        with acting_as(person):
            assert list(assessments_to_authorise(at=late)) == []


def test_what_waits_for_a_manager_is_read_in_one_query(place: Place) -> None:
    a_submitted_assessment(place, an_allocated_episode(place))
    with acting_as(place.manager), queries_counted() as captured:
        for one in assessments_to_authorise(at=STARTED + timedelta(days=30)):
            assert one.family.name
            assert one.submitted_by
    assert len(captured) == 1


def test_a_whole_assessment_is_read_in_five_queries_however_much_is_written(place: Place) -> None:
    blank = a_started_assessment(place, an_allocated_episode(place))
    other = an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name="Thistledown"))
    written = a_written_assessment(place, other)
    for one in (blank, written):
        with acting_as(place.worker), queries_counted() as captured:
            full = assessment_in_full(one.pk, on=TODAY)
            assert all(asked.person is None or asked.person.name for asked in full.asked)
            assert all(asked.answer is None or asked.answer.edited_by.name for asked in full.asked)
            assert full.assessment.family.name
            assert full.assessment.episode.team.name
        assert len(captured) == 5


def test_a_question_about_children_is_asked_of_each_and_one_about_the_family_once(place: Place) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place))
    with acting_as(place.worker):
        full = assessment_in_full(assessment.pk, on=TODAY)
    asked = [(one.question.id, one.person.given_name if one.person else "") for one in full.asked]
    assert asked.count(("concerns", "")) == 1
    assert [who for question, who in asked if question == "child_wishes"] == ["Ashby", "Bramwell"]
    assert [who for question, who in asked if question == "parent_view"] == ["Marigold"]


def test_within_a_section_one_child_follows_another(place: Place) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place, framework="doncaster"))
    with acting_as(place.worker):
        full = assessment_in_full(assessment.pk, on=TODAY)
    health = [one.person.given_name for one in full.asked if one.section.id == "child_health" and one.person]
    assert health == ["Ashby"] * 8 + ["Bramwell"] * 8


def test_a_family_without_children_is_still_asked(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser, name="Emptynest", children=())
    assessment = a_started_assessment(place, an_allocated_episode(place, family=family))
    with acting_as(place.worker):
        full = assessment_in_full(assessment.pk, on=TODAY)
        assert full.asked_about("child_wishes", None) is not None
        assert facts_to_submit(full).unheard == ()


def test_somebody_who_left_the_family_keeps_what_was_written_of_them(place: Place) -> None:
    episode = an_allocated_episode(place)
    assessment = a_written_assessment(place, episode)
    with acting_as(place.worker):
        FamilyMember.objects.filter(person__given_name="Bramwell").update(until_on=TODAY)
        full = assessment_in_full(assessment.pk, on=TODAY + timedelta(days=1))
        assert {one.person.given_name for one in full.asked if one.question.id == "child_wishes" and one.person} == {
            "Ashby",
            "Bramwell",
        }
        assert [child.given_name for child in full.children] == ["Ashby"]


def test_an_authorised_assessment_is_asked_of_those_who_were_there(place: Place) -> None:
    episode = an_allocated_episode(place)
    assessment = an_authorised_assessment(place, episode)
    later = date(2027, 1, 4)
    with acting_as(place.worker):
        baby = Person(given_name="Clementine", family_name="Quillfeather", date_of_birth=later)
        add_member(
            family=episode.family,
            person=baby,
            part="child",
            relationship="",
            from_on=later,
            by=place.worker,
            at=STARTED + timedelta(days=120),
        )
        full = assessment_in_full(assessment.pk, on=later)
    assert [child.given_name for child in full.children] == ["Ashby", "Bramwell"]


@pytest.mark.parametrize("framework", places())
def test_level_2_asks_less_than_level_3_in_no_place_more(place: Place, framework: str) -> None:
    counts = {}
    for level in (2, 3):
        family = a_family(team=place.team, by=place.hub_adviser, name=f"Level{level}")
        episode = an_allocated_episode(place, framework=framework, level=level, family=family)
        assessment = a_started_assessment(place, episode)
        with acting_as(place.worker):
            counts[level] = len(assessment_in_full(assessment.pk, on=TODAY).asked)
    assert 0 < counts[2] < counts[3]


@pytest.mark.parametrize("framework", places())
def test_every_place_can_be_written_and_submitted_from_its_own_template(place: Place, framework: str) -> None:
    assert a_submitted_assessment(place, an_allocated_episode(place, framework=framework)).state == "submitted"


@pytest.mark.parametrize("framework", places())
def test_every_template_has_analysis_strengths_voice_and_views(framework: str) -> None:
    questions = [each for section in load_framework(framework).assessment.sections for each in section.questions]
    for level in (2, 3):
        boxes = {box for each in questions if level in each.levels for box in each.boxes}
        assert boxes >= {"analysis", "strengths", "worries", "childs_voice", "others_say", "views"}
    heard = [each for each in questions if "childs_voice" in each.boxes and each.about == "child"]
    assert heard, "each child needs a place for their voice"
    assert all("_" in each.id or each.id.isalpha() for each in questions), "an id of a question holds no hyphen"


def test_what_is_missing_names_the_child_and_the_section(place: Place) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place, framework="doncaster", level=2))
    with acting_as(place.worker):
        full = assessment_in_full(assessment.pk, on=TODAY)
        save_answer(
            assessment=assessment,
            question="general_health",
            person=full.children[0],
            texts={"childs_voice": "“I run fast.”", "strengths": "Runs."},
            version=0,
            by=place.worker,
            at=STARTED,
        )
        facts = facts_to_submit(assessment_in_full(assessment.pk, on=TODAY))
    assert facts.unheard == ("Bramwell Quillfeather",)
    assert facts.unwritten == (
        "Child's health: Bramwell Quillfeather",
        "Child's learning: Ashby Quillfeather",
        "Child's learning: Bramwell Quillfeather",
    )
    assert (facts.strengths_are_written, facts.analysis_is_written, facts.outcomes_marked) == (True, False, 0)


def test_spaces_alone_are_nothing_written(place: Place) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place))
    with acting_as(place.worker):
        save_answer(
            assessment=assessment,
            question="strengths",
            person=None,
            texts={"strengths": " \n "},
            version=0,
            by=place.worker,
            at=STARTED,
        )
        assert not facts_to_submit(assessment_in_full(assessment.pk, on=TODAY)).strengths_are_written


def test_what_follows_a_question_and_nothing_follows_the_last(place: Place) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place))
    with acting_as(place.worker):
        full = assessment_in_full(assessment.pk, on=TODAY)
    assert full.after(full.asked[0]) is full.asked[1]
    assert full.after(full.asked[-1]) is None


def test_those_who_do_not_hold_the_family_find_nothing(place: Place) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place))
    for person in (place.stranger, place.other_manager, place.hub_adviser, place.teacher, place.administrator):
        with acting_as(person):
            with pytest.raises(Http404):
                get_assessment(assessment.pk)
            with pytest.raises(Http404):
                assessment_in_full(assessment.pk, on=TODAY)


def test_half_typed_forms_are_found_below_their_page(place: Place) -> None:
    holder = f"u{place.worker.pk}"
    with acting_as(place.worker):
        for path in ("/assessments/1/goals/", "/assessments/12/goals/"):
            Draft.objects.create(holder=holder, path=path, typed={}, saved_at=STARTED)
        assert paths_half_typed(holder=holder, under="/assessments/1/") == {"/assessments/1/goals/"}


def test_scores_are_listed_newest_first_in_one_query(place: Place) -> None:
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        for day in (0, 2, 1):
            at = STARTED + timedelta(days=day)
            score_tool(
                episode=episode,
                tool="outcomes_star",
                person=None,
                scored_at=at,
                result=str(day),
                by=place.worker,
                at=at,
            )
        with queries_counted() as captured:
            scores = tool_scores(episode)
            assert [score.by.name for score in scores] == [place.worker.name] * 3
        assert [score.result for score in scores] == ["2", "1", "0"]
        assert len(captured) == 1


def test_what_derby_waits_for_is_named_with_the_child(place: Place) -> None:
    episode = an_allocated_episode(place, framework="derby")
    with acting_as(place.worker):
        awaited = {one.deadline.timescale: one for one in scores_awaited(episode)}
    screen = awaited["exploitation_screen"]
    assert screen.deadline.person is not None
    assert screen.deadline.person.given_name == "Ashby"
    assert "exploitation_risk_assessment" in screen.tools
    assert not screen.all_of_them


def test_doncaster_waits_for_both_stars_at_level_3(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=3)
    a_started_assessment(place, episode)
    with acting_as(place.worker):
        star = next(one for one in scores_awaited(episode) if one.deadline.timescale == "star_level_3")
    assert star.all_of_them
    assert star.tools >= {"family_star_plus", "my_star"}


def test_only_derby_asks_for_a_tool_of_each_child() -> None:
    apart = {
        (name, tool.id)
        for name in places()
        for tool in load_framework(name).tools
        if tool_scores_are_for_each_child(load_framework(name), tool.id)
    }
    assert apart == {("derby", "exploitation_risk_assessment")}
