"""How django-allauth signs people in here: whom it lets in, what it notes, what it says."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.accounts.adapters.second_steps import WRONG_CODE
from baton.accounts.queries import number_of_account, second_step_in, signed_in_lately, steps_in
from baton.platform import clock
from baton.platform.models import User
from baton.platform.rate_limits import caller_of
from baton.platform.security_log import Kind, tell
from baton.platform.sessions import person_read_with_session
from baton.platform.signed_in import note_second_step, note_sign_in

WRONG_PASSWORD = "Check your e-mail address and password."  # noqa: S105
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
        records = get_authentication_records(request, user)
        at_directory = getattr(request, "second_step_at_directory", False)
        kind = second_step_in(records, at_directory=at_directory)
        if kind:
            note_second_step(request.session, kind)
        tell(Kind.SIGNED_IN, request, account=user.pk, by=steps_in(records, at_directory=at_directory))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or an address that nobody has."""
        typed = str(credentials.get("email") or credentials.get("username") or "")
        tell(Kind.SIGN_IN_FAILED, request, account=number_of_account(typed), by="password")

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in ("too_many_login_attempts", "rate_limited"):
            tell(Kind.TOO_OFTEN, context.request, what="signing in")
        return super().validation_error(code, *args)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Whoever left is told what a stranger is told."""
        tell(Kind.CLOSED_ACCOUNT, request, account=user.pk)
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who changes how they sign in shows again that it is they, unless they have just signed in."""
        return not signed_in_lately(context.request.session, clock.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        return caller_of(request)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what was done."""
