"""What every answer carries, and how long a session lasts."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse

from baton.platform import clock
from baton.platform.security_log import Kind, tell
from baton.platform.signed_in import signed_in_at

Answer = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = f"{settings.COOKIES_BEGIN}baton_seen"
SECONDS_BETWEEN_NOTES = 60


class NothingIsCached:
    """Pages hold families' private things: no browser or proxy keeps one, not even for the back button."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SessionsEnd:
    """Signs out whoever did nothing for a while, or signed in long ago. What they type next is kept for them.

    When somebody was last seen stands in a signed cookie bound to the session, so that no page writes to the database.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = clock.now()
        because = why_ended(request, at) if SESSION_KEY in request.session else ""
        if because:
            account = request.session[SESSION_KEY]
            request.session.flush()
            request.user = AnonymousUser()
            request.session_ended = because  # type: ignore[attr-defined]
            tell(Kind.SESSION_ENDED, request, account=account)
        response = self.get_response(request)
        if SESSION_KEY in request.session:
            _note_seen(request, response, at)
        return response


def why_ended(request: HttpRequest, at: datetime) -> str:
    """Why the session has ended: its absolute limit, its idle one, or it does not say when it began. Or nothing."""
    since, seen = signed_in_at(request.session), last_seen(request)
    if since is not None and at - since > settings.SESSION_LASTS:
        return "you signed in a long time ago"
    if since is None or seen is None or at.timestamp() - seen > settings.SESSION_MAY_IDLE.total_seconds():
        return "nothing happened for a while"
    return ""


def last_seen(request: HttpRequest) -> float | None:
    """When the browser was last answered in this very session; nothing where the cookie is another's or made up."""
    try:
        return float(_signer(request.session.session_key).unsign(request.COOKIES.get(LAST_SEEN, "")))
    except signing.BadSignature:
        return None


def seen_cookie(session_key: str | None, at: datetime) -> str:
    """The cookie for a session that was answered at this moment."""
    return _signer(session_key).sign(str(int(at.timestamp())))


def _note_seen(request: HttpRequest, response: HttpResponse, at: datetime) -> None:
    seen = last_seen(request)
    if seen is not None and at.timestamp() - seen < SECONDS_BETWEEN_NOTES:
        return
    response.set_cookie(
        LAST_SEEN,
        seen_cookie(request.session.session_key, at),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _signer(session_key: str | None) -> signing.Signer:
    return signing.Signer(salt=f"baton.seen.{session_key}")
