"""A password and a second step for everybody, so that tests can sign in as people do; or the cookies of who has."""

import time
from collections import defaultdict
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import TYPE_CHECKING
from unittest.mock import patch

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import ScryptPasswordHasher, make_password

from baton.accounts.actions import NONE_OF_ALLAUTH
from baton.accounts.adapters.second_steps import SecondStepAdapter
from baton.accounts.queries import HASHES
from baton.platform import clock
from baton.platform.middleware import LAST_SEEN, seen_cookie
from baton.platform.models import User
from baton.platform.sessions import SessionStore
from baton.platform.signed_in import note_second_step, note_sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "correct-horse-test-staple"  # of people who do not exist
APP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECOVERY_CODES = tuple(f"{number}2718281{number}" for number in range(10))
FULL_WORK = ScryptPasswordHasher.work_factor  # of each hash, where nobody tests
_used: dict[str, "count[int]"] = defaultdict(count)


def give_everybody_a_password() -> None:
    """Every account there is now can sign in with PASSWORD, and then with an app's code or a recovery code."""
    User.objects.update(password=_hashed())
    Authenticator.objects.all().delete()
    Authenticator.objects.bulk_create(each for user in User.objects.all() for each in (_app(user), _codes(user)))


class WhenLookedAt:
    """In place of `time` where codes are checked: the moment at which somebody last looked at their app.

    A code of half a minute does not run out on its way to a busy machine's page.
    """

    def __init__(self) -> None:
        self.at = time.time()

    def time(self) -> float:
        return self.at


_looked = WhenLookedAt()


@contextmanager
def quickly_hashed() -> "Iterator[None]":
    """Passwords and codes are hashed as in life, but with a thousandth of the work: each hash says with how much."""
    with patch.object(ScryptPasswordHasher, "work_factor", 2**4):
        yield


@contextmanager
def codes_in_time() -> "Iterator[None]":
    """Every code that `app_code` shows is checked as of the moment it was shown."""
    with patch("allauth.mfa.totp.internal.auth.time", _looked):
        yield


def app_code(key: str = APP_KEY, *, steps_ago: int = 0) -> str:
    """What everybody's app, or that of another key, shows now or showed earlier. It works once for each of them."""
    _looked.at = time.time()
    return format_hotp_value(hotp_value(key, next(yield_hotp_counters_from_time()) - steps_ago))


def recovery_code(email: str) -> str:
    """A recovery code this person has not used yet."""
    return RECOVERY_CODES[next(_used[email])]


def no_code_was_used() -> None:
    """As in the copy of a database: what was used in another counts there no more."""
    _used.clear()


def cookies_of(user: User) -> dict[str, str]:
    """The cookies of a browser in which somebody has just signed in, in both steps."""
    session, at = SessionStore(), clock.now()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = User.objects.get(pk=user.pk).get_session_auth_hash()
    note_sign_in(session, at=at, user_agent="Chrome Linux")
    note_second_step(session, Authenticator.Type.TOTP)
    session.create()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key), LAST_SEEN: seen_cookie(session.session_key, at)}


@cache
def _hashed() -> str:
    """Made to be slow, so made once."""
    return make_password(PASSWORD)


def _app(user: User) -> Authenticator:
    secret = SecondStepAdapter().encrypt(APP_KEY)
    return Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})


def _codes(user: User) -> Authenticator:
    data = {HASHES: list(_hashes()), **NONE_OF_ALLAUTH}
    return Authenticator(user=user, type=Authenticator.Type.RECOVERY_CODES, data=data)


@cache
def _hashes() -> tuple[str, ...]:
    """Made once: a slow hash of each code for each of many people would take the tests minutes."""
    return tuple(make_password(code) for code in RECOVERY_CODES)
