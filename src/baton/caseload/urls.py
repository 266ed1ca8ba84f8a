"""Routes of caseload."""

from baton.caseload.views import family, find, home
from baton.platform.roles import CASEWORKERS, Role
from baton.platform.routes import STAFF, only, route

KNOWS_FAMILIES = only(*CASEWORKERS, Role.HUB_ADVISER)

urlpatterns = [
    route("", home.home, name="home", allowed=STAFF),
    route("work/<slug:key>/", home.work_list, name="work-list", allowed=only(*CASEWORKERS)),
    route("teams/", home.teams, name="teams", allowed=only(Role.SERVICE_MANAGER)),
    route("find/", find.search, name="search", allowed=KNOWS_FAMILIES),
    route("families/<int:family_id>/", family.family, name="family", allowed=KNOWS_FAMILIES),
    route("families/<int:family_id>/timeline/", family.timeline, name="timeline", allowed=only(*CASEWORKERS)),
    route("families/<int:family_id>/deadlines/", family.deadlines, name="deadlines", allowed=only(*CASEWORKERS)),
]
