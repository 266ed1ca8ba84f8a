"""All routes, area by area."""

from django.urls import include, path

# Routes are tried in this order, so what is asked most comes first.
AREAS = (
    "caseload",
    "platform",
    "accounts",
    "people",
    "matching",
    "requests",
    "episodes",
    "consent",
    "relationships",
    "documents",
    "assessments",
    "plans",
    "visits",
    "oversight",
    "governance",
    "rights",
    "register",
    "measures",
    "chronology",
    "importing",
    "sharing",
)

urlpatterns = [path("", include(f"baton.{area}.urls")) for area in AREAS]
handler400 = "baton.platform.views.bad_request"
handler403 = "baton.platform.views.forbidden"
handler404 = "baton.platform.views.not_found"
handler429 = "baton.accounts.views.signing_in.too_often"
handler500 = "baton.platform.views.server_error"
