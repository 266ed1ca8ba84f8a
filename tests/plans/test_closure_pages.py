"""The pages of ending help, and who may open any of a plan's pages."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.episodes.models import Episode
from baton.plans.models import Closure, Goal, Meeting, PlanAction
from baton.plans.queries import closure_of
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.client import PageClient, page_client
from tests.factories import Place, an_allocated_episode, an_episode
from tests.factories.plans import (
    a_meeting,
    a_proposal,
    an_agreed_plan,
)
from tests.plans.on_pages import NOW, post, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


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
