"""Routes of episodes."""

from baton.episodes import views
from baton.platform.roles import CASEWORKERS, MANAGERS
from baton.platform.routes import only, route

urlpatterns = [
    route("waiting/", views.waiting_list, name="waiting-list", allowed=only(*MANAGERS)),
    route(
        "episodes/<int:episode_id>/allocate/", views.AllocatePage.as_view(), name="allocate", allowed=only(*MANAGERS)
    ),
    route(
        "deadlines/<int:deadline_id>/set-date/", views.SetDatePage.as_view(), name="set-date", allowed=only(*MANAGERS)
    ),
    route("episodes/<int:episode_id>/step-up/", views.StepUpPage.as_view(), name="step-up", allowed=only(*CASEWORKERS)),
]
