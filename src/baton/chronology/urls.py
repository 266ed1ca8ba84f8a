"""Routes of the chronology."""

from baton.chronology import views
from baton.platform.rate_limits import TAKING_OUT
from baton.platform.roles import CASEWORKERS, READERS
from baton.platform.routes import only, route

WORKERS, READ = only(*CASEWORKERS), only(*READERS)
CHRONOLOGY = "families/<int:family_id>/chronology/"
ENTRY = "chronology/<int:entry_id>/"

urlpatterns = [
    route(CHRONOLOGY, views.chronology, name="chronology", allowed=READ),
    route(f"{CHRONOLOGY}print/", views.chronology_to_print, name="chronology-to-print", allowed=READ, limit=TAKING_OUT),
    route(f"{CHRONOLOGY}add/", views.AddEntryPage.as_view(), name="add-entry", allowed=WORKERS),
    route(f"{CHRONOLOGY}copy/", views.MakeCopyPage.as_view(), name="copy-chronology", allowed=WORKERS),
    route(ENTRY, views.EditEntryPage.as_view(), name="edit-entry", allowed=WORKERS),
    route(f"{ENTRY}withdraw/", views.WithdrawEntryPage.as_view(), name="withdraw-entry", allowed=WORKERS),
    route("chronology-copies/<int:copy_id>/", views.copy, name="chronology-copy", allowed=READ, limit=TAKING_OUT),
]
