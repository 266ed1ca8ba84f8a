"""Changes to the actions of a plan: who does what by when."""

from datetime import date, datetime

from baton.people.models import Person
from baton.plans.actions.revisions import in_short, note_change, plan_to_change
from baton.plans.models import Goal, PlanAction
from baton.plans.permissions import may_plan
from baton.plans.policies.plan import TO_REMOVE, TO_TICK, ActionFacts, RemovalFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening

WORDING = ("what", "owner", "owner_person", "owner_user", "due_on", "how_we_know")
STANDING = ("done_on", "dropped", "note")


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def add_plan_action(
    *,
    goal: Goal,
    what: str,
    owner: str,
    due_on: date,
    how_we_know: str,
    owner_person: Person | None = None,
    owner_user: User | None = None,
    by: User,
    at: datetime,
) -> PlanAction:
    """Add to a goal what somebody will do by when, and how everyone will know (DOR 13.1; DLP, SMART).

    `owner` is a name to read; `owner_person` and `owner_user` say who it is where Baton knows them. Raises `Refused`.
    """
    plan = plan_to_change(goal.plan.episode_id)
    added = PlanAction.objects.create(
        goal=goal,
        family_id=plan.family_id,
        what=what,
        owner=owner,
        owner_person=owner_person,
        owner_user=owner_user,
        due_on=due_on,
        how_we_know=how_we_know,
        edited_by=by,
    )
    note_change(plan, f"New action for {owner}: {in_short(what)}")
    return added


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def edit_plan_action(
    *,
    plan_action: PlanAction,
    what: str,
    owner: str,
    due_on: date,
    how_we_know: str,
    owner_person: Person | None = None,
    owner_user: User | None = None,
    version: int,
    by: User,
    at: datetime,
) -> PlanAction:
    """Change what an action says. Raises `Refused` when help has ended, `EditedMeanwhile` when somebody was quicker."""
    plan = plan_to_change(plan_action.goal.plan.episode_id)
    now = _as_it_stands(plan_action, version)
    wanted = (what, owner, owner_person, owner_user, due_on, how_we_know)
    if tuple(getattr(now, name) for name in WORDING) == wanted:
        return now
    for name, value in zip(WORDING, wanted, strict=True):
        setattr(now, name, value)
    _save(now, WORDING, by)
    note_change(plan, f"Action changed, for {owner}: {in_short(what)}")
    return now


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def mark_plan_action(
    *,
    plan_action: PlanAction,
    done_on: date | None,
    dropped: bool,
    note: str,
    version: int,
    by: User,
    at: datetime,
) -> PlanAction:
    """Say where an action stands: still to do (no day), done, or `dropped` because it is no longer needed.

    Doing what was agreed is no revision; dropping it is. Raises `Refused` and `EditedMeanwhile`.
    """
    plan = plan_to_change(plan_action.goal.plan.episode_id)
    require(TO_TICK, ActionFacts(episode_is_open=True, done_on=done_on, today=day_of(at)))
    now = _as_it_stands(plan_action, version)
    is_news = dropped and not now.dropped
    now.done_on, now.dropped, now.note = done_on, dropped, note
    _save(now, STANDING, by)
    note_change(plan, *([f"No longer needed: {in_short(now.what)}"] if is_news else []))
    return now


@action(allowed=may_plan)
def remove_plan_action(*, plan_action: PlanAction, by: User, at: datetime) -> PlanAction:
    """Take an action out of a plan that is still being written. Raises `Refused` once it was agreed."""
    plan = plan_to_change(plan_action.goal.plan.episode_id)
    require(TO_REMOVE, RemovalFacts(episode_is_open=plan.episode.is_open, plan_is_agreed=plan.is_agreed))
    PlanAction.objects.filter(pk=plan_action.pk).delete()
    note_change(plan)
    return plan_action


def _as_it_stands(plan_action: PlanAction, version: int) -> PlanAction:
    now = PlanAction.objects.select_related("edited_by", "owner_person", "owner_user").get(pk=plan_action.pk)
    if now.version != version:
        theirs = {name: getattr(now, name) for name in ("what", "due_on", "how_we_know", *STANDING)}
        theirs |= {"owner": now.owner_key, "owner_name": now.owner_elsewhere, "stands": now.stands}
        raise EditedMeanwhile(theirs, version=now.version, by=now.edited_by.name)
    return now


def _save(plan_action: PlanAction, names: tuple[str, ...], by: User) -> None:
    plan_action.version += 1
    plan_action.edited_by = by
    plan_action.save(update_fields=[*names, "version", "edited_by"])
