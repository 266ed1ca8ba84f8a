"""Changes to the goals of a plan."""

from datetime import datetime

from baton.episodes.models import Episode
from baton.plans.actions.revisions import in_short, note_change, plan_to_change
from baton.plans.models import Goal, PlanAction
from baton.plans.permissions import may_plan
from baton.plans.policies.plan import TO_REMOVE, RemovalFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.happenings import Happening


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def add_goal(*, episode: Episode, outcome: str, wanted: str, by: User, at: datetime) -> Goal:
    """Add a goal at the end of the family's order: an outcome of the framework and what the family wants (DOR 13.1).

    Raises `Refused` when help has ended.
    """
    plan = plan_to_change(episode.pk)
    last = Goal.objects.filter(plan=plan).order_by("-position").values_list("position", flat=True).first()
    goal = Goal.objects.create(
        plan=plan, family_id=plan.family_id, outcome=outcome, wanted=wanted, position=(last or 0) + 1, edited_by=by
    )
    note_change(plan, f"New goal: {in_short(wanted)}")
    return goal


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def edit_goal(*, goal: Goal, outcome: str, wanted: str, version: int, by: User, at: datetime) -> Goal:
    """Put a goal in other words. Raises `Refused` when help has ended, `EditedMeanwhile` when somebody was quicker."""
    plan = plan_to_change(goal.plan.episode_id)
    goal = Goal.objects.select_related("edited_by").get(pk=goal.pk)
    if goal.version != version:
        theirs = {"outcome": goal.outcome, "wanted": goal.wanted}
        raise EditedMeanwhile(theirs, version=goal.version, by=goal.edited_by.name)
    if (goal.outcome, goal.wanted) == (outcome, wanted):
        return goal
    goal.outcome, goal.wanted = outcome, wanted
    goal.version, goal.edited_by = version + 1, by
    goal.save(update_fields=["outcome", "wanted", "version", "edited_by"])
    note_change(plan, f"Goal in other words: {in_short(wanted)}")
    return goal


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def move_goal(*, goal: Goal, up: bool, by: User, at: datetime) -> Goal:
    """Move a goal one place up or down in the family's order; the first and last stay where they are.

    Raises `Refused` when help has ended.
    """
    plan = plan_to_change(goal.plan.episode_id)
    goals = list(Goal.objects.filter(plan=plan))
    here = next(index for index, each in enumerate(goals) if each.pk == goal.pk)
    there = here - 1 if up else here + 1
    goal = goals[here]
    if not 0 <= there < len(goals):
        return goal
    goal.position, goals[there].position = goals[there].position, goal.position
    goal.save(update_fields=["position"])
    goals[there].save(update_fields=["position"])
    note_change(plan, f"Goal is now number {there + 1}: {in_short(goal.wanted)}")
    return goal


@action(allowed=may_plan)
def remove_goal(*, goal: Goal, by: User, at: datetime) -> Goal:
    """Take a goal and its actions out of a plan that is still being written. Raises `Refused` once it was agreed."""
    plan = plan_to_change(goal.plan.episode_id)
    require(TO_REMOVE, RemovalFacts(episode_is_open=plan.episode.is_open, plan_is_agreed=plan.is_agreed))
    PlanAction.objects.filter(goal=goal).delete()
    Goal.objects.filter(pk=goal.pk).delete()
    note_change(plan)
    return goal
