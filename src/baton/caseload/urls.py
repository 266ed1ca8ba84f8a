"""Routes of caseload."""

from baton.caseload.views import family, find, home
from baton.platform.roles import CASEWORKERS, READERS, SEEKERS, Role
from baton.platform.routes import SIGNED_IN, only, route

READ = only(*READERS)

urlpatterns = [
    route("", home.home, name="home", allowed=SIGNED_IN),
    route("work/<slug:key>/", home.work_list, name="work-list", allowed=only(*CASEWORKERS)),
    route("locality/", home.locality, name="locality", allowed=only(Role.COORDINATOR)),
    route("teams/", home.teams, name="teams", allowed=only(Role.SERVICE_MANAGER)),
    route("find/", find.search, name="search", allowed=only(*SEEKERS)),
    route("families/<int:family_id>/", family.family, name="family", allowed=only(*READERS, Role.HUB_ADVISER)),
    route(
        "families/<int:family_id>/requests/",
        family.requests,
        name="family-requests",
        allowed=only(*READERS, Role.HUB_ADVISER),
    ),
    route("families/<int:family_id>/timeline/", family.timeline, name="timeline", allowed=READ),
    route("families/<int:family_id>/deadlines/", family.deadlines, name="deadlines", allowed=READ),
]
