"""Signing in: the password or a passkey, then the second step; and showing once more that it is you."""

from typing import Any

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.accounts.queries import kinds_of_second_step
from baton.accounts.views.door import at_the_door


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"next": self.request.POST.get("next") or self.request.GET.get("next", "")}
        return super().get_context_data(**kwargs) | told | {"directory": settings.DIRECTORY_NAME}


class SecondStep(AuthenticateView):
    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = kinds_of_second_step(self.stage.login.user)
        told = {"title": "Your second step", "has_passkey": Authenticator.Type.WEBAUTHN in kinds}
        return super().get_context_data(**kwargs) | told | {"has_app": Authenticator.Type.TOTP in kinds}


class PasskeySignIn(LoginWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, "The passkey was not accepted. Sign in with your password.")
        return super().form_invalid(form)


class PasswordAgain(ReauthenticateView):
    template_name = "accounts/again.html"
    extra_context = {"title": "Show that it is you"}


class CodeAgain(CodeAgainView):
    template_name = "accounts/again.html"
    extra_context = {"title": "Show that it is you"}


class PasskeyAgain(ReauthenticateWebAuthnView):
    template_name = "accounts/passkey_again.html"
    extra_context = {"title": "Show that it is you"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.extra_context


sign_in = at_the_door(
    SignIn.as_view(), "Sign in with e-mail address and password, a passkey, or the council's account."
)
second_step = at_the_door(SecondStep.as_view(), "The second step: a passkey, a code from an app, or a recovery code.")
passkey = at_the_door(PasskeySignIn.as_view(), "Sign in with a passkey alone.")
password_again = at_the_door(PasswordAgain.as_view(), "Enter the password again before changing how one signs in.")
code_again = at_the_door(CodeAgain.as_view(), "Enter a code before changing how one signs in.")
passkey_again = at_the_door(PasskeyAgain.as_view(), "Use a passkey before changing how one signs in.")


directory = at_the_door(login, "Go to the council's own sign-in.")
directory_answer = at_the_door(callback, "Come back from the council's own sign-in.")


def too_often(request: HttpRequest) -> HttpResponse:
    """Said to whoever asks too often."""
    return render(request, "accounts/too_often.html", {"title": "Wait a little"}, status=429)
