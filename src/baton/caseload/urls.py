"""Routes of caseload."""

from baton.caseload.views import home
from baton.platform.roles import CASEWORKERS, Role
from baton.platform.routes import STAFF, only, route

urlpatterns = [
    route("", home.home, name="home", allowed=STAFF),
    route("work/<slug:key>/", home.work_list, name="work-list", allowed=only(*CASEWORKERS)),
    route("teams/", home.teams, name="teams", allowed=only(Role.SERVICE_MANAGER)),
]
