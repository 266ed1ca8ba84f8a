"""The pages of plans, meetings and closures, as the people who use them meet them."""

from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.episodes.models import Episode, Event
from baton.people.models import Person
from baton.people.queries import children_of, members_on
from baton.plans.actions import edit_goal, set_terms
from baton.plans.models import Attendance, Closure, Goal, Meeting, PlanAction, SeenAlone
from baton.plans.queries import closure_of
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from tests.client import PageClient, page_client
from tests.factories import Place, a_place, an_allocated_episode, an_episode
from tests.factories.plans import (
    PLANNED,
    PLANNED_ON,
    REVIEW_ON,
    a_draft_plan,
    a_goal,
    a_meeting,
    a_proposal,
    an_action,
    an_agreed_plan,
    review_words,
    updates_words,
)

pytestmark = pytest.mark.django_db
NOW = PLANNED + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


@pytest.fixture
def client(place: Place) -> PageClient:
    return page_client(place.worker)


def parent_in(episode: Episode) -> Person:
    return next(each.person for each in members_on(episode.family_id, on=PLANNED_ON) if each.part == "parent")


def words(response: Any) -> str:
    return unescape(response.content.decode())


def day(name: str, on: date) -> dict[str, Any]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def post(client: PageClient, name: str, *args: Any, **typed: Any) -> Any:
    return client.post(reverse(name, args=args), {"form_key": uuid4(), **typed})


def meeting_typed(**typed: Any) -> dict[str, Any]:
    told = {
        **day("held_at", PLANNED_ON),
        "held_at-time": "9am",
        "rows": "3",
        "name_0": "Tess Teacher",
        "agency_0": "Larkhill Test School",
        "came_0": "on",
        "name_1": "Nina Nurse",
        "chair": "Wilf Worker",
        "note_taker": "Tess Teacher",
        "childs_voice": "represented",
        "childs_views": "Ashby wants a quiet morning.",
        "discussed": "How mornings go.",
        "decisions": "A bedtime for everybody.",
        **day("next_on", REVIEW_ON),
    }
    return told | typed


# --- the plan --------------------------------------------------------------------------------------------------------


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


# --- meetings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["planning", "review", "ending"])
def test_each_kind_of_meeting_has_its_form(client: PageClient, place: Place, episode: Episode, kind: str) -> None:
    page = words(client.get(reverse("record-meeting", args=[episode.pk, kind])))
    assert ("What did the review decide?" in page) is (kind == "review")
    assert ("When is the next review?" in page) is (kind != "ending")
    assert "Collect updates instead" not in page


def test_there_is_no_other_kind_of_meeting(client: PageClient, episode: Episode) -> None:
    for kind in ("party", "updates"):  # updates are for places and levels where a review needs no meeting
        assert client.get(reverse("record-meeting", args=[episode.pk, kind])).status_code == 404


def test_a_planning_meeting_is_recorded_with_who_came(client: PageClient, place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        mother = parent_in(episode)
        child = members_on(episode.family_id, on=PLANNED_ON)[0].person
    typed = meeting_typed(invited=[mother.pk], came=[child.pk])
    response = post(client, "record-meeting", episode.pk, "planning", **typed)
    assert response.status_code == 302
    with acting_as(place.worker):
        meeting = Meeting.objects.get()
        asked = {row.name: (row.agency, row.came) for row in Attendance.objects.all()}
    assert asked == {
        mother.name: ("", False),
        child.name: ("", True),
        "Tess Teacher": ("Larkhill Test School", True),
        "Nina Nurse": ("", False),
    }
    page = words(client.get(reverse("meeting", args=[meeting.pk])))
    for expected in ("Ashby wants a quiet morning.", "A bedtime for everybody.", "Did not come", "Wilf Worker"):
        assert expected in page


def test_more_people_are_added_by_saving_and_nothing_typed_is_lost(
    client: PageClient, place: Place, episode: Episode
) -> None:
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(chair=""), more="1")
    assert response.status_code == 302
    page = words(client.get(reverse("record-meeting", args=[episode.pk, "planning"])))
    assert 'name="name_5"' in page
    assert "Nina Nurse" in page
    assert "There is a problem" not in page
    with acting_as(place.worker):
        assert not Meeting.objects.exists()


def test_rows_that_nobody_could_have_asked_for_are_not_made(client: PageClient, episode: Episode) -> None:
    for rows in ("999999", "-4", "many", ""):
        response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(rows=rows, chair=""))
        assert response.status_code == 422
        assert words(response).count('name="agency_') <= 30


def test_a_row_without_a_name_is_an_error(client: PageClient, episode: Episode) -> None:
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(name_1="", agency_1="Police"))
    assert "Enter the name of practitioner 2, or empty the row" in words(response)


def test_a_meeting_asks_when_it_began_instead_of_taking_now(client: PageClient, episode: Episode) -> None:
    page = words(client.get(reverse("record-meeting", args=[episode.pk, "planning"])))
    assert 'name="held_at-day" type="text" inputmode="numeric" value="9"' in page
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(**{"held_at-time": ""}))
    assert response.status_code == 422
    tomorrow = day("held_at", PLANNED_ON + timedelta(days=1))
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(**tomorrow))
    assert "must be in the past" in words(response)


def test_what_people_wrote_keeps_its_lines(client: PageClient, place: Place, episode: Episode) -> None:
    post(client, "plan-terms", episode.pk, contingency="Ring Wilf.\nThen <b>Nan</b>.", version=0)
    page = client.get(reverse("plan", args=[episode.pk])).content.decode()
    assert '<div class="baton-written">Ring Wilf.\nThen &lt;b&gt;Nan&lt;/b&gt;.</div>' in page.replace("\r", "")


def test_one_person_cannot_chair_and_take_notes(client: PageClient, episode: Episode) -> None:
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(note_taker="wilf worker"))
    assert response.status_code == 422
    assert "Name another note taker" in words(response)
    assert "A bedtime for everybody." in words(response)


def test_the_next_meeting_knows_who_came_to_the_last(client: PageClient, place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker)
    page = words(client.get(reverse("record-meeting", args=[episode.pk, "review"])))
    for expected in ("Wilf Worker", "Tess Teacher", "Nina Nurse", "This review is due by Monday 21 December 2026."):
        assert expected in page


def test_a_next_date_later_than_the_framework_asks_is_kept_and_warned_of(client: PageClient, episode: Episode) -> None:
    typed = meeting_typed(**day("next_on", date(2027, 3, 1)))
    response = client.post(
        reverse("record-meeting", args=[episode.pk, "planning"]), {"form_key": uuid4(), **typed}, follow=True
    )
    assert "is later than the framework asks: Monday 21 December 2026" in words(response)


@pytest.mark.parametrize(
    ("decision", "way"),
    [
        ("continue", "Bring the plan up to date"),
        ("step_down", "Bring the plan up to date"),
        ("close", "Propose to close"),
    ],
)
def test_a_review_leads_to_what_it_decided(
    client: PageClient, place: Place, episode: Episode, decision: str, way: str
) -> None:
    meeting = a_meeting(episode, by=place.worker, **review_words(decision=decision))
    assert way in words(client.get(reverse("meeting", args=[meeting.pk])))


def test_doncasters_level_2_offers_to_collect_updates(client: PageClient, place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    an_agreed_plan(episode, by=place.worker)
    address = reverse("record-meeting", args=[episode.pk, "updates"])
    assert address in words(client.get(reverse("meetings", args=[episode.pk])))
    assert address in words(client.get(reverse("record-meeting", args=[episode.pk, "review"])))
    assert "What Marigold Quillfeather says" in words(client.get(address))
    with acting_as(place.worker):
        mother = parent_in(episode)
    typed = meeting_typed(
        **{f"update_from_{mother.pk}": "Better."}, update_0="Late twice.", decision="continue", shared_back="By letter."
    )
    response = client.post(address, {"form_key": uuid4(), **typed})
    assert response.status_code == 302
    with acting_as(place.worker):
        review = Meeting.objects.get()
        assert Event.objects.get(kind="review_held").meeting is False
    page = words(client.get(reverse("meeting", args=[review.pk])))
    for expected in ("Review by collected updates", "Better.", "Late twice.", "No update", "By letter."):
        assert expected in page


def test_a_review_of_updates_stands_in_the_list(client: PageClient, place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    a_meeting(episode, by=place.worker, **updates_words())
    page = words(client.get(reverse("meetings", args=[episode.pk])))
    assert "1 of 2 sent an update. Carry on with the plan" in page


# --- ending ----------------------------------------------------------------------------------------------------------


def proposal_typed(place: Place, **typed: Any) -> dict[str, Any]:
    with acting_as(place.worker):
        results = {f"result_{pk}": "partly_met" for pk in Goal.objects.values_list("pk", flat=True)}
    told = {"reason": "goals_reached", "leads_next": "The school", "summary": "Mornings are calm.", "version": 0}
    return told | results | typed


def test_help_ends_through_a_proposal_and_the_managers_decision(
    client: PageClient, place: Place, episode: Episode
) -> None:
    an_agreed_plan(episode, by=place.worker)
    page = words(client.get(reverse("propose-closure", args=[episode.pk])))
    assert "What the record still lacks" in page
    assert "Stepped up to social care" not in page
    assert post(client, "propose-closure", episode.pk, **proposal_typed(place)).status_code == 302
    page = words(client.get(reverse("closure", args=[episode.pk])))
    assert "Goals reached" in page
    assert "Partly met" in page
    assert reverse("close-episode", args=[episode.pk]) not in page
    manager = page_client(place.manager)
    assert reverse("close-episode", args=[episode.pk]) in words(manager.get(reverse("closure", args=[episode.pk])))
    page = words(manager.get(reverse("close-episode", args=[episode.pk])))
    assert "The record still lacks what the framework asks of every case" in page
    wanting = post(manager, "close-episode", episode.pk, decision="close")
    assert "Write why help can end without these records" in words(wanting)
    assert post(manager, "close-episode", episode.pk, decision="close", why_without="Moved.").status_code == 302
    page = words(client.get(reverse("closure", args=[episode.pk])))
    assert "How help ended" in page
    assert "Moved." in page
    with acting_as(place.worker):
        episode.refresh_from_db()
    assert episode.state == Episode.State.CLOSED


def test_a_manager_sends_a_proposal_back_with_words(client: PageClient, place: Place, episode: Episode) -> None:
    a_proposal(episode, by=place.worker)
    manager = page_client(place.manager)
    assert "what should be put right first" in words(post(manager, "close-episode", episode.pk, decision="send_back"))
    post(manager, "close-episode", episode.pk, decision="send_back", returned_because="Score the Star.")
    for name in ("plan", "closure", "propose-closure"):
        assert "Score the Star." in words(client.get(reverse(name, args=[episode.pk])))
    assert "You sent this back" in words(manager.get(reverse("close-episode", args=[episode.pk])))


def test_a_proposal_without_an_outcome_for_a_goal_names_the_goal(
    client: PageClient, place: Place, episode: Episode
) -> None:
    an_agreed_plan(episode, by=place.worker)
    with acting_as(place.worker):
        second = Goal.objects.latest("position")
    response = post(client, "propose-closure", episode.pk, **proposal_typed(place, **{f"result_{second.pk}": ""}))
    assert response.status_code == 422
    assert "Select how goal 2 ended" in words(response)
    assert "Mornings are calm." in words(response)


def test_two_people_propose_and_the_second_sees_both(client: PageClient, place: Place, episode: Episode) -> None:
    a_proposal(episode, by=place.colleague, summary="What Cora wrote")
    response = post(client, "propose-closure", episode.pk, **proposal_typed(place))
    assert response.status_code == 409
    assert "What Cora wrote" in words(response)
    assert "Mornings are calm." in words(response)


def test_a_manager_who_was_not_asked_sees_that_nothing_is_proposed(place: Place, episode: Episode) -> None:
    manager = page_client(place.manager)
    page = words(manager.get(reverse("close-episode", args=[episode.pk])))
    assert "has not proposed to close yet" in page
    for typed in ({"decision": "close", "why_without": "x"}, {"decision": "send_back", "returned_because": "x"}):
        response = post(manager, "close-episode", episode.pk, **typed)
        assert response.status_code == 422
        assert "has not proposed to close yet" in words(response)
    assert manager.get(reverse("closure", args=[episode.pk])).status_code == 404


def test_a_manager_ends_what_nobody_has_begun(place: Place) -> None:
    waiting, manager = an_episode(place), page_client(place.manager)
    assert "End this before it begins" in words(manager.get(reverse("close-episode", args=[waiting.pk])))
    typed = {"reason": "no_longer_wanted", "summary": "Mum rang.", "leads_next": "Nobody"}
    assert post(manager, "close-episode", waiting.pk, **typed).status_code == 302
    with acting_as(place.manager):
        closure = closure_of(waiting)
        waiting.refresh_from_db()
    assert closure is not None
    assert (waiting.state, closure.closed_by) == (Episode.State.CLOSED, place.manager)


def test_what_ended_is_read_and_no_more_written(client: PageClient, place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    meeting = a_meeting(episode, by=place.worker)
    a_proposal(episode, by=place.worker, at=NOW)
    post(page_client(place.manager), "close-episode", episode.pk, decision="close", why_without="Moved.")
    page = words(client.get(reverse("plan", args=[episode.pk])))
    assert "Help ended on" in page
    for gone in ("Add a goal", "Add an action", "Move up", "Change", "How is it going?"):
        assert gone not in page
    for name in ("meetings", "closure"):
        assert "Record the" not in words(client.get(reverse(name, args=[episode.pk])))
    assert "What follows" not in words(client.get(reverse("meeting", args=[meeting.pk])))
    response = post(client, "add-goal", episode.pk, wanted="More", outcome="health")
    assert response.status_code == 422
    assert "Help for this family has ended" in words(response)


# --- the wrong person ------------------------------------------------------------------------------------------------


def addresses(episode: Episode, place: Place) -> list[str]:
    with acting_as(place.worker):
        goal, action = Goal.objects.earliest("pk"), PlanAction.objects.earliest("pk")
        meeting, closure = Meeting.objects.get(), Closure.objects.get()
    of_episode = [
        "plan",
        "plan-to-print",
        "plan-terms",
        "agree-plan",
        "add-goal",
        "meetings",
        "propose-closure",
        "closure",
    ]
    of_goal = ["edit-goal", "move-goal-up", "move-goal-down", "remove-goal", "add-plan-action"]
    of_action = ["edit-plan-action", "mark-plan-action", "remove-plan-action"]
    assert closure.episode_id == episode.pk
    return [
        *(reverse(name, args=[episode.pk]) for name in of_episode),
        *(reverse(name, args=[goal.pk]) for name in of_goal),
        *(reverse(name, args=[action.pk]) for name in of_action),
        reverse("record-meeting", args=[episode.pk, "planning"]),
        reverse("meeting", args=[meeting.pk]),
    ]


def a_full_record(place: Place) -> Episode:
    episode = an_allocated_episode(place)
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker)
    a_proposal(episode, by=place.worker, at=NOW)
    return episode


def test_those_who_hold_the_family_open_every_page(place: Place) -> None:
    episode = a_full_record(place)
    for user in (place.worker, place.colleague, place.manager):
        for address in addresses(episode, place):
            assert page_client(user).get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("other_manager", 404), ("teacher", 404), ("hub_adviser", 403), ("administrator", 403)],
)
def test_nobody_else_opens_any(place: Place, who: str, status: int) -> None:
    episode = a_full_record(place)
    client = page_client(getattr(place, who))
    for address in addresses(episode, place):
        assert client.get(address).status_code == status, address
        assert client.post(address, {"form_key": uuid4()}).status_code in (status, 405), address


def test_a_practitioner_does_not_open_the_managers_page(place: Place, client: PageClient, episode: Episode) -> None:
    assert client.get(reverse("close-episode", args=[episode.pk])).status_code == 403
    someone: User = place.other_manager
    assert page_client(someone).get(reverse("close-episode", args=[episode.pk])).status_code == 404


def test_without_signing_in_nothing_opens(episode: Episode) -> None:
    response = page_client().get(reverse("plan", args=[episode.pk]))
    assert response.status_code == 302
    assert "sign-in" in response.headers["Location"]
