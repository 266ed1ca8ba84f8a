"""Routes of visits."""

from baton.platform.roles import CASEWORKERS, READERS
from baton.platform.routes import only, route
from baton.visits import views

MAY, READ = only(*CASEWORKERS), only(*READERS)

urlpatterns = [
    route("episodes/<int:episode_id>/visits/", views.visits, name="visits", allowed=READ),
    route("episodes/<int:episode_id>/visits/plan/", views.PlanVisitPage.as_view(), name="plan-visit", allowed=MAY),
    route(
        "episodes/<int:episode_id>/visits/record/", views.RecordVisitPage.as_view(), name="record-visit", allowed=MAY
    ),
    route(
        "visits/<int:visit_id>/record/",
        views.RecordPlannedVisitPage.as_view(),
        name="record-planned-visit",
        allowed=MAY,
    ),
    route("visits/<int:visit_id>/move/", views.MoveVisitPage.as_view(), name="move-visit", allowed=MAY),
    route("visits/<int:visit_id>/", views.visit, name="visit", allowed=READ),
]
