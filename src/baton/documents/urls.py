"""Routes of documents. Files go out from a path of their own, where no page is."""

from baton.documents import views
from baton.platform.rate_limits import TAKING_OUT
from baton.platform.roles import CASEWORKERS, READERS, Role
from baton.platform.routes import only, route

WORKERS, READ = only(*CASEWORKERS), only(*READERS)
TOLD, GOVERNANCE = only(*CASEWORKERS, Role.GOVERNANCE), only(Role.GOVERNANCE)
OF_A_FAMILY, ONE = "families/<int:family_id>/documents/", "documents/<int:uploaded_id>/"

urlpatterns = [
    route(OF_A_FAMILY, views.documents, name="documents", allowed=READ),
    route(f"{OF_A_FAMILY}add/", views.AddDocumentPage.as_view(), name="add-document", allowed=WORKERS),
    route(ONE, views.document, name="document", allowed=READ),
    route(f"{ONE}withdraw/", views.WithdrawDocumentPage.as_view(), name="withdraw-document", allowed=WORKERS),
    route("documents/viruses/", views.viruses, name="viruses", allowed=TOLD),
    route(
        "documents/viruses/<int:virus_id>/close/",
        views.CloseVirusPage.as_view(),
        name="close-virus",
        allowed=GOVERNANCE,
    ),
    route("downloads/<int:uploaded_id>/", views.download, name="download-document", allowed=READ, limit=TAKING_OUT),
]
