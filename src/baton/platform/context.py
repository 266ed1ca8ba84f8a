"""What every page is given: the place, the person, and the ways on for their roles."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from baton.platform import clock
from baton.platform.jinja import url_if_any
from baton.platform.models import User
from baton.platform.roles import ASKERS, EVERY_ROLE, MANAGERS, SEEKERS, Role
from baton.platform.signed_in import signed_in_at
from baton.practice.loading import framework_in_force

NAVIGATION = (
    ("Home", "home", EVERY_ROLE),
    ("Requests", "hub-queue", frozenset({Role.HUB_ADVISER})),
    ("Find a family", "search", SEEKERS),
    ("Recorded twice", "duplicates", MANAGERS | {Role.HUB_ADVISER}),
    ("Ask for help", "request-start", ASKERS),
    ("Information rights", "rights", frozenset({Role.GOVERNANCE})),
    ("Retention", "retention", frozenset({Role.GOVERNANCE})),
    ("Emergencies", "emergencies", MANAGERS | {Role.GOVERNANCE}),
    ("Restricted families", "restricted-families", frozenset({Role.GOVERNANCE})),
    ("Misuse watch", "misuse-watch", frozenset({Role.GOVERNANCE})),
    ("Who looked", "staff-activity", frozenset({Role.GOVERNANCE})),
    ("Audits", "audits", frozenset({Role.SERVICE_MANAGER, Role.AUDITOR})),
    ("Figures", "figures", frozenset({Role.ANALYST, Role.SERVICE_MANAGER})),
    ("Panel", "panel", frozenset({Role.PANEL_CHAIR})),
    ("Families", "locality", frozenset({Role.COORDINATOR})),
    ("Accounts", "accounts", frozenset({Role.ADMINISTRATOR})),
    ("Imports", "imports", frozenset({Role.ADMINISTRATOR, Role.GOVERNANCE})),
    ("The rules", "register", EVERY_ROLE),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. Makes no query."""
    framework = framework_in_force(settings.BATON_PLACE, on=clock.today())
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "place": settings.BATON_PLACE,
        "place_name": framework.name,
        "framework": framework,
        "demo": settings.DEMONSTRATION,
        "source_address": settings.SOURCE_ADDRESS,
        "person": user if signed_in else None,
        "navigation": _navigation(cast(User, user), request.path) if signed_in else [],
        "seconds_left": seconds_left(request) if signed_in else None,
    }


def seconds_left(request: HttpRequest) -> dict[str, int]:
    """For how long a page may stay open unused, and at most: a script then leaves it, as the server has by then."""
    since = signed_in_at(request.session)
    gone = (clock.now() - since).total_seconds() if since else 0
    idle, most = settings.SESSION_MAY_IDLE.total_seconds(), settings.SESSION_LASTS.total_seconds()
    return {"unused": int(idle), "in_all": max(0, int(most - gone))}


def _navigation(user: User, path: str) -> list[dict[str, Any]]:
    shown = ((text, url_if_any(name)) for text, name, roles in NAVIGATION if user.has_role(*roles))
    return [{"text": text, "href": href, "current": path == href} for text, href in shown if href]
