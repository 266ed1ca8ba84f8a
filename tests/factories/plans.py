"""Plans, meetings and proposals to close, made by the actions as practitioners make them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from baton.episodes.models import Episode
from baton.plans.actions import (
    Attending,
    Ending,
    Minutes,
    add_goal,
    add_plan_action,
    agree_plan,
    propose_closure,
    record_meeting,
    set_terms,
)
from baton.plans.models import Closure, Goal, Meeting, Plan, PlanAction
from baton.plans.queries import closure_of, plan_of
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.factories.times import MONDAY

PLANNED = MONDAY + timedelta(weeks=5)  # Monday 9 November 2026
PLANNED_ON = date(2026, 11, 9)
REVIEW_ON = date(2026, 12, 18)
WANTED = ("Mornings without shouting", "Ashby is in school every day")


def a_goal(episode: Episode, *, by: User, wanted: str = WANTED[0], at: datetime = PLANNED) -> Goal:
    """A goal at the end of the family's order."""
    with acting_as(by):
        return add_goal(episode=episode, outcome="family_relationships", wanted=wanted, by=by, at=at)


def an_action(goal: Goal, *, by: User, at: datetime = PLANNED, **words: Any) -> PlanAction:
    """An action of the mother's, due in four weeks."""
    told: dict[str, Any] = {
        "what": "Pack school bags in the evening",
        "owner": "Marigold Quillfeather",
        "due_on": (at + timedelta(weeks=4)).date(),
        "how_we_know": "Bags stand at the door at bedtime",
    }
    with acting_as(by):
        return add_plan_action(goal=goal, **(told | words), by=by, at=at)


def a_draft_plan(episode: Episode, *, by: User, wanted: Sequence[str] = WANTED, at: datetime = PLANNED) -> Plan:
    """A plan that is ready to be agreed: each goal has an action, and a review date is set."""
    for each in wanted:
        an_action(a_goal(episode, by=by, wanted=each, at=at), by=by, at=at)
    with acting_as(by):
        return set_terms(
            episode=episode,
            visit_every_weeks=2,
            alone={},
            contingency="Ring Wilf. At night ring the out-of-hours team.",
            review_on=(at + timedelta(weeks=5)).date(),
            version=1,
            by=by,
            at=at,
        )


def an_agreed_plan(episode: Episode, *, by: User, wanted: Sequence[str] = WANTED, at: datetime = PLANNED) -> Plan:
    """A plan the mother agreed to on the day it was written."""
    a_draft_plan(episode, by=by, wanted=wanted, at=at)
    with acting_as(by):
        return agree_plan(episode=episode, agreed_on=at.date(), agreed_with="Marigold Quillfeather", by=by, at=at)


INVITED = (
    Attending(name="Marigold Quillfeather", came=True),
    Attending(name="Tess Teacher", agency="Larkhill Test School", came=True),
    Attending(name="Nina Nurse", agency="Health visiting", came=False),
)


def meeting_words(*, people: Sequence[Attending] = INVITED, **words: Any) -> dict[str, Any]:
    """What `record_meeting` is told of an ordinary planning meeting; `words` change its minutes."""
    told: dict[str, Any] = {
        "kind": Meeting.Kind.PLANNING,
        "held_at": PLANNED,
        "chair": "Wilf Worker",
        "note_taker": "Tess Teacher",
        "childs_voice": Meeting.Voice.REPRESENTED,
        "childs_views": "Ashby wants Mum to wake him before the baby.",
        "discussed": "How mornings go.",
        "decisions": "Try a bedtime for everybody.",
        "next_on": REVIEW_ON,
    }
    return {"minutes": Minutes(**(told | words)), "people": people}


def review_words(**words: Any) -> dict[str, Any]:
    """What `record_meeting` is told of an ordinary review meeting that carries on."""
    return meeting_words(**({"kind": Meeting.Kind.REVIEW, "decision": Meeting.Decision.CONTINUE} | words))


def updates_words(**words: Any) -> dict[str, Any]:
    """What `record_meeting` is told of a review that collected updates."""
    people = [
        Attending(name="Marigold Quillfeather", came=True, update="Better since we eat together."),
        Attending(name="Tess Teacher", agency="Larkhill Test School", came=False),
    ]
    told = {"met": False, "people": people, "chair": "", "note_taker": "", "shared_back": "By letter to everybody."}
    return review_words(**(told | words))


def a_meeting(episode: Episode, *, by: User, at: datetime = PLANNED, **words: Any) -> Meeting:
    """A meeting, told as `meeting_words` or `review_words` or `updates_words` tell it."""
    told = words or meeting_words()
    with acting_as(by):
        return record_meeting(episode=episode, **told, by=by, at=at)


def a_proposal(
    episode: Episode,
    *,
    by: User,
    at: datetime = PLANNED + timedelta(weeks=12),
    results: Mapping[int, str] | None = None,
    version: int | None = None,
    **words: Any,
) -> Closure:
    """A proposal to close with every goal met."""
    with acting_as(by):
        goals = Goal.objects.filter(plan__episode=episode).values_list("pk", flat=True)
        before = closure_of(episode)
        told: dict[str, Any] = {
            "reason": "other",
            "leads_next": "Tess Teacher, Larkhill Test School",
            "sustaining": "Bags are packed in the evening.",
            "familys_view": "It helped that somebody came every week.",
            "summary": "Mornings were hard; now they are calm.",
        }
        return propose_closure(
            episode=episode,
            ending=Ending(**(told | words)),
            results=dict.fromkeys(goals, "met") if results is None else results,
            version=(before.version if before else 0) if version is None else version,
            by=by,
            at=at,
        )


def the_plan(episode: Episode, *, by: User) -> Plan:
    """The plan as it stands now."""
    with acting_as(by):
        plan = plan_of(episode)
    assert plan is not None
    return plan
