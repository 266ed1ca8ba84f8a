"""Goals, actions, working together, agreement and revisions, through the actions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from baton.episodes.models import Episode, Event
from baton.people.queries import children_of
from baton.plans.actions import (
    agree_plan,
    edit_goal,
    edit_plan_action,
    mark_plan_action,
    move_goal,
    remove_goal,
    remove_plan_action,
    set_terms,
)
from baton.plans.models import Goal, PlanAction, PlanRevision
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import EditedMeanwhile, Refused
from baton.practice.happenings import Happening
from tests.factories import Place
from tests.factories.plans import (
    PLANNED,
    PLANNED_ON,
    REVIEW_ON,
    a_draft_plan,
    a_goal,
    an_action,
    an_agreed_plan,
    the_plan,
)
from tests.plans.at_work import LATER, kinds_of, terms

pytestmark = pytest.mark.django_db


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
