"""Signing in: the password or a passkey, then the second step; and showing once more that it is you."""

from typing import Any

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from baton.accounts.adapters.directory import CouncilDirectory, directory_failed
from baton.accounts.queries import kinds_of_second_step
from baton.accounts.views.door import at_the_door
from baton.platform.security_log import Kind, tell


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
        tell(Kind.SIGN_IN_FAILED, self.request, by="passkey")
        messages.error(self.request, "The passkey was not accepted. Sign in with your password.")
        return super().form_invalid(form)


class _ShowsAgain:
    """Somebody signed in shows once more that it is they; that they did, or could not, is told to the log."""

    request: HttpRequest
    by: str

    def form_valid(self, form: Any) -> HttpResponse:
        tell(Kind.SHOWN_AGAIN, self.request, by=self.by)
        return super().form_valid(form)  # type: ignore[misc]


class PasswordAgain(_ShowsAgain, ReauthenticateView):
    by = "password"
    template_name = "accounts/again.html"
    extra_context = {"title": "Show that it is you"}


class CodeAgain(_ShowsAgain, CodeAgainView):
    by = "code"
    template_name = "accounts/again.html"
    extra_context = {"title": "Show that it is you"}


class PasskeyAgain(_ShowsAgain, ReauthenticateWebAuthnView):
    by = "passkey"
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


def to_the_directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _with_the_directory(OAuth2LoginView, request, provider_id)


def back_from_the_directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _with_the_directory(OAuth2CallbackView, request, provider_id)


def _with_the_directory(view: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponse:
    """Served by what proves the directory's answers: allauth's own views believe more.

    A directory that does not answer, or does not describe itself as it should, lets nobody in.
    """
    try:
        answer: HttpResponse = view.adapter_view(CouncilDirectory(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404("No directory is set.") from None
    except (OAuth2Error, RequestException) as reason:
        return directory_failed(request, reason)
    return answer


directory = at_the_door(to_the_directory, "Go to the council's own sign-in.")
directory_answer = at_the_door(back_from_the_directory, "Come back from the council's own sign-in.")


def too_often(request: HttpRequest) -> HttpResponse:
    """Said to whoever asks too often."""
    return render(request, "accounts/too_often.html", {"title": "Wait a little"}, status=429)
