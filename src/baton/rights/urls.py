"""Routes of information rights."""

from baton.platform.rate_limits import SEARCHES, TAKING_OUT
from baton.platform.roles import CASEWORKERS, MANAGERS, READERS, Role
from baton.platform.routes import STAFF, only, route
from baton.rights.views import copies, corrections, requests, retention

GOVERNANCE = only(Role.GOVERNANCE)
A_REQUEST_REVIEW = "retention/request-reviews/<int:request_review_id>/"
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
    route(
        f"{A_REQUEST}people/", requests.SubjectPage.as_view(), name="add-subject", allowed=GOVERNANCE, limit=SEARCHES
    ),
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
    route("rights/items/<int:item_id>/file/", copies.DecideFilePage.as_view(), name="decide-file", allowed=GOVERNANCE),
    route(
        "downloads/gathered/<int:item_id>/",
        copies.open_file,
        name="open-gathered-file",
        allowed=GOVERNANCE,
        limit=TAKING_OUT,
    ),
    route(
        "downloads/copied/<int:copied_file_id>/",
        copies.download_file,
        name="download-copied-file",
        allowed=GOVERNANCE,
        limit=TAKING_OUT,
    ),
    route(f"{A_REQUEST}release/", copies.ReleasePage.as_view(), name="release-copy", allowed=GOVERNANCE),
    route(
        "rights/copies/<int:release_id>/<slug:form>/",
        copies.download,
        name="download-copy",
        allowed=GOVERNANCE,
        limit=TAKING_OUT,
    ),
    route(
        "rights/restricted/", copies.restricted, name="restricted-requests", allowed=only(*CASEWORKERS, Role.GOVERNANCE)
    ),
    route(f"{A_REQUEST}answer/", requests.AnswerPage.as_view(), name="answer-access", allowed=GOVERNANCE),
    route("retention/", retention.retention, name="retention", allowed=GOVERNANCE),
    route("retention/holds/", retention.holds, name="holds", allowed=GOVERNANCE),
    route("retention/hold/", retention.HoldPage.as_view(), name="hold", allowed=GOVERNANCE, limit=SEARCHES),
    route("retention/holds/<int:hold_id>/end/", retention.EndHoldPage.as_view(), name="end-hold", allowed=GOVERNANCE),
    route("retention/disposals/", retention.certificates, name="certificates", allowed=GOVERNANCE),
    route("retention/disposals/<int:disposal_id>/", retention.certificate, name="certificate", allowed=GOVERNANCE),
    route("retention/families/<int:family_id>/", retention.family, name="retention-family", allowed=GOVERNANCE),
    route(
        "retention/families/<int:family_id>/review/",
        retention.ReviewPage.as_view(),
        name="review-record",
        allowed=GOVERNANCE,
    ),
    route(
        "retention/reviews/<int:review_id>/approve/",
        retention.ApprovePage.as_view(),
        name="approve-disposal",
        allowed=GOVERNANCE,
    ),
    route(
        "retention/reviews/<int:review_id>/take-back/",
        retention.TakeBackPage.as_view(),
        name="take-back-disposal",
        allowed=GOVERNANCE,
    ),
    route("retention/requests/<int:request_id>/", retention.standalone, name="retention-request", allowed=GOVERNANCE),
    route(
        "retention/requests/<int:request_id>/review/",
        retention.ReviewRequestPage.as_view(),
        name="review-request",
        allowed=GOVERNANCE,
    ),
    route(
        f"{A_REQUEST_REVIEW}approve/",
        retention.ApproveRequestPage.as_view(),
        name="approve-request-disposal",
        allowed=GOVERNANCE,
    ),
    route(
        f"{A_REQUEST_REVIEW}take-back/",
        retention.TakeBackRequestPage.as_view(),
        name="take-back-request-disposal",
        allowed=GOVERNANCE,
    ),
    route("families/<int:family_id>/corrections/", corrections.corrections, name="corrections", allowed=only(*READERS)),
    route(
        "families/<int:family_id>/corrections/ask/",
        corrections.AskPage.as_view(),
        name="ask-correction",
        allowed=only(*CASEWORKERS),
    ),
    route(
        "corrections/<int:correction_id>/decide/",
        corrections.DecidePage.as_view(),
        name="decide-correction",
        allowed=only(*MANAGERS, Role.GOVERNANCE),
    ),
    route("rights/corrections/", corrections.to_correct, name="to-correct", allowed=GOVERNANCE),
]
