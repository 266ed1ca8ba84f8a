"""Routes of requests: asking for help, and the hub's work with what was asked."""

from baton.platform.rate_limits import SEARCHES
from baton.platform.roles import SEEKERS, Role
from baton.platform.routes import EVERYBODY, STAFF, only, route
from baton.requests.views import asking, hub, knowing, screening, sending

HUB, SEEK = only(Role.HUB_ADVISER), only(*SEEKERS)

urlpatterns = [
    route("ask/", sending.start, name="request-start", allowed=EVERYBODY),
    route("ask/sent/<str:reference>/", sending.sent, name="ask-sent", allowed=EVERYBODY),
    route("ask/<uuid:key>/emergency/", asking.emergency, name="ask-emergency", allowed=EVERYBODY),
    route("ask/<uuid:key>/children/", asking.ChildrenPage.as_view(), name="ask-children", allowed=EVERYBODY),
    route("ask/<uuid:key>/adults/", asking.AdultsPage.as_view(), name="ask-adults", allowed=EVERYBODY),
    route("ask/<uuid:key>/check/", sending.CheckPage.as_view(), name="ask-check", allowed=EVERYBODY),
    route("ask/<uuid:key>/delete/", sending.DeletePage.as_view(), name="ask-delete", allowed=EVERYBODY),
    route("ask/<uuid:key>/<slug:step>/", asking.StepPage.as_view(), name="ask-step", allowed=EVERYBODY),
    route(
        "ask/<uuid:key>/<slug:kind>/<int:number>/", knowing.NamedPage.as_view(), name="ask-person", allowed=EVERYBODY
    ),
    route(
        "ask/<uuid:key>/<slug:kind>/<int:number>/known/", knowing.KnownPage.as_view(), name="ask-known", allowed=SEEK
    ),
    route(
        "ask/<uuid:key>/<slug:kind>/<int:number>/remove/",
        asking.RemovePersonPage.as_view(),
        name="ask-remove",
        allowed=EVERYBODY,
    ),
    route("your-requests/", hub.your_requests, name="your-requests", allowed=STAFF),
    route("requests/", hub.queue, name="hub-queue", allowed=HUB),
    route("requests/answered/", hub.answered, name="answered-requests", allowed=HUB),
    route("requests/<int:request_id>/", hub.help_request, name="request", allowed=STAFF),
    route("requests/<int:request_id>/take/", hub.TakePage.as_view(), name="take-request", allowed=HUB),
    route("requests/<int:request_id>/give-back/", hub.GiveBackPage.as_view(), name="give-back-request", allowed=HUB),
    route("requests/<int:request_id>/agreement/", hub.AgreementPage.as_view(), name="request-agreement", allowed=HUB),
    route(
        "requests/<int:request_id>/people/<int:named_id>/<int:person_id>/",
        hub.LinkPage.as_view(),
        name="link-person",
        allowed=HUB,
        limit=SEARCHES,
    ),
    route("requests/<int:request_id>/screen/", screening.ScreenPage.as_view(), name="screen-request", allowed=HUB),
    route("requests/<int:request_id>/tell/", hub.TellPage.as_view(), name="tell-enquirer", allowed=HUB),
]
