"""Routes of information rights."""

from baton.platform.roles import CASEWORKERS, Role
from baton.platform.routes import STAFF, only, route
from baton.rights.views import copies, requests

GOVERNANCE = only(Role.GOVERNANCE)
A_REQUEST = "rights/requests/<int:access_id>/"

urlpatterns = [
    route("rights/", requests.requests, name="rights", allowed=GOVERNANCE),
    route("rights/register/", requests.RegisterPage.as_view(), name="register-access", allowed=STAFF),
    route(f"{A_REQUEST}registered/", requests.registered, name="access-registered", allowed=STAFF),
    route(A_REQUEST, requests.access_request, name="access-request", allowed=GOVERNANCE),
    route(f"{A_REQUEST}identity/", requests.IdentityPage.as_view(), name="check-identity", allowed=GOVERNANCE),
    route(f"{A_REQUEST}stop/", requests.StopPage.as_view(), name="stop-clock", allowed=GOVERNANCE),
    route("rights/stops/<int:stop_id>/", requests.StopAnsweredPage.as_view(), name="stop-answered", allowed=GOVERNANCE),
    route(f"{A_REQUEST}extend/", requests.ExtendPage.as_view(), name="extend-access", allowed=GOVERNANCE),
    route(f"{A_REQUEST}people/", requests.SubjectPage.as_view(), name="add-subject", allowed=GOVERNANCE),
    route(
        "rights/subjects/<int:subject_id>/remove/",
        requests.RemoveSubjectPage.as_view(),
        name="remove-subject",
        allowed=GOVERNANCE,
    ),
    route(f"{A_REQUEST}gather/", copies.GatherPage.as_view(), name="gather", allowed=GOVERNANCE),
    route(f"{A_REQUEST}through/", copies.look_through, name="look-through", allowed=GOVERNANCE),
    route(
        f"{A_REQUEST}named/<int:number>/",
        copies.DecideOnPersonPage.as_view(),
        name="decide-on-person",
        allowed=GOVERNANCE,
    ),
    route("rights/marks/<int:mark_id>/", copies.DecidePage.as_view(), name="decide-mark", allowed=GOVERNANCE),
    route("rights/items/<int:item_id>/", copies.HidePage.as_view(), name="hide-passage", allowed=GOVERNANCE),
    route(f"{A_REQUEST}release/", copies.ReleasePage.as_view(), name="release-copy", allowed=GOVERNANCE),
    route("rights/copies/<int:release_id>/<slug:form>/", copies.download, name="download-copy", allowed=GOVERNANCE),
    route(
        "rights/restricted/", copies.restricted, name="restricted-requests", allowed=only(*CASEWORKERS, Role.GOVERNANCE)
    ),
    route(f"{A_REQUEST}answer/", requests.AnswerPage.as_view(), name="answer-access", allowed=GOVERNANCE),
]
