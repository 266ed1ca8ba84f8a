"""Routes of importing."""

from baton.importing import views
from baton.platform.roles import Role
from baton.platform.routes import only, route

LISTED = only(Role.ADMINISTRATOR, Role.GOVERNANCE)

urlpatterns = [
    route("imports/", views.imports, name="imports", allowed=LISTED),
    route("imports/<int:run_id>/", views.import_run, name="import-run", allowed=LISTED),
    route("imports/<int:run_id>/lines/", views.import_lines, name="import-lines", allowed=only(Role.GOVERNANCE)),
]
