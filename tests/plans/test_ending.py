"""Ending help, through the actions, and who may do what with a plan."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from baton.episodes.models import Episode, Event
from baton.plans.actions import (
    Ending,
    add_goal,
    add_plan_action,
    agree_plan,
    close_episode,
    close_unstarted,
    edit_goal,
    edit_plan_action,
    mark_plan_action,
    move_goal,
    propose_closure,
    record_meeting,
    remove_goal,
    remove_plan_action,
    send_closure_back,
    set_terms,
)
from baton.plans.models import Attendance, Closure, Goal, Meeting, Plan, PlanAction, PlanRevision
from baton.plans.queries import get_goal, get_plan_action, missing_records, plan_in_full
from baton.platform.guard import acting_as
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from baton.practice.happenings import Happening
from tests.factories import Place, an_allocated_episode, an_episode
from tests.factories.plans import (
    PLANNED_ON,
    REVIEW_ON,
    a_goal,
    a_meeting,
    a_proposal,
    an_agreed_plan,
    meeting_words,
)
from tests.plans.at_work import LATER, MUCH_LATER, kinds_of, statuses, terms

pytestmark = pytest.mark.django_db


def test_a_proposal_says_how_each_goal_ended_and_waits_for_the_manager(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    closure = a_proposal(episode, by=place.worker)
    with acting_as(place.worker):
        assert set(Goal.objects.values_list("result", flat=True)) == {"met"}
        assert Event.objects.get(kind=Happening.CLOSURE_DECIDED).record_id == closure.pk
    assert closure.waits_for_manager


def test_each_goal_needs_its_outcome(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    with pytest.raises(Refused, match="Say of each goal how it ended"):
        a_proposal(episode, by=place.worker, results={})
    with acting_as(place.worker):
        assert not Closure.objects.exists()


def test_what_nobody_leads_yet_is_not_proposed(place: Place) -> None:
    waiting = an_episode(place)
    with pytest.raises(Refused, match="Nobody leads the work yet"):
        a_proposal(waiting, by=place.worker)


def test_the_second_to_change_a_proposal_is_told(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_proposal(episode, by=place.worker)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        a_proposal(episode, by=place.colleague, summary="Mine", version=0)
    assert meanwhile.value.theirs["summary"] == "Mornings were hard; now they are calm."
    assert meanwhile.value.version == 1
    assert sum(name.startswith("result_") for name in meanwhile.value.theirs) == 2


def test_a_proposal_nobody_made_yet_has_no_later_version(place: Place, episode: Episode) -> None:
    with pytest.raises(EditedMeanwhile) as meanwhile:
        a_proposal(episode, by=place.worker, version=3)
    assert meanwhile.value.version == 0


def test_a_manager_sends_a_proposal_back_and_it_can_be_made_again(place: Place, episode: Episode) -> None:
    closure = a_proposal(episode, by=place.worker)
    with acting_as(place.manager):
        send_closure_back(closure=closure, reason="Score the Star first.", by=place.manager, at=MUCH_LATER)
        with pytest.raises(Refused, match="You sent this back"):
            close_episode(episode=episode, why_without="No time", by=place.manager, at=MUCH_LATER)
        with pytest.raises(Refused, match="No proposal to close is waiting"):
            send_closure_back(closure=closure, reason="Again.", by=place.manager, at=MUCH_LATER)
    again = a_proposal(episode, by=place.worker, summary="The Star is scored.")
    assert (again.pk, again.waits_for_manager, again.version) == (closure.pk, True, 2)
    assert kinds_of(episode, place).count("closure_decided") == 1


def test_the_manager_closes_and_says_why_records_are_missing(place: Place, episode: Episode) -> None:
    a_proposal(episode, by=place.worker)
    with acting_as(place.manager):
        with pytest.raises(Refused, match="Records are missing"):
            close_episode(episode=episode, by=place.manager, at=MUCH_LATER)
        closure = close_episode(episode=episode, why_without="They moved away.", by=place.manager, at=MUCH_LATER)
        episode.refresh_from_db()
        assert not episode.allocations.filter(until_at__isnull=True).exists()
    assert (episode.state, episode.ended_at) == (Episode.State.CLOSED, MUCH_LATER)
    assert (closure.closed_by, closure.closed_without_because) == (place.manager, "They moved away.")
    assert "Assessment" in closure.still_missing
    assert "Handover and closure summaries" not in closure.still_missing
    assert kinds_of(episode, place)[-2:] == ["closure_summary_recorded", "closed"]


def test_what_was_owed_when_help_ended_stays_visible_as_not_done(place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker)
    a_proposal(episode, by=place.worker)
    with acting_as(place.manager):
        close_episode(episode=episode, why_without="They moved away.", by=place.manager, at=MUCH_LATER)
    assert statuses(episode, place, "review", MUCH_LATER) == ["ended_unmet"]


def test_the_manager_ends_what_nobody_has_begun(place: Place) -> None:
    waiting = an_episode(place)
    told = {"reason": "no_longer_wanted", "summary": "Mum rang.", "leads_next": "Nobody", "at": LATER}
    with acting_as(place.manager):
        closure = close_unstarted(episode=waiting, **told, by=place.manager)  # type: ignore[arg-type]
        waiting.refresh_from_db()
    assert (waiting.state, closure.closed_by, closure.proposed_by) == (
        Episode.State.CLOSED,
        place.manager,
        place.manager,
    )


def test_what_somebody_leads_is_not_ended_without_a_proposal(place: Place, episode: Episode) -> None:
    told: dict[str, Any] = {"reason": "other", "summary": "x", "leads_next": "y", "by": place.manager, "at": LATER}
    with acting_as(place.manager):
        with pytest.raises(Refused, match="Somebody leads the work"):
            close_unstarted(episode=episode, **told)
        with pytest.raises(Refused, match="has not proposed to close yet"):
            close_episode(episode=episode, why_without="x", by=place.manager, at=LATER)


def test_the_database_wants_to_know_who_closed(place: Place, episode: Episode) -> None:
    closure = a_proposal(episode, by=place.worker)
    with acting_as(place.manager), pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.filter(pk=closure.pk).update(closed_at=MUCH_LATER)


def a_closed_case(place: Place) -> tuple[Episode, Goal, PlanAction, Closure]:
    episode = an_allocated_episode(place)
    an_agreed_plan(episode, by=place.worker, wanted=["Calm mornings"])
    closure = a_proposal(episode, by=place.worker)
    with acting_as(place.manager):
        close_episode(episode=episode, why_without="Moved.", by=place.manager, at=MUCH_LATER)
        return episode, Goal.objects.get(), PlanAction.objects.get(), closure


def test_a_closed_record_stays_as_it_is(place: Place) -> None:
    episode, goal, action, closure = a_closed_case(place)
    who: dict[str, Any] = {"by": place.manager, "at": MUCH_LATER + timedelta(days=1)}
    words: dict[str, Any] = {"what": "x", "owner": "y", "due_on": REVIEW_ON, "how_we_know": "z"}
    changes: list[Callable[[], object]] = [
        lambda: add_goal(episode=episode, outcome="health", wanted="More", **who),
        lambda: edit_goal(goal=goal, outcome="health", wanted="More", version=1, **who),
        lambda: move_goal(goal=goal, up=True, **who),
        lambda: remove_goal(goal=goal, **who),
        lambda: add_plan_action(goal=goal, **words, **who),
        lambda: edit_plan_action(plan_action=action, **words, version=1, **who),
        lambda: mark_plan_action(plan_action=action, done_on=None, dropped=False, note="", version=1, **who),
        lambda: remove_plan_action(plan_action=action, **who),
        lambda: set_terms(episode=episode, **terms(version=2) | who),
        lambda: agree_plan(episode=episode, agreed_on=PLANNED_ON, agreed_with="Mum", **who),
        lambda: record_meeting(episode=episode, **meeting_words(), **who),
        lambda: send_closure_back(closure=closure, reason="x", **who),
        lambda: close_episode(episode=episode, why_without="x", **who),
        lambda: close_unstarted(episode=episode, reason="other", summary="x", leads_next="y", **who),
    ]
    for change in changes:
        with acting_as(place.manager), pytest.raises(Refused, match="Help for this family has ended"):
            change()
    with pytest.raises(Refused, match="Help for this family has ended"):
        a_proposal(episode, by=place.manager)


def test_only_the_manager_of_the_team_closes_or_sends_back(place: Place, episode: Episode) -> None:
    closure = a_proposal(episode, by=place.worker)
    for user in (place.worker, place.other_manager):
        with acting_as(user):
            with pytest.raises(NotAllowed):
                close_episode(episode=episode, why_without="x", by=user, at=MUCH_LATER)
            with pytest.raises(NotAllowed):
                send_closure_back(closure=closure, reason="x", by=user, at=MUCH_LATER)
            with pytest.raises(NotAllowed):
                close_unstarted(episode=episode, reason="x", summary="x", leads_next="x", by=user, at=MUCH_LATER)


def test_a_hub_adviser_writes_no_plan(place: Place, episode: Episode) -> None:
    for user in (place.hub_adviser, place.administrator):
        with acting_as(user), pytest.raises(NotAllowed):
            add_goal(episode=episode, outcome="health", wanted="x", by=user, at=LATER)


def test_another_team_can_neither_read_nor_change_the_plan(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker)
    with acting_as(place.worker):
        goal = get_goal(Goal.objects.earliest("pk").pk)
        action = get_plan_action(PlanAction.objects.earliest("pk").pk)
    with acting_as(place.stranger):
        for model in (Plan, Goal, PlanAction, PlanRevision, Meeting, Attendance, Closure):
            assert not model.objects.exists(), model  # type: ignore[attr-defined]
        assert plan_in_full(episode.pk) is None
        with pytest.raises(NotAllowed):
            add_goal(episode=episode, outcome="health", wanted="x", by=place.stranger, at=LATER)
        with pytest.raises(NotAllowed):
            edit_goal(goal=goal, outcome="health", wanted="x", version=1, by=place.stranger, at=LATER)
        with pytest.raises(NotAllowed):
            mark_plan_action(
                plan_action=action, done_on=None, dropped=False, note="", version=1, by=place.stranger, at=LATER
            )
        with pytest.raises(NotAllowed):
            record_meeting(episode=episode, **meeting_words(), by=place.stranger, at=LATER)
        with pytest.raises(NotAllowed):
            propose_closure(
                episode=episode,
                ending=Ending(reason="other", leads_next="x", summary="x"),
                results={},
                version=0,
                by=place.stranger,
                at=LATER,
            )


def test_the_database_keeps_another_team_from_writing_into_the_plan(place: Place, episode: Episode) -> None:
    plan = an_agreed_plan(episode, by=place.worker)
    row = {"plan": plan, "family_id": episode.family_id, "outcome": "health", "wanted": "x", "position": 9}
    with acting_as(place.stranger), pytest.raises(ProgrammingError), transaction.atomic():
        Goal.objects.create(**row, edited_by=place.stranger)


def test_a_partner_who_leads_the_family_works_on_its_plan(place: Place) -> None:
    episode = an_allocated_episode(place, to=place.teacher)
    goal = a_goal(episode, by=place.teacher)
    assert goal.edited_by == place.teacher


def test_what_the_record_lacks_follows_what_happened(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        before = {record.id for record in missing_records(episode)}
    a_meeting(episode, by=place.worker)
    with acting_as(place.worker):
        after = {record.id for record in missing_records(episode)}
        closing = {record.id for record in missing_records(episode, counting=[Happening.CLOSURE_SUMMARY_RECORDED])}
    assert before - after == {"plan", "meeting_minutes"}
    assert after - closing == {"handover_and_closure"}
