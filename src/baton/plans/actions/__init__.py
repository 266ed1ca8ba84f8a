"""Every change to plans, meetings and closures."""

from baton.plans.actions.agreement import agree_plan, set_terms
from baton.plans.actions.closure import Ending, close_episode, close_unstarted, propose_closure, send_closure_back
from baton.plans.actions.goals import add_goal, edit_goal, move_goal, remove_goal
from baton.plans.actions.meetings import Attending, Minutes, as_typed, correct_meeting, record_meeting
from baton.plans.actions.plan_actions import add_plan_action, edit_plan_action, mark_plan_action, remove_plan_action

__all__ = [
    "Attending",
    "Ending",
    "Minutes",
    "add_goal",
    "add_plan_action",
    "agree_plan",
    "as_typed",
    "close_episode",
    "close_unstarted",
    "correct_meeting",
    "edit_goal",
    "edit_plan_action",
    "mark_plan_action",
    "move_goal",
    "propose_closure",
    "record_meeting",
    "remove_goal",
    "remove_plan_action",
    "send_closure_back",
    "set_terms",
]
