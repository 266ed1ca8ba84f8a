"""How django-allauth signs people in here: whom it lets in, what it notes, what it says, how it keeps secrets."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import force_bytes

from baton.accounts.queries import invited_under, may_remove, second_step_in, signed_in_lately
from baton.platform import clock
from baton.platform.models import User
from baton.platform.rate_limits import caller_of
from baton.platform.sessions import person_read_with_session
from baton.platform.signed_in import note_second_step, note_sign_in
from baton.practice.loading import framework_in_force

WRONG_PASSWORD = "Check your e-mail address and password."  # noqa: S105
WRONG_CODE = "Check the code. A code from an app works for half a minute and once; a recovery code works once."
TOO_OFTEN = "That was wrong too often. Wait five minutes, then try again."


class SignedIn(AuthenticationBackend):
    """allauth's way of signing in; who is signed in came with their session."""

    def get_user(self, user_id: int) -> User | None:
        person = person_read_with_session(int(user_id)) or super().get_user(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by password. Nobody signs themselves up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_PASSWORD,
        "account_inactive": WRONG_PASSWORD,
        "incorrect_password": "Check your password.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign somebody in who took every step, and note how."""
        super().login(request, user)
        note_sign_in(request.session, at=clock.now(), user_agent=request.headers.get("User-Agent", ""))
        kind = second_step_in(get_authentication_records(request, user))
        if kind:
            note_second_step(request.session, kind)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Whoever left is told what a stranger is told."""
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who changes how they sign in shows again that it is they, unless they have just signed in."""
        return not signed_in_lately(context.request.session, clock.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        return caller_of(request)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what was done."""


class SecondStepAdapter(DefaultMFAAdapter):
    """Codes, passkeys and recovery codes."""

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


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Signing in with the council's own account. It opens accounts that were invited, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, whoever was invited under the directory's address is linked to it; nobody else comes in."""
        if sociallogin.is_existing:
            return
        user = invited_under(_address_of(sociallogin))
        if user is None:
            told = {"title": "You have no account here yet"}
            raise ImmediateHttpResponse(render(request, "accounts/not_invited.html", told, status=403))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        told = {"title": "That did not work"}
        raise ImmediateHttpResponse(render(request, "accounts/directory_failed.html", told, status=401))


def _address_of(sociallogin: SocialLogin) -> str:
    """The address the directory vouches for; nothing where it does not."""
    vouched = (each.email for each in sociallogin.email_addresses if each.verified or settings.DIRECTORY_VOUCHES)
    return next(vouched, "")
