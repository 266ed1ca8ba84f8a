"""Routes of information rights."""

from baton.platform.roles import Role
from baton.platform.routes import STAFF, only, route
from baton.rights.views import requests

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
    route(f"{A_REQUEST}answer/", requests.AnswerPage.as_view(), name="answer-access", allowed=GOVERNANCE),
]
