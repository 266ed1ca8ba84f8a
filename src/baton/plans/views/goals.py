"""The forms of one goal and of one action."""

from typing import Any, ClassVar, cast

from django import forms
from django.urls import reverse

from baton.episodes.queries.episodes import get_episode
from baton.plans.actions import (
    add_goal,
    add_plan_action,
    edit_goal,
    edit_plan_action,
    mark_plan_action,
    move_goal,
    remove_goal,
    remove_plan_action,
)
from baton.plans.forms.plan import GoalForm, NothingToType, PlanActionForm, StandingForm
from baton.plans.presenters.plan import outcome_choices
from baton.plans.queries import get_goal, get_plan_action
from baton.plans.views.pages import EpisodeFormPage
from baton.practice.calendar import day_of


class PlanPage(EpisodeFormPage):
    """A form that belongs to the plan, and leads back to it."""

    def back(self) -> tuple[str, str]:
        return reverse("plan", args=[self.episode.pk]), "Plan"

    def before_removing(self) -> dict[str, Any]:
        """What a page says that asks once more before something is gone."""
        return {"button_kind": "warning", "cancel": {"href": self.back()[0], "text": "Keep it"}}


class OneGoalPage(PlanPage):
    """A form about one goal."""

    def find(self) -> None:
        self.goal = get_goal(self.kwargs["goal_id"])
        self.episode = self.goal.plan.episode


class OneActionPage(PlanPage):
    """A form about one action."""

    def find(self) -> None:
        self.plan_action = get_plan_action(self.kwargs["plan_action_id"])
        self.episode = self.plan_action.goal.plan.episode


class AddGoalPage(PlanPage):
    """Add a goal."""

    form_class = GoalForm
    title = "Add a goal"
    button = "Add the goal"

    def find(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"outcomes": outcome_choices(self.framework)}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        goal = add_goal(
            episode=self.episode, outcome=typed["outcome"], wanted=typed["wanted"], by=self.user, at=self.at
        )
        return f"{self.back()[0]}#goal-{goal.pk}"


class EditGoalPage(OneGoalPage):
    """Put a goal in other words."""

    form_class = GoalForm
    title = "Change the goal"
    button = "Save"

    def form_kwargs(self) -> dict[str, Any]:
        return {"outcomes": outcome_choices(self.framework)}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.goal, name) for name in ("outcome", "wanted", "version")}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        edit_goal(
            goal=self.goal,
            outcome=typed["outcome"],
            wanted=typed["wanted"],
            version=typed["version"] or 0,
            by=self.user,
            at=self.at,
        )
        return f"{self.back()[0]}#goal-{self.goal.pk}"


class MoveGoalUpPage(OneGoalPage):
    """One place up in the family's order. The plan's own buttons post here; opened by itself it asks once more."""

    form_class = NothingToType
    title = "Move this goal up"
    button = "Move up"
    up: ClassVar[bool] = True

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": self.goal.wanted, "cancel": {"href": self.back()[0]}}

    def save(self, form: forms.Form) -> str:
        move_goal(goal=self.goal, up=self.up, by=self.user, at=self.at)
        return f"{self.back()[0]}#goal-{self.goal.pk}"


class MoveGoalDownPage(MoveGoalUpPage):
    """One place down in the family's order."""

    title = "Move this goal down"
    button = "Move down"
    up = False


class RemoveGoalPage(OneGoalPage):
    """Take a goal out of a plan that is still being written."""

    form_class = NothingToType
    title = "Remove this goal and its actions?"
    button = "Remove"

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": self.goal.wanted} | self.before_removing()

    def save(self, form: forms.Form) -> str:
        remove_goal(goal=self.goal, by=self.user, at=self.at)
        return self.back()[0]


class AddActionPage(OneGoalPage):
    """Add an action to a goal."""

    form_class = PlanActionForm
    template = "plans/plan_action.html"
    title = "Add an action"
    button = "Add the action"

    def form_kwargs(self) -> dict[str, Any]:
        lead = self.lead()
        return {"members": self.members(), "lead": lead.practitioner if lead else None}

    def context(self) -> dict[str, Any]:
        return super().context() | {"goal": self.goal}

    def save(self, form: forms.Form) -> str:
        add_plan_action(goal=self.goal, **cast(PlanActionForm, form).wording(), by=self.user, at=self.at)
        return f"{self.back()[0]}#goal-{self.goal.pk}"


class EditActionPage(OneActionPage):
    """Change what an action says."""

    form_class = PlanActionForm
    template = "plans/plan_action.html"
    title = "Change the action"
    button = "Save"

    def form_kwargs(self) -> dict[str, Any]:
        lead = self.lead()
        return {"members": self.members(), "lead": lead.practitioner if lead else None}

    def initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.plan_action, name) for name in ("what", "due_on", "how_we_know", "version")}
        return stands | {"owner": self.plan_action.owner_key, "owner_name": self.plan_action.owner_elsewhere}

    def context(self) -> dict[str, Any]:
        return super().context() | {"goal": self.plan_action.goal}

    def save(self, form: forms.Form) -> str:
        edit_plan_action(
            plan_action=self.plan_action,
            **cast(PlanActionForm, form).wording(),
            version=form.cleaned_data["version"] or 0,
            by=self.user,
            at=self.at,
        )
        return f"{self.back()[0]}#goal-{self.plan_action.goal_id}"


class MarkActionPage(OneActionPage):
    """Say where an action stands."""

    form_class = StandingForm
    template = "plans/standing.html"
    title = "How is this going?"
    button = "Save"

    def initial(self) -> dict[str, Any]:
        action = self.plan_action
        done_on = action.done_on or day_of(self.at)
        return {"stands": action.stands, "done_on": done_on, "note": action.note, "version": action.version}

    def context(self) -> dict[str, Any]:
        return super().context() | {"plan_action": self.plan_action}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        mark_plan_action(
            plan_action=self.plan_action,
            done_on=typed["done_on"],
            dropped=typed["stands"] == "dropped",
            note=typed["note"],
            version=typed["version"] or 0,
            by=self.user,
            at=self.at,
        )
        return f"{self.back()[0]}#goal-{self.plan_action.goal_id}"


class RemoveActionPage(OneActionPage):
    """Take an action out of a plan that is still being written."""

    form_class = NothingToType
    title = "Remove this action?"
    button = "Remove"

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": self.plan_action.what} | self.before_removing()

    def save(self, form: forms.Form) -> str:
        remove_plan_action(plan_action=self.plan_action, by=self.user, at=self.at)
        return self.back()[0]
