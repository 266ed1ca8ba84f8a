"""Codes, passkeys and recovery codes, as django-allauth keeps and shows them here."""

import base64
import hashlib
import json
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from baton.accounts.actions import make_recovery_codes, use_recovery_code
from baton.accounts.queries import may_remove
from baton.platform import clock
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.practice.loading import framework_in_force

WRONG_CODE = "Check the code. A code from an app works for half a minute and once; a recovery code works once."
TO_SHOW = "recovery_codes_to_show"
SHOWN_WITHIN = timedelta(minutes=10)


class SecondStepAdapter(DefaultMFAAdapter):
    """What is kept of a second step is encrypted by the installation's key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "This is your only second step. Set up another first.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"Baton {framework_in_force(settings.BATON_PLACE, on=clock.today()).name}"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_remove(authenticator)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return "Passkey"


def _cipher() -> MultiFernet:
    """Encrypts by the installation's key; what an earlier key encrypted is still read."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str | bytes) -> bytes:
    return hashlib.sha256(b"baton.second-step:" + force_bytes(key)).digest()


def new_recovery_codes(session: MutableMapping[str, Any], user: User) -> None:
    """Make somebody's recovery codes anew. Until they are shown, at once, the session holds them, encrypted."""
    codes = make_recovery_codes(user=user, by=user, at=clock.now())
    session[TO_SHOW] = SecondStepAdapter().encrypt(json.dumps(codes))


def recovery_codes_to_show(session: MutableMapping[str, Any]) -> list[str]:
    """The codes just made, once, and within ten minutes."""
    kept = session.pop(TO_SHOW, "")
    try:
        return list(json.loads(_cipher().decrypt(kept, ttl=int(SHOWN_WITHIN.total_seconds()))))
    except InvalidToken:
        return []


def take_recovery_code(user: User, typed: str) -> Authenticator | None:
    """Use a recovery code up; nothing when it is none of theirs, or was used."""
    by = user if context.request.user.is_authenticated else None
    try:
        return use_recovery_code(user=user, typed=typed, by=by, at=clock.now())
    except Refused:
        return None
