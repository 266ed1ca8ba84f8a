"""Codes, passkeys and recovery codes, as django-allauth keeps and shows them here."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from baton.accounts.queries import may_remove
from baton.platform import clock
from baton.platform.models import User
from baton.practice.loading import framework_in_force

WRONG_CODE = "Check the code. A code from an app works for half a minute and once; a recovery code works once."


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
