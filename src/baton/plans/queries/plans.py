"""Reads of a plan, its goals and its actions."""

from datetime import date

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from baton.episodes.models import Episode
from baton.plans.models import Goal, Plan, PlanAction, PlanRevision, SeenAlone
from baton.plans.policies.plan import AgreementFacts


def plan_of(episode: Episode) -> Plan | None:
    """The episode's plan without what is in it; None before the first goal or date is written. One query."""
    return Plan.objects.filter(episode=episode).select_related("edited_by").first()


def plan_in_full(episode_id: int) -> Plan | None:
    """The plan with goals, their actions, how often each child is seen alone, and revisions. Five queries."""
    goals = Prefetch("goals", Goal.objects.prefetch_related("actions"))
    alone = Prefetch(
        "children_alone", SeenAlone.objects.select_related("person").order_by("person__date_of_birth", "id")
    )
    revisions = Prefetch("revisions", PlanRevision.objects.select_related("revised_by"))
    plans = Plan.objects.filter(episode_id=episode_id).select_related("edited_by")
    return plans.prefetch_related(goals, alone, revisions).first()


def get_goal(goal_id: int) -> Goal:
    """A goal with its plan, episode and family; `Http404` where the asker does not hold the family. One query."""
    goals = Goal.objects.select_related("plan__episode__family__team", "edited_by")
    return get_object_or_404(goals, pk=goal_id)


def get_plan_action(plan_action_id: int) -> PlanAction:
    """An action of a plan with its goal, episode and family; `Http404` where the asker does not hold it. One query."""
    actions = PlanAction.objects.select_related("goal__plan__episode__family__team", "edited_by")
    return get_object_or_404(actions, pk=plan_action_id)


def agreement_facts(
    episode: Episode, plan: Plan | None, *, agreed_on: date, agreed_with: str, today: date
) -> AgreementFacts:
    """What the policies of agreeing ask, of a plan as `plan_in_full` gives it. No query then."""
    goals = list(plan.goals.all()) if plan else []
    return AgreementFacts(
        episode_is_open=episode.is_open,
        is_agreed=plan is not None and plan.is_agreed,
        goals=len(goals),
        goals_without_action=sum(1 for goal in goals if not goal.actions.all()),
        review_on=plan.review_on if plan else None,
        agreed_on=agreed_on,
        agreed_with=agreed_with,
        today=today,
    )
