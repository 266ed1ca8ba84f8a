"""Routes of plans, meetings and closures."""

from baton.plans.views import closure, goals, meetings, plan
from baton.platform.rate_limits import TAKING_OUT
from baton.platform.roles import CASEWORKERS, MANAGERS, READERS
from baton.platform.routes import only, route

WORK, READ = only(*CASEWORKERS), only(*READERS)
EPISODE = "episodes/<int:episode_id>/"
OF_PLAN, OF_GOAL, OF_ACTION = f"{EPISODE}plan/", "goals/<int:goal_id>/", "plan-actions/<int:plan_action_id>/"

urlpatterns = [
    route(OF_PLAN, plan.plan, name="plan", allowed=READ),
    route(f"{OF_PLAN}print/", plan.plan_to_print, name="plan-to-print", allowed=READ, limit=TAKING_OUT),
    route(f"{OF_PLAN}terms/", plan.TermsPage.as_view(), name="plan-terms", allowed=WORK),
    route(f"{OF_PLAN}agree/", plan.AgreePage.as_view(), name="agree-plan", allowed=WORK),
    route(f"{OF_PLAN}goals/add/", goals.AddGoalPage.as_view(), name="add-goal", allowed=WORK),
    route(OF_GOAL, goals.EditGoalPage.as_view(), name="edit-goal", allowed=WORK),
    route(f"{OF_GOAL}up/", goals.MoveGoalUpPage.as_view(), name="move-goal-up", allowed=WORK),
    route(f"{OF_GOAL}down/", goals.MoveGoalDownPage.as_view(), name="move-goal-down", allowed=WORK),
    route(f"{OF_GOAL}remove/", goals.RemoveGoalPage.as_view(), name="remove-goal", allowed=WORK),
    route(f"{OF_GOAL}actions/add/", goals.AddActionPage.as_view(), name="add-plan-action", allowed=WORK),
    route(OF_ACTION, goals.EditActionPage.as_view(), name="edit-plan-action", allowed=WORK),
    route(f"{OF_ACTION}progress/", goals.MarkActionPage.as_view(), name="mark-plan-action", allowed=WORK),
    route(f"{OF_ACTION}remove/", goals.RemoveActionPage.as_view(), name="remove-plan-action", allowed=WORK),
    route(f"{EPISODE}meetings/", meetings.meetings, name="meetings", allowed=READ),
    route(
        f"{EPISODE}meetings/<slug:kind>/",
        meetings.record_a_meeting,
        name="record-meeting",
        allowed=WORK,
    ),
    route("meetings/<int:meeting_id>/correct/", meetings.correct_a_meeting, name="correct-meeting", allowed=WORK),
    route("meetings/<int:meeting_id>/", meetings.meeting, name="meeting", allowed=READ),
    route(f"{EPISODE}closure/", closure.ProposalPage.as_view(), name="propose-closure", allowed=WORK),
    route(f"{EPISODE}closure/record/", closure.closure, name="closure", allowed=READ),
    route(f"{EPISODE}close/", closure.decide, name="close-episode", allowed=only(*MANAGERS)),
]
