"""Every read of plans, meetings and closures."""

from baton.plans.queries.closures import closure_of, closures_to_decide, missing_records
from baton.plans.queries.meetings import get_meeting, meetings_of, members_at, practitioners_before
from baton.plans.queries.plans import get_goal, get_plan_action, plan_in_full, plan_of
from baton.plans.queries.reviews import ReviewAsked, review_asked

__all__ = [
    "ReviewAsked",
    "closure_of",
    "closures_to_decide",
    "get_goal",
    "get_meeting",
    "get_plan_action",
    "meetings_of",
    "members_at",
    "missing_records",
    "plan_in_full",
    "plan_of",
    "practitioners_before",
    "review_asked",
]
