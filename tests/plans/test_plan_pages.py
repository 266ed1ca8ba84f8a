"""The pages of the plan, as the people who use them meet them."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.episodes.models import Episode
from baton.people.queries import children_of
from baton.plans.actions import edit_goal, set_terms
from baton.plans.models import Goal, PlanAction, SeenAlone
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests.client import PageClient
from tests.factories import Place
from tests.factories.plans import (
    PLANNED,
    PLANNED_ON,
    REVIEW_ON,
    a_draft_plan,
    a_goal,
    an_action,
    an_agreed_plan,
)
from tests.plans.on_pages import NOW, day, parent_in, post, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


def test_a_family_without_a_plan_is_offered_a_first_goal(client: PageClient, episode: Episode) -> None:
    page = words(client.get(reverse("plan", args=[episode.pk])))
    assert "Nobody has written down yet what the family wants." in page
    assert reverse("add-goal", args=[episode.pk]) in page


def test_a_plan_is_written_from_the_first_goal_to_the_familys_yes(
    client: PageClient, place: Place, episode: Episode
) -> None:
    post(client, "add-goal", episode.pk, wanted="Calm mornings", outcome="family_relationships")
    with acting_as(place.worker):
        goal, child = Goal.objects.get(), children_of(episode.family_id).earliest("pk")
    action = {"what": "Pack bags", "owner": "other", "owner_name": "Nan", "how_we_know": "Bags at the door"}
    post(client, "add-plan-action", goal.pk, **action, **day("due_on", date(2026, 12, 1)))
    page = words(client.get(reverse("plan", args=[episode.pk])))
    assert "Set the date on which the plan will be reviewed." in page
    terms = {
        "visit_every_weeks": "2",
        "contingency": "Ring Wilf",
        f"alone_{child.person_id}": "Every visit",
        "version": 1,
    }
    post(client, "plan-terms", episode.pk, **terms, **day("review_on", REVIEW_ON))
    assert "Ready to be agreed" in words(client.get(reverse("plan", args=[episode.pk])))
    agreed = post(
        client, "agree-plan", episode.pk, members=[child.person_id], others="Nan", **day("agreed_on", PLANNED_ON)
    )
    assert agreed.status_code == 302
    page = words(client.get(reverse("plan", args=[episode.pk])))
    for expected in (
        "Agreed on 9 November 2026 with",
        "Nan",
        "Every 2 weeks",
        "Every visit",
        "Friday 18 December 2026",
    ):
        assert expected in page
    assert client.queries <= 15


def test_opening_a_plan_leaves_an_access_entry(client: PageClient, place: Place, episode: Episode) -> None:
    client.get(reverse("plan", args=[episode.pk]))
    client.get(reverse("plan-to-print", args=[episode.pk]))
    with acting_as(place.service_manager):
        looks = AccessEntry.objects.filter(family_id=episode.family_id).values_list("what", flat=True)
    assert {"plan", "plan, to print"} <= set(looks)


def test_a_full_plan_with_revisions_is_shown_in_few_queries(client: PageClient, place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker, wanted=[f"Goal {number}" for number in range(8)])
    for days in range(1, 5):
        a_goal(episode, by=place.colleague, wanted=f"More {days}", at=PLANNED + timedelta(days=days))
    page = words(client.get(reverse("plan", args=[episode.pk])))
    assert "What changed since it was agreed" in page
    assert "New goal: More 4" in page
    assert client.queries <= 15


def test_the_family_gets_a_copy_in_plain_words(client: PageClient, place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    page = words(client.get(reverse("plan-to-print", args=[episode.pk])))
    for expected in ("Our plan", "Mornings without shouting", "Who: Marigold Quillfeather", "We will know because"):
        assert expected in page
    assert "Wilf Worker" in page


def test_a_copy_can_be_looked_at_before_anything_is_written(client: PageClient, episode: Episode) -> None:
    page = words(client.get(reverse("plan-to-print", args=[episode.pk])))
    assert "We have not agreed this plan yet." in page


def test_what_is_wrong_with_a_goal_is_said_and_what_was_typed_stays(client: PageClient, episode: Episode) -> None:
    response = post(client, "add-goal", episode.pk, wanted="Calm mornings")
    assert response.status_code == 422
    assert "Select the outcome this goal is part of" in words(response)
    assert "Calm mornings" in words(client.get(reverse("add-goal", args=[episode.pk])))


def test_a_goal_sent_twice_is_added_once(client: PageClient, place: Place, episode: Episode) -> None:
    typed = {"form_key": uuid4(), "wanted": "Calm mornings", "outcome": "family_relationships"}
    first, second = (client.post(reverse("add-goal", args=[episode.pk]), typed) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with acting_as(place.worker):
        assert Goal.objects.count() == 1


def test_a_button_moves_a_goal_and_a_double_click_moves_it_once(
    client: PageClient, place: Place, episode: Episode
) -> None:
    goals = [a_goal(episode, by=place.worker, wanted=wanted) for wanted in ("One", "Two", "Three")]
    typed = {"form_key": uuid4()}
    client.post(reverse("move-goal-up", args=[goals[2].pk]), typed)
    client.post(reverse("move-goal-up", args=[goals[2].pk]), typed)
    client.post(reverse("move-goal-down", args=[goals[0].pk]), {"form_key": uuid4()})
    with acting_as(place.worker):
        assert list(Goal.objects.values_list("wanted", flat=True)) == ["Three", "One", "Two"]
    assert "Move this goal up" in words(client.get(reverse("move-goal-up", args=[goals[2].pk])))


def test_two_people_change_a_goal_and_the_second_sees_both_versions(
    client: PageClient, place: Place, episode: Episode
) -> None:
    goal = a_goal(episode, by=place.worker)
    with acting_as(place.colleague):
        told = {"outcome": "health", "wanted": "What Cora wrote", "version": 1, "at": NOW}
        edit_goal(goal=goal, **told, by=place.colleague)
    mine = {"wanted": "What Wilf wrote", "outcome": "health"}
    response = post(client, "edit-goal", goal.pk, **mine, version=1)
    assert response.status_code == 409
    assert "What Cora wrote" in words(response)
    assert "What Wilf wrote" in words(response)
    assert post(client, "edit-goal", goal.pk, **mine, version=2).status_code == 302


def test_two_people_say_how_we_work_together_and_the_second_sees_both(
    client: PageClient, place: Place, episode: Episode
) -> None:
    with acting_as(place.colleague):
        told = {"visit_every_weeks": 3, "alone": {}, "contingency": "Ring Cora", "review_on": REVIEW_ON, "version": 0}
        set_terms(episode=episode, **told, by=place.colleague, at=NOW)
    response = post(client, "plan-terms", episode.pk, visit_every_weeks="1", contingency="Ring Wilf", version=1)
    assert response.status_code == 409
    assert "Every 3 weeks" in words(response)
    assert "Ring Cora" in words(response)


def test_an_action_needs_a_name_when_somebody_else_does_it(client: PageClient, place: Place, episode: Episode) -> None:
    goal = a_goal(episode, by=place.worker)
    typed = {"what": "Ring the school", "owner": "other", "how_we_know": "They rang back"}
    response = post(client, "add-plan-action", goal.pk, **typed, **day("due_on", REVIEW_ON))
    assert "Enter the name of the person or agency who will do it" in words(response)


def test_an_action_of_the_lead_practitioner_is_on_their_own_list(
    client: PageClient, place: Place, episode: Episode
) -> None:
    goal = a_goal(episode, by=place.worker)
    typed = {"what": "Ring the school", "owner": f"user-{place.worker.pk}", "how_we_know": "They rang back"}
    post(client, "add-plan-action", goal.pk, **typed, **day("due_on", REVIEW_ON))
    with acting_as(place.worker):
        action = PlanAction.objects.get()
    assert (action.owner_user, action.owner) == (place.worker, "Wilf Worker")


def test_an_action_is_changed(client: PageClient, place: Place, episode: Episode) -> None:
    action = an_action(a_goal(episode, by=place.worker), by=place.worker)
    page = words(client.get(reverse("edit-plan-action", args=[action.pk])))
    assert "Pack school bags in the evening" in page
    with acting_as(place.worker):
        mother = parent_in(episode)
    typed = {"what": "Set the alarm", "owner": f"person-{mother.pk}", "how_we_know": "It rings", "version": 1}
    assert post(client, "edit-plan-action", action.pk, **typed, **day("due_on", REVIEW_ON)).status_code == 302
    with acting_as(place.worker):
        action.refresh_from_db()
        assert (action.what, action.owner_person) == ("Set the alarm", mother)


def test_an_action_is_ticked_with_what_came_of_it(client: PageClient, place: Place, episode: Episode) -> None:
    action = an_action(a_goal(episode, by=place.worker), by=place.worker)
    typed = {"stands": "done", "note": "It helped.", "version": 1}
    assert "Enter the day" in words(post(client, "mark-plan-action", action.pk, **typed))
    tomorrow = day("done_on", PLANNED_ON + timedelta(days=1))
    assert "must be in the past" in words(post(client, "mark-plan-action", action.pk, **typed, **tomorrow))
    post(client, "mark-plan-action", action.pk, **typed, **day("done_on", PLANNED_ON))
    page = words(client.get(reverse("plan", args=[episode.pk])))
    assert "Done on 9 November 2026" in page
    assert "It helped." in page
    post(client, "mark-plan-action", action.pk, stands="todo", version=2, **day("done_on", PLANNED_ON))
    with acting_as(place.worker):
        action.refresh_from_db()
        assert action.done_on is None


def test_a_draft_loses_a_goal_and_an_action_after_being_asked(
    client: PageClient, place: Place, episode: Episode
) -> None:
    a_draft_plan(episode, by=place.worker)
    with acting_as(place.worker):
        first, second = Goal.objects.all()
        action = first.actions.get()
    for name, record in (("remove-plan-action", action), ("remove-goal", second)):
        assert "Remove" in words(client.get(reverse(name, args=[record.pk])))
        assert post(client, name, record.pk).status_code == 302
    with acting_as(place.worker):
        assert (list(Goal.objects.all()), PlanAction.objects.count()) == ([first], 0)


def test_agreeing_too_early_says_what_is_wanting(client: PageClient, place: Place, episode: Episode) -> None:
    a_goal(episode, by=place.worker)
    assert "cannot be agreed yet" in words(client.get(reverse("agree-plan", args=[episode.pk])))
    response = post(client, "agree-plan", episode.pk, others="Nan", **day("agreed_on", PLANNED_ON))
    assert response.status_code == 422
    assert "Give each goal at least one action" in words(response)


def test_how_often_each_child_is_seen_alone_is_asked_by_name(
    client: PageClient, place: Place, episode: Episode
) -> None:
    page = words(client.get(reverse("plan-terms", args=[episode.pk])))
    assert "How often will Ashby be seen alone?" in page
    assert "How often will Bramwell be seen alone?" in page
    with acting_as(place.worker):
        child = children_of(episode.family_id).earliest("pk").person
    post(client, "plan-terms", episode.pk, **{f"alone_{child.pk}": "At school"}, version=0)
    with acting_as(place.worker):
        assert SeenAlone.objects.get().how_often == "At school"
    assert "At school" in words(client.get(reverse("plan-terms", args=[episode.pk])))
