"""Routes of governance."""

from baton.governance.views import logs
from baton.platform.roles import MANAGERS, READERS, Role
from baton.platform.routes import STAFF, only, route

WATCHERS, GOVERNANCE = only(*MANAGERS, Role.GOVERNANCE), only(Role.GOVERNANCE)
FAMILY = "families/<int:family_id>/"

urlpatterns = [
    route(f"{FAMILY}looks/", logs.looks, name="looks", allowed=WATCHERS),
    route(f"{FAMILY}history/", logs.history, name="history", allowed=only(*READERS)),
    route("your-activity/", logs.your_activity, name="your-activity", allowed=STAFF),
    route("governance/people/<int:user_id>/", logs.activity, name="activity", allowed=GOVERNANCE),
]
