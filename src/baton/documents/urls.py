"""Routes of documents. Files go out from a path of their own, where no page is."""

from baton.documents import views
from baton.platform.roles import CASEWORKERS, READERS
from baton.platform.routes import only, route

WORKERS, READ = only(*CASEWORKERS), only(*READERS)
OF_A_FAMILY, ONE = "families/<int:family_id>/documents/", "documents/<int:uploaded_id>/"

urlpatterns = [
    route(OF_A_FAMILY, views.documents, name="documents", allowed=READ),
    route(f"{OF_A_FAMILY}add/", views.AddDocumentPage.as_view(), name="add-document", allowed=WORKERS),
    route(ONE, views.document, name="document", allowed=READ),
    route(f"{ONE}withdraw/", views.WithdrawDocumentPage.as_view(), name="withdraw-document", allowed=WORKERS),
    route("downloads/<int:uploaded_id>/", views.download, name="download-document", allowed=READ),
]
