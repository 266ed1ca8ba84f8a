"""Routes of governance."""

from baton.governance.views import alerts, audits, circles, emergencies, logs, panels, restrictions
from baton.platform.roles import CASEWORKERS, MANAGERS, READERS, Role
from baton.platform.routes import STAFF, only, route

WATCHERS, GOVERNANCE = only(*MANAGERS, Role.GOVERNANCE), only(Role.GOVERNANCE)
WORK, READ = only(*CASEWORKERS), only(*READERS)
NAMED = only(*CASEWORKERS, Role.GOVERNANCE)
SAMPLERS, AUDITS = only(Role.SERVICE_MANAGER), only(Role.SERVICE_MANAGER, Role.AUDITOR)
CHAIRS = only(Role.PANEL_CHAIR)
FAMILY = "families/<int:family_id>/"
RESTRICTION = "restricted/<int:restriction_id>/"
EMERGENCY = "emergencies/<int:emergency_id>/"
AUDIT = "audits/<int:audit_id>/"

urlpatterns = [
    route(f"{FAMILY}looks/", logs.looks, name="looks", allowed=WATCHERS),
    route(f"{FAMILY}history/", logs.history, name="history", allowed=READ),
    route("your-activity/", logs.your_activity, name="your-activity", allowed=STAFF),
    route("governance/people/", logs.people, name="staff-activity", allowed=GOVERNANCE),
    route("governance/people/<int:user_id>/", logs.activity, name="activity", allowed=GOVERNANCE),
    route(f"{FAMILY}who-sees/", circles.who_sees, name="who-sees", allowed=READ),
    route(f"{FAMILY}who-sees/join/", circles.JoinPage.as_view(), name="join-team-around", allowed=WORK),
    route("team-around/<int:around_id>/leave/", circles.LeavePage.as_view(), name="leave-team-around", allowed=WORK),
    route(f"{FAMILY}restrict/", restrictions.RestrictPage.as_view(), name="restrict-family", allowed=WATCHERS),
    route("restricted/", restrictions.restricted, name="restricted-families", allowed=WATCHERS),
    route(RESTRICTION, restrictions.restriction, name="restriction", allowed=NAMED),
    route(f"{RESTRICTION}name/", restrictions.NamePage.as_view(), name="name-person", allowed=WATCHERS),
    route(
        f"{RESTRICTION}named/<int:named_person_id>/end/",
        restrictions.UnnamePage.as_view(),
        name="unname-person",
        allowed=WATCHERS,
    ),
    route(f"{RESTRICTION}keep/", restrictions.KeepPage.as_view(), name="keep-restricted", allowed=WATCHERS),
    route(f"{RESTRICTION}lift/", restrictions.LiftPage.as_view(), name="lift-restriction", allowed=WATCHERS),
    route("emergency/", emergencies.EmergencyPage.as_view(), name="emergency", allowed=WORK),
    route("emergencies/", emergencies.emergencies, name="emergencies", allowed=WATCHERS),
    route(EMERGENCY, emergencies.emergency_opened, name="emergency-opened", allowed=WATCHERS),
    route(f"{EMERGENCY}review/", emergencies.ReviewPage.as_view(), name="review-emergency", allowed=WATCHERS),
    route("misuse-watch/", alerts.misuse_watch, name="misuse-watch", allowed=GOVERNANCE),
    route("misuse-watch/<int:alert_id>/", alerts.alert, name="alert", allowed=GOVERNANCE),
    route(
        "misuse-watch/<int:alert_id>/close/", alerts.CloseAlertPage.as_view(), name="close-alert", allowed=GOVERNANCE
    ),
    route("your-activity/yourself/", alerts.OwnDetailsPage.as_view(), name="own-details", allowed=STAFF),
    route("audits/", audits.audits, name="audits", allowed=AUDITS),
    route("audits/make/", audits.MakeAuditPage.as_view(), name="make-audit", allowed=SAMPLERS),
    route(AUDIT, audits.audit, name="audit", allowed=AUDITS),
    route(f"{AUDIT}add/", audits.AddCasePage.as_view(), name="add-case", allowed=SAMPLERS),
    route(f"{AUDIT}close/", audits.CloseAuditPage.as_view(), name="close-audit", allowed=SAMPLERS),
    route("samples/<int:sample_id>/take-out/", audits.TakeOutPage.as_view(), name="take-out-sample", allowed=SAMPLERS),
    route(f"{FAMILY}bring-to-panel/", panels.BringPage.as_view(), name="bring-to-panel", allowed=WORK),
    route("panel/", panels.panel, name="panel", allowed=CHAIRS),
    route("panel/<int:panel_case_id>/decide/", panels.DecidePage.as_view(), name="decide-at-panel", allowed=CHAIRS),
]
