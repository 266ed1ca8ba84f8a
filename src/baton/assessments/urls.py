"""Routes of assessments: for those who work with families; who judges is asked again in the action."""

from baton.assessments.views import judging, reading, tools, writing
from baton.platform.roles import CASEWORKERS, MANAGERS, READERS
from baton.platform.routes import only, route

WORKERS, JUDGES, READ = only(*CASEWORKERS), only(*MANAGERS), only(*READERS)
EPISODE, ONE = "episodes/<int:episode_id>/", "assessments/<int:assessment_id>/"

urlpatterns = [
    route(
        f"{EPISODE}assessment/start/",
        writing.StartPage.as_view(),
        name="start-assessment",
        allowed=WORKERS,
    ),
    route(f"{EPISODE}tools/", tools.ScorePage.as_view(), name="score-tool", allowed=WORKERS),
    route(ONE, reading.assessment, name="assessment", allowed=READ),
    route(f"{ONE}in-full/", reading.in_full, name="assessment-in-full", allowed=READ),
    route(f"{ONE}assessment-plan/", writing.ChangePlanPage.as_view(), name="assessment-plan", allowed=WORKERS),
    route(f"{ONE}mark-outcomes/", writing.OutcomesPage.as_view(), name="assessment-outcomes", allowed=WORKERS),
    route(f"{ONE}submit-to-manager/", judging.SubmitPage.as_view(), name="submit-assessment", allowed=WORKERS),
    route(f"{ONE}authorise-or-return/", judging.JudgePage.as_view(), name="authorise-assessment", allowed=JUDGES),
    route(f"{ONE}new-version/", judging.RevisePage.as_view(), name="revise-assessment", allowed=WORKERS),
    # The ids of questions have underscores, never hyphens, so none can stand where a page above does.
    route(f"{ONE}<slug:question>/", writing.QuestionPage.as_view(), name="assessment-question", allowed=WORKERS),
    route(
        f"{ONE}<slug:question>/<int:person_id>/",
        writing.QuestionPage.as_view(),
        name="assessment-question-about",
        allowed=WORKERS,
    ),
]
