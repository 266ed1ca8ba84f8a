"""Writing a plan, holding meetings and ending help, through the actions: state, events, deadlines, refusals."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from baton.episodes.models import Deadline, Episode, Event
from baton.episodes.queries.deadlines import explained
from baton.people.queries import children_of
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
from baton.platform.models import AuditEntry
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from baton.practice.happenings import Happening
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
    meeting_words,
    review_words,
    the_plan,
    updates_words,
)

pytestmark = pytest.mark.django_db
LATER = PLANNED + timedelta(days=3)
MUCH_LATER = PLANNED + timedelta(weeks=12)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def kinds_of(episode: Episode, place: Place) -> list[str]:
    with acting_as(place.worker):
        return list(Event.objects.filter(episode=episode).order_by("at", "id").values_list("kind", flat=True))


def statuses(episode: Episode, place: Place, timescale: str, at: Any) -> list[str]:
    with acting_as(place.worker):
        return [d.status.value for d in explained(episode, at=at) if d.timescale == timescale]


# --- goals and actions -----------------------------------------------------------------------------------------------


def test_the_first_goal_starts_the_plan(place: Place, episode: Episode) -> None:
    goal = a_goal(episode, by=place.worker)
    plan = the_plan(episode, by=place.worker)
    assert (goal.plan_id, goal.position, plan.edited_by, plan.is_agreed) == (plan.pk, 1, place.worker, False)
    with acting_as(place.worker):
        assert AuditEntry.objects.filter(action="add_goal", family_id=episode.family_id).count() == 1


def test_goals_keep_the_order_of_the_family(place: Place, episode: Episode) -> None:
    first, second, third = (a_goal(episode, by=place.worker, wanted=wanted) for wanted in ("One", "Two", "Three"))
    with acting_as(place.worker):
        move_goal(goal=third, up=True, by=place.worker, at=LATER)
        move_goal(goal=first, up=False, by=place.worker, at=LATER)
        move_goal(goal=second, up=False, by=place.worker, at=LATER)  # it is the last already
        assert list(Goal.objects.values_list("wanted", flat=True)) == ["Three", "One", "Two"]


def test_two_goals_never_share_a_place(place: Place, episode: Episode) -> None:
    first, second = a_goal(episode, by=place.worker), a_goal(episode, by=place.worker)
    with acting_as(place.worker), connection.cursor() as cursor, transaction.atomic():
        Goal.objects.filter(pk=second.pk).update(position=first.position)
        with pytest.raises(IntegrityError):
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)


def test_a_goal_is_put_in_other_words(place: Place, episode: Episode) -> None:
    goal = a_goal(episode, by=place.worker)
    with acting_as(place.colleague):
        edit_goal(goal=goal, outcome="good_education", wanted="Up by seven", version=1, by=place.colleague, at=LATER)
        goal.refresh_from_db()
    assert (goal.wanted, goal.outcome, goal.version, goal.edited_by) == (
        "Up by seven",
        "good_education",
        2,
        place.colleague,
    )


def test_the_second_to_change_a_goal_is_shown_what_the_first_wrote(place: Place, episode: Episode) -> None:
    goal = a_goal(episode, by=place.worker)
    with acting_as(place.worker):
        edit_goal(goal=goal, outcome="health", wanted="Sleep", version=1, by=place.worker, at=LATER)
    with acting_as(place.colleague), pytest.raises(EditedMeanwhile) as meanwhile:
        edit_goal(goal=goal, outcome="health", wanted="Rest", version=1, by=place.colleague, at=LATER)
    assert meanwhile.value.theirs == {"outcome": "health", "wanted": "Sleep"}
    assert (meanwhile.value.version, meanwhile.value.by) == (2, place.worker.name)


def test_saving_the_same_words_changes_nothing(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    with acting_as(place.worker):
        goal = Goal.objects.earliest("position")
        edit_goal(goal=goal, outcome=goal.outcome, wanted=goal.wanted, version=1, by=place.worker, at=LATER)
        goal.refresh_from_db()
        assert goal.version == 1
        assert not PlanRevision.objects.exists()


def test_an_action_belongs_to_a_person_of_the_family_to_staff_or_to_an_agency(place: Place, episode: Episode) -> None:
    goal = a_goal(episode, by=place.worker)
    with acting_as(place.worker):
        child = children_of(episode.family_id).earliest("pk").person
    ours = an_action(goal, by=place.worker, owner=child.name, owner_person=child)
    mine = an_action(goal, by=place.worker, owner=place.worker.name, owner_user=place.worker)
    theirs = an_action(goal, by=place.worker, owner="Larkhill Test School")
    assert [each.owner_key for each in (ours, mine, theirs)] == [
        f"person-{child.pk}",
        f"user-{place.worker.pk}",
        "other",
    ]
    assert [each.owner_elsewhere for each in (ours, theirs)] == ["", "Larkhill Test School"]


def test_an_action_is_changed_and_the_second_to_do_so_is_told(place: Place, episode: Episode) -> None:
    action = an_action(a_goal(episode, by=place.worker), by=place.worker)
    words = {"what": "Set the alarm", "owner": "Nan", "due_on": REVIEW_ON, "how_we_know": "It rings", "at": LATER}
    with acting_as(place.worker):
        changed = edit_plan_action(plan_action=action, **words, version=1, by=place.worker)
        assert (changed.what, changed.owner, changed.version) == ("Set the alarm", "Nan", 2)
        assert edit_plan_action(plan_action=action, **words, version=2, by=place.worker).version == 2
    with acting_as(place.colleague), pytest.raises(EditedMeanwhile) as meanwhile:
        edit_plan_action(plan_action=action, **words | {"what": "Other"}, version=1, by=place.colleague)
    assert meanwhile.value.theirs["what"] == "Set the alarm"
    assert (meanwhile.value.theirs["owner"], meanwhile.value.theirs["owner_name"]) == ("other", "Nan")


def test_an_action_is_ticked_opened_again_and_dropped(place: Place, episode: Episode) -> None:
    action = an_action(a_goal(episode, by=place.worker), by=place.worker)
    stands = []
    steps: list[tuple[date | None, bool]] = [(PLANNED_ON, False), (None, False), (PLANNED_ON, True)]
    for version, (done_on, dropped) in enumerate(steps, start=1):
        with acting_as(place.worker):
            told = {"done_on": done_on, "dropped": dropped, "note": "", "version": version}
            stands.append(mark_plan_action(plan_action=action, **told, by=place.worker, at=LATER).stands)  # type: ignore[arg-type]
    assert stands == ["done", "todo", "dropped"]


def test_an_action_is_not_ticked_for_a_day_that_has_not_come(place: Place, episode: Episode) -> None:
    action = an_action(a_goal(episode, by=place.worker), by=place.worker)
    told: dict[str, Any] = {"done_on": date(2027, 1, 1), "dropped": False, "note": "", "version": 1}
    with acting_as(place.worker), pytest.raises(Refused, match="a day that has come"):
        mark_plan_action(plan_action=action, **told, by=place.worker, at=LATER)


def test_the_database_refuses_an_action_dropped_on_no_day(place: Place, episode: Episode) -> None:
    action = an_action(a_goal(episode, by=place.worker), by=place.worker)
    with acting_as(place.worker), pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.filter(pk=action.pk).update(dropped=True)


def test_a_draft_may_lose_goals_and_actions_and_an_agreed_plan_may_not(place: Place, episode: Episode) -> None:
    a_draft_plan(episode, by=place.worker)
    with acting_as(place.worker):
        first, second = Goal.objects.all()
        remove_plan_action(plan_action=first.actions.get(), by=place.worker, at=PLANNED)
        remove_goal(goal=second, by=place.worker, at=PLANNED)
        assert (Goal.objects.get(), PlanAction.objects.count()) == (first, 0)
    an_action(first, by=place.worker)
    with acting_as(place.worker):
        agree_plan(episode=episode, agreed_on=PLANNED_ON, agreed_with="Mum", by=place.worker, at=PLANNED)
        with pytest.raises(Refused, match="What was agreed stays in the plan"):
            remove_goal(goal=first, by=place.worker, at=LATER)
        with pytest.raises(Refused, match="What was agreed stays in the plan"):
            remove_plan_action(plan_action=first.actions.get(), by=place.worker, at=LATER)


# --- working together, agreement, revisions --------------------------------------------------------------------------


def terms(**words: Any) -> dict[str, Any]:
    told = {
        "visit_every_weeks": 2,
        "alone": {},
        "contingency": "Ring",
        "review_on": REVIEW_ON,
        "version": 0,
        "at": PLANNED,
    }
    return told | words


def test_how_everybody_works_together_can_be_said_before_there_is_a_goal(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        child = children_of(episode.family_id).earliest("pk")
        alone = {child.person_id: "Every second visit", 0: "nobody"}
        plan = set_terms(episode=episode, **terms(alone=alone), by=place.worker)
        assert (plan.visit_every_weeks, plan.version) == (2, 2)
        assert [(row.person, row.how_often) for row in plan.children_alone.all()] == [
            (child.person, "Every second visit")
        ]
        set_terms(episode=episode, **terms(alone={child.person_id: " "}, version=2), by=place.worker)
        assert not plan.children_alone.exists()


def test_saying_the_same_again_is_no_change(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        set_terms(episode=episode, **terms(), by=place.worker)
        assert set_terms(episode=episode, **terms(version=2), by=place.worker).version == 2


def test_the_second_to_say_how_we_work_together_is_told(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        child = children_of(episode.family_id).earliest("pk")
        set_terms(episode=episode, **terms(alone={child.person_id: "At school"}), by=place.worker)
    with acting_as(place.colleague), pytest.raises(EditedMeanwhile) as meanwhile:
        set_terms(episode=episode, **terms(visit_every_weeks=1), by=place.colleague)
    assert meanwhile.value.theirs["visit_every_weeks"] == 2
    assert meanwhile.value.theirs[f"alone_{child.person_id}"] == "At school"


def test_agreeing_a_plan_is_an_event_of_the_day_it_was_agreed(place: Place, episode: Episode) -> None:
    a_draft_plan(episode, by=place.worker)
    with acting_as(place.worker):
        plan = agree_plan(episode=episode, agreed_on=PLANNED_ON, agreed_with="Mum, Nan", by=place.worker, at=LATER)
        event = Event.objects.get(kind=Happening.PLAN_AGREED)
    assert (plan.agreed_with, plan.agreed_at) == ("Mum, Nan", event.at)
    assert event.at.date() == PLANNED_ON
    assert event.summary == "Agreed with Mum, Nan"


def test_a_plan_without_goals_is_not_agreed(place: Place, episode: Episode) -> None:
    with acting_as(place.worker), pytest.raises(Refused) as refused:
        agree_plan(episode=episode, agreed_on=PLANNED_ON, agreed_with="", by=place.worker, at=PLANNED)
    assert len(refused.value.sentences) == 3


def test_a_plan_is_agreed_once(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(Refused, match="agreed already"):
        agree_plan(episode=episode, agreed_on=PLANNED_ON, agreed_with="Mum", by=place.worker, at=LATER)


def test_changes_before_agreement_are_no_revisions(place: Place, episode: Episode) -> None:
    a_draft_plan(episode, by=place.worker)
    assert "plan_revised" not in kinds_of(episode, place)


def test_the_changes_of_a_day_are_one_revision_with_one_event(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    goal = a_goal(episode, by=place.worker, wanted="More time together", at=LATER)
    with acting_as(place.worker):
        assert Event.objects.get(kind=Happening.PLAN_REVISED).summary == "New goal: More time together"
    an_action(goal, by=place.colleague, at=LATER + timedelta(hours=1))
    with acting_as(place.worker):
        revision = PlanRevision.objects.get()
        event = Event.objects.get(kind=Happening.PLAN_REVISED)
    assert revision.changes[0] == "New goal: More time together"
    assert len(revision.changes) == 2
    assert (event.at, event.summary) == (LATER, "2 changes to the plan")
    a_goal(episode, by=place.worker, at=LATER + timedelta(days=1))
    assert kinds_of(episode, place).count("plan_revised") == 2


def test_doing_what_was_agreed_is_no_revision_and_dropping_it_is(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    told: dict[str, Any] = {"done_on": PLANNED_ON, "note": "", "by": place.worker, "at": LATER}
    with acting_as(place.worker):
        action = PlanAction.objects.earliest("pk")
        mark_plan_action(plan_action=action, dropped=False, version=1, **told)
        assert not PlanRevision.objects.exists()
        mark_plan_action(plan_action=action, dropped=True, version=2, **told)
        assert PlanRevision.objects.get().changes == ["No longer needed: Pack school bags in the evening"]


# --- meetings and reviews --------------------------------------------------------------------------------------------


def test_a_planning_meeting_meets_its_deadline_and_starts_the_next(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker, at=LATER)
    with acting_as(place.worker):
        events = {event.kind: event for event in Event.objects.filter(record="plans_meeting")}
        came = list(Attendance.objects.filter(came=True).values_list("name", flat=True))
    assert events[Happening.PLANNING_MEETING_HELD].at == PLANNED
    assert events[Happening.PLANNING_MEETING_HELD].meeting is None
    assert events[Happening.PLANNING_MEETING_HELD].summary == "2 of 3 came"
    assert events[Happening.MINUTES_RECORDED].at == LATER
    assert came == ["Marigold Quillfeather", "Tess Teacher"]
    assert meeting.next_on == REVIEW_ON
    assert statuses(episode, place, "review", LATER) == ["upcoming"]


def test_the_next_date_becomes_the_review_date_of_the_plan(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=LATER, **review_words(next_on=date(2027, 1, 15)))
    assert the_plan(episode, by=place.worker).review_on == date(2027, 1, 15)
    with acting_as(place.worker):
        assert PlanRevision.objects.get().changes == ["Next review on 15 January 2027"]


def test_a_next_date_that_the_plan_has_already_is_no_revision(place: Place, episode: Episode) -> None:
    plan = an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=LATER, **review_words(next_on=plan.review_on))
    assert "plan_revised" not in kinds_of(episode, place)


def test_an_older_meeting_written_down_late_leaves_the_review_date_alone(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=LATER, **review_words(held_at=LATER, next_on=date(2027, 1, 15)))
    a_meeting(episode, by=place.worker, at=LATER, **meeting_words(next_on=date(2026, 12, 1)))
    assert the_plan(episode, by=place.worker).review_on == date(2027, 1, 15)


def test_chair_and_note_taker_are_two_people(place: Place, episode: Episode) -> None:
    with acting_as(place.worker), pytest.raises(Refused, match="Name another note taker"):
        record_meeting(episode=episode, **meeting_words(note_taker="wilf  worker"), by=place.worker, at=LATER)


def test_the_database_too_wants_two_people(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(note_taker="WILF WORKER")


def test_only_a_review_may_do_without_a_meeting(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(met=False)


def test_at_doncasters_level_2_collected_updates_meet_the_review(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    an_agreed_plan(episode, by=place.worker)
    due_before = statuses(episode, place, "review_level_2", LATER)
    review = a_meeting(episode, by=place.worker, at=LATER, **updates_words(held_at=LATER))
    with acting_as(place.worker):
        event = Event.objects.get(kind=Happening.REVIEW_HELD)
        kept = (
            Deadline.objects.filter(timescale="review_level_2").order_by("started_at").values_list("state", flat=True)
        )
        assert list(kept) == ["met", "open"]
    assert due_before == ["upcoming"]
    assert (event.meeting, event.record_id) == (False, review.pk)
    assert statuses(episode, place, "review_level_2", LATER) == ["met", "upcoming"]
    assert "minutes_recorded" not in kinds_of(episode, place)


def test_at_doncasters_level_3_a_review_is_a_meeting(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=3)
    an_agreed_plan(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(Refused, match="At this level of need a review is a meeting"):
        record_meeting(episode=episode, **updates_words(held_at=LATER), by=place.worker, at=LATER)
    assert statuses(episode, place, "review_level_3", LATER) == ["upcoming"]
    a_meeting(episode, by=place.worker, at=LATER, **review_words(held_at=LATER))
    assert statuses(episode, place, "review_level_3", LATER) == ["met", "upcoming"]


@pytest.mark.parametrize("framework", ["dorset", "derby"])
def test_where_nothing_says_otherwise_a_review_is_a_meeting(place: Place, framework: str) -> None:
    episode = an_allocated_episode(place, framework=framework, level=2)
    with acting_as(place.worker), pytest.raises(Refused, match="a review is a meeting"):
        record_meeting(episode=episode, **updates_words(), by=place.worker, at=LATER)


def test_an_ending_meeting_is_on_record_and_asks_for_no_next_date(place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker, **meeting_words(kind=Meeting.Kind.ENDING, next_on=None))
    kinds = kinds_of(episode, place)
    assert "minutes_recorded" in kinds
    assert "planning_meeting_held" not in kinds


# --- ending help -----------------------------------------------------------------------------------------------------


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


# --- the wrong person ------------------------------------------------------------------------------------------------


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
