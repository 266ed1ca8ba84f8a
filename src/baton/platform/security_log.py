"""What is told to the log about safety: who signs in, who fails to, who is refused, who tries to go round a guard.

An account is told by its number, a route by its name, an address by a keyed hash: enough to see that the same one tries
again, and nothing that names anybody. What each kind means stands in docs/security/README.md, which a test compares.
"""

import logging
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from baton.platform.logs import route_of
from baton.platform.rate_limits import caller_of

log = logging.getLogger("baton.security")


class Kind(StrEnum):
    """The kinds of events, as they stand in the log."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SHOWN_AGAIN = "shown-again"
    SIGNED_OUT = "signed-out"
    SESSION_ENDED = "session-ended"
    CLOSED_ACCOUNT = "closed-account"
    DIRECTORY_FAILED = "directory-failed"
    NOT_INVITED = "not-invited"
    CODE_REFUSED = "invitation-refused"
    NOT_SIGNED_IN = "not-signed-in"
    ONE_STEP_ONLY = "one-step-only"
    REFUSED = "refused"
    NOTHING_THERE = "nothing-there"
    FORM_WITHOUT_TOKEN = "form-without-token"  # noqa: S105
    FORGED_NOTE = "forged-note"
    NOT_OFFERED = "answer-not-offered"
    TOO_OFTEN = "too-often"
    ROBOT = "robot"
    VIRUS = "virus"


AS_IT_SHOULD = frozenset({Kind.SIGNED_IN, Kind.SHOWN_AGAIN, Kind.SIGNED_OUT, Kind.SESSION_ENDED, Kind.NOT_SIGNED_IN})


def tell(kind: Kind, request: HttpRequest | None, *, account: int | None = None, **more: Any) -> None:
    """One line. `more` may hold kinds and numbers, never what somebody typed."""
    told = {"account": account or account_of(request), **_of(request), **more}
    level = logging.INFO if kind in AS_IT_SHOULD else logging.WARNING
    log.log(level, "%s %s", kind.value, " ".join(f"{name}={value}" for name, value in told.items()))


def account_of(request: HttpRequest | None) -> int | None:
    """The number of who is signed in."""
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None


def network_of(request: HttpRequest) -> str:
    """The same word for the same address, for as long as the installation's key stays."""
    return salted_hmac("baton.security", caller_of(request), algorithm="sha256").hexdigest()[:12]


def _of(request: HttpRequest | None) -> dict[str, str]:
    if request is None:
        return {}
    return {"from": network_of(request)} | ({"route": route_of(request)} if request.resolver_match else {})
