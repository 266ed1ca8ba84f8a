"""Reads of plans, meetings and closures: what they give, in how many queries, and to whom."""

from datetime import date, timedelta

import pytest

from baton.episodes.models import Episode
from baton.plans.actions import close_episode, send_closure_back
from baton.plans.presenters.plan import later_than_asked, review_hint
from baton.plans.queries import (
    closure_of,
    closures_to_decide,
    meetings_of,
    plan_in_full,
    plan_of,
    practitioners_before,
    review_asked,
)
from baton.platform.guard import acting_as
from tests.client import queries_counted
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.plans import (
    PLANNED,
    PLANNED_ON,
    a_goal,
    a_meeting,
    a_proposal,
    an_action,
    an_agreed_plan,
    review_words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def queries_of_a_plan(episode: Episode, place: Place) -> int:
    with acting_as(place.worker), queries_counted() as counted:
        plan = plan_in_full(episode.pk)
        assert plan is not None
        for goal in plan.goals.all():
            assert [action.what for action in goal.actions.all()]
        assert [row.person.name for row in plan.children_alone.all()] == []
        assert all(revision.revised_by.name for revision in plan.revisions.all())
    return len([query for query in counted.captured_queries if "plans_" in query["sql"]])


def test_a_plan_is_read_in_five_queries_however_long_it_is(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    short = queries_of_a_plan(episode, place)
    for day in range(1, 6):
        at = PLANNED + timedelta(days=day)
        goal = a_goal(episode, by=place.worker, wanted=f"Goal of day {day}", at=at)
        an_action(goal, by=place.worker, at=at)
        an_action(goal, by=place.worker, at=at)
    assert queries_of_a_plan(episode, place) == short == 5


def test_an_episode_nobody_planned_for_has_no_plan(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        assert plan_of(episode) is None
        assert plan_in_full(episode.pk) is None
        assert closure_of(episode) is None
        assert list(meetings_of(episode)) == []


def test_meetings_come_newest_first_with_who_was_asked_in_two_queries(place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker)
    at = PLANNED + timedelta(weeks=5)
    a_meeting(episode, by=place.worker, at=at, **review_words(held_at=at, next_on=date(2027, 1, 29)))
    with acting_as(place.worker), queries_counted() as counted:
        found = list(meetings_of(episode))
        assert [len(meeting.attendances.all()) for meeting in found] == [3, 3]
    assert [meeting.kind for meeting in found] == ["review", "planning"]
    assert len([query for query in counted.captured_queries if "plans_" in query["sql"]]) == 2


def test_the_practitioners_of_the_last_meeting_are_known_for_the_next(place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker)
    with acting_as(place.worker):
        names = [(person.name, person.agency) for person in practitioners_before(episode)]
    assert ("Tess Teacher", "Larkhill Test School") in names


def test_proposals_wait_for_the_manager_of_the_team_the_oldest_first(place: Place) -> None:
    first, second, third, fourth = (
        an_allocated_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name=name))
        for name in ("First", "Second", "Third", "Fourth")
    )
    newer, older = PLANNED + timedelta(days=2), PLANNED + timedelta(days=1)
    a_proposal(first, by=place.worker, at=newer)
    a_proposal(second, by=place.worker, at=older)
    back = a_proposal(third, by=place.worker, at=older)
    a_proposal(fourth, by=place.worker, at=older)
    with acting_as(place.manager):
        send_closure_back(closure=back, reason="Not yet", by=place.manager, at=newer)
        close_episode(episode=fourth, why_without="Moved", by=place.manager, at=newer)
        assert [closure.family.name for closure in closures_to_decide()] == ["Second", "First"]
    with acting_as(place.other_manager):
        assert not closures_to_decide().exists()


@pytest.mark.parametrize(
    ("framework", "level", "due"),
    [
        ("dorset", 3, date(2026, 12, 21)),  # six weeks
        ("doncaster", 3, date(2026, 12, 21)),
        ("doncaster", 2, date(2027, 2, 1)),  # twelve
        ("derby", 3, None),  # no interval is set
    ],
)
def test_when_the_framework_wants_the_next_review(place: Place, framework: str, level: int, due: date | None) -> None:
    episode = an_allocated_episode(place, framework=framework, level=level)
    with acting_as(place.worker):
        asked = review_asked(episode)
    assert asked.next_after(PLANNED_ON) == due
    assert asked.due_on is None  # nothing started the clock yet
    late = later_than_asked(asked, held_on=PLANNED_ON, next_on=date(2027, 6, 1))
    assert bool(late) is (due is not None)
    assert later_than_asked(asked, held_on=PLANNED_ON, next_on=date(2026, 12, 1)) == ""


def test_a_review_that_is_owed_says_by_when(place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker)
    with acting_as(place.worker):
        asked = review_asked(episode)
    assert asked.due_on == date(2026, 12, 21)
    assert review_hint(asked, from_on=PLANNED_ON).startswith("The review is due by Monday 21 December 2026.")


def test_a_day_no_calendar_holds_breaks_no_page(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        asked = review_asked(episode)
    assert asked.says_after(date(9999, 12, 1)) == (None, "")
