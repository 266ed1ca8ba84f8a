"""Routes of oversight."""

from baton.oversight import views
from baton.platform.roles import MANAGERS, READERS, Role
from baton.platform.routes import only, route

urlpatterns = [
    route("episodes/<int:episode_id>/oversight/all/", views.oversight, name="oversight", allowed=only(*READERS)),
    route(
        "episodes/<int:episode_id>/oversight/",
        views.RecordOversightPage.as_view(),
        name="record-oversight",
        allowed=only(*MANAGERS),
    ),
    route(
        "episodes/<int:episode_id>/supervision/",
        views.RecordSupervisionPage.as_view(),
        name="record-supervision",
        allowed=only(*MANAGERS),
    ),
    route(
        "episodes/<int:episode_id>/sign-off/",
        views.SignOffPage.as_view(),
        name="sign-off",
        allowed=only(Role.SERVICE_MANAGER),
    ),
]
