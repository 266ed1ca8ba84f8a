"""The plan and the meetings around it, and how help ends."""

from collections.abc import Callable
from datetime import datetime, timedelta

from baton.demonstration.calendar import later
from baton.demonstration.texts import say, some_goals
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.people.queries import children_of, members_on
from baton.plans.actions import (
    Attending,
    Ending,
    Minutes,
    add_goal,
    add_plan_action,
    agree_plan,
    close_episode,
    mark_plan_action,
    propose_closure,
    record_meeting,
    set_terms,
)
from baton.plans.models import Goal, Meeting, Plan, PlanAction
from baton.plans.queries.reviews import review_asked
from baton.platform.models import User
from baton.practice.calendar import day_of

MOST_GOALS = 3
WITHOUT_MEETING = 0.7  # of the reviews that may do without one
MISSING = "What is missing was done with the family and is described in the visits."


def plan(walk: Walk, episode: Episode, lead: User, met_at: datetime) -> None:
    """Goals and actions, written the day before; the planning meeting; and the family's agreement to the plan."""
    with walk.step(lead, met_at):
        for told in some_goals(walk.random, MOST_GOALS):
            goal = add_goal(episode=episode, outcome=told["outcome"], wanted=told["wanted"], by=lead, at=met_at)
            for action in told["actions"][: walk.random.choice((1, 2, 2))]:
                _add_action(walk, goal, action, lead, met_at)
        _meet(walk, episode, lead, Meeting.Kind.PLANNING, met_at)
        _set_terms(walk, episode, lead, met_at)
        agree_plan(episode=episode, agreed_on=day_of(met_at), agreed_with="Mum and the children", by=lead, at=met_at)


def review(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """A review, as a meeting or as collected updates where the framework lets it; then what was done is ticked."""
    with walk.step(lead, at):
        collected = review_asked(episode).may_be_collected and walk.random.random() < WITHOUT_MEETING
        _meet(walk, episode, lead, Meeting.Kind.REVIEW, at, met=not collected)
        for each in PlanAction.objects.filter(goal__plan__episode=episode, done_on__isnull=True):
            if walk.random.random() < 0.45:
                mark_plan_action(
                    plan_action=each, done_on=day_of(at), dropped=False, note="", version=each.version, by=lead, at=at
                )


def close(walk: Walk, episode: Episode, lead: User, manager: User, at: datetime) -> datetime:
    """An ending meeting, the lead practitioner's proposal, the manager's closing days later. Returns when it was."""
    with walk.step(lead, at):
        _meet(walk, episode, lead, Meeting.Kind.ENDING, at)
    proposed_at = later(walk.random, at, usual=2, late=8, how_often_late=0.2)
    with walk.step(lead, proposed_at):
        kinds = [outcome.id for outcome in walk.framework.goal_outcomes]
        weights = [5 if outcome.kind == "met" else 2 for outcome in walk.framework.goal_outcomes]
        goals = Goal.objects.filter(plan__episode=episode)
        propose_closure(
            episode=episode,
            ending=Ending(
                reason=walk.random.choice(walk.framework.closure_reasons[:3]).id,
                leads_next=say(walk.random, "leads_next"),
                sustaining=say(walk.random, "sustaining"),
                familys_view=say(walk.random, "family_views"),
                summary=say(walk.random, "closure_summaries"),
            ),
            results={goal.pk: walk.random.choices(kinds, weights)[0] for goal in goals},
            version=0,
            by=lead,
            at=proposed_at,
        )
    closed_at = later(walk.random, proposed_at, usual=3, late=14, how_often_late=0.25)
    with walk.step(manager, closed_at):
        close_episode(episode=episode, why_without=MISSING, by=manager, at=closed_at)
    return closed_at


def _add_action(walk: Walk, goal: Goal, action: dict[str, str], lead: User, at: datetime) -> None:
    member = walk.random.choice([m for m in members_on(goal.family_id, on=at.date()) if m.part == "parent"])
    owners: tuple[Callable[[], dict[str, object]], ...] = (
        lambda: {"owner": member.person.name, "owner_person": member.person},
        lambda: {"owner": lead.name, "owner_user": lead},
        lambda: {"owner": walk.random.choice(walk.staff.partners).organisation.name},
    )
    add_plan_action(
        goal=goal,
        what=action["what"],
        how_we_know=action["how_we_know"],
        due_on=day_of(at) + timedelta(days=walk.random.choice((14, 21, 28, 42))),
        by=lead,
        at=at,
        **walk.random.choice(owners)(),  # type: ignore[arg-type]
    )


def _set_terms(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    version = Plan.objects.get(episode=episode).version
    set_terms(
        episode=episode,
        visit_every_weeks=2,
        alone={member.person_id: say(walk.random, "alone") for member in children_of(episode.family_id)},
        contingency=say(walk.random, "contingency"),
        review_on=day_of(at) + timedelta(weeks=6),
        version=version,
        by=lead,
        at=at,
    )


def _meet(walk: Walk, episode: Episode, lead: User, kind: str, at: datetime, *, met: bool = True) -> None:
    helpers = walk.random.sample([each for each in walk.staff.partners if each.pk != lead.pk], 3)
    people = [
        Attending(member.person.name, came=walk.random.random() < 0.85, person_id=member.person_id)
        for member in members_on(episode.family_id, on=at.date())
    ]
    people += [Attending(each.name, came=walk.random.random() < 0.8, agency=each.organisation.name) for each in helpers]
    people[0] = people[0]._replace(came=True)
    if not met:
        people = [each._replace(update=say(walk.random, "others_say") if each.came else "") for each in people]
    ending = kind == Meeting.Kind.ENDING
    record_meeting(
        episode=episode,
        minutes=Minutes(
            kind=kind,
            held_at=at - timedelta(hours=1),
            childs_voice=Meeting.Voice.REPRESENTED,
            childs_views=say(walk.random, "voices"),
            discussed=say(walk.random, "discussed"),
            decisions=say(walk.random, "decisions"),
            met=met,
            chair=lead.name if met else "",
            note_taker=helpers[0].name if met else "",
            decision=Meeting.Decision.CONTINUE if kind == Meeting.Kind.REVIEW else "",
            shared_back="" if met else "Sent to everybody by secure email",
            next_on=None if ending else day_of(at) + timedelta(weeks=6),
        ),
        people=people,
        by=lead,
        at=at,
    )
