"""Routes of sharing."""

from baton.platform.rate_limits import TAKING_OUT
from baton.platform.roles import CASEWORKERS, READERS
from baton.platform.routes import only, route
from baton.sharing.views import copies, decisions

WORKERS, READ = only(*CASEWORKERS), only(*READERS)
A_FAMILY = "families/<int:family_id>/"

urlpatterns = [
    route(f"{A_FAMILY}sharing/", decisions.sharing, name="sharing", allowed=READ),
    route(f"{A_FAMILY}sharing/decide/", decisions.ShareInWordsPage.as_view(), name="share-in-words", allowed=WORKERS),
    route(
        f"{A_FAMILY}sharing/uploaded/",
        decisions.ShareUploadedPage.as_view(),
        name="share-uploaded",
        allowed=WORKERS,
    ),
    route(f"{A_FAMILY}sharing/refuse/", decisions.DoNotSharePage.as_view(), name="do-not-share", allowed=WORKERS),
    route(
        f"{A_FAMILY}sharing/<slug:document>/<int:document_id>/",
        decisions.ShareDocumentPage.as_view(),
        name="share-document",
        allowed=WORKERS,
    ),
    route(
        f"{A_FAMILY}sharing/print/", decisions.sharing_to_print, name="sharing-to-print", allowed=READ, limit=TAKING_OUT
    ),
    route("sharing/<int:decision_id>/", copies.decision, name="sharing-decision", allowed=READ),
    route(
        "sharing/<int:decision_id>/copy/", copies.copy_that_left, name="copy-that-left", allowed=READ, limit=TAKING_OUT
    ),
]
