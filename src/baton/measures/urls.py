"""Routes of measures: figures for whoever makes them, without any family."""

from baton.measures import views
from baton.platform.rate_limits import TAKING_OUT
from baton.platform.roles import Role
from baton.platform.routes import only, route

FIGURES = only(Role.ANALYST, Role.SERVICE_MANAGER)

urlpatterns = [
    route("figures/", views.figures, name="figures", allowed=FIGURES),
    route(
        "figures/<slug:quarter>/download/", views.download, name="download-figures", allowed=FIGURES, limit=TAKING_OUT
    ),
]
