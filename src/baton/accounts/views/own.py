"""A person's own sign-in: passkeys, app, recovery codes, password, and where they are signed in."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from baton.accounts.actions import change_password, end_session, sign_out_everywhere
from baton.accounts.adapters.second_steps import new_recovery_codes as make_codes
from baton.accounts.adapters.second_steps import recovery_codes_to_show
from baton.accounts.forms import ChangePasswordForm
from baton.accounts.presenters.people import session_rows
from baton.accounts.presenters.second_steps import step_rows
from baton.accounts.queries import (
    authenticators_of,
    kinds_of_second_step,
    may_remove,
    recovery_codes_left,
    sessions_of,
)
from baton.accounts.views.door import at_the_door, shown_lately
from baton.platform import clock
from baton.platform.models import User
from baton.platform.signed_in import note_second_step, took_second_step

GO_ON_TO = "after_second_step"
PASSKEY_MUST = {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}


def your_sign_in(request: HttpRequest) -> HttpResponse:
    """How you sign in, and where you are signed in."""
    user = cast(User, request.user)
    kept = authenticators_of(user)
    context = {
        "title": "Your sign-in",
        "account": user,
        "steps": step_rows(kept),
        "codes_left": recovery_codes_left(kept),
        "sessions": session_rows(sessions_of(user, clock.now()), request.session.session_key),
    }
    return render(request, "accounts/your_sign_in.html", context)


def set_up_second_step(request: HttpRequest) -> HttpResponse:
    """Choose a second step: a passkey, or an app on a phone."""
    go_on_to = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(go_on_to, allowed_hosts=None):  # a page of ours, never somewhere else
        request.session[GO_ON_TO] = go_on_to
    if took_second_step(request.session):
        return HttpResponseRedirect(reverse("your-sign-in"))
    kinds = kinds_of_second_step(cast(User, request.user))
    return render(request, "accounts/set_up.html", {"title": "Set up a second step", "kinds": kinds})


class _SetsUp(FormView):  # type: ignore[type-arg]
    """Whoever has just set a second step up has taken it; recovery codes come next, once."""

    did_generate_recovery_codes: bool
    kind: str

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.did_generate_recovery_codes:  # allauth's, which could be read again; ours take their place
            make_codes(self.request.session, cast(User, self.request.user))
        note_second_step(self.request.session, self.kind)
        messages.success(self.request, "Your second step is set up.")
        return response

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else reverse("your-sign-in")


class SetUpApp(_SetsUp, ActivateTOTPView):
    kind = Authenticator.Type.TOTP
    template_name = "accounts/set_up_app.html"
    extra_context = {"title": "Set up an app"}


class SetUpPasskey(_SetsUp, AddWebAuthnView):
    kind = Authenticator.Type.WEBAUTHN
    template_name = "accounts/set_up_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"] = PASSKEY_MUST
        return context | {"title": "Set up a passkey"}


class RemoveApp(DeactivateTOTPView):
    template_name = "accounts/remove_step.html"
    extra_context = {"title": "Remove the app"}

    def get_success_url(self) -> str:
        return reverse("your-sign-in")


class RemovePasskey(RemoveWebAuthnView):
    template_name = "accounts/remove_step.html"
    extra_context = {"title": "Remove a passkey"}

    def get_success_url(self) -> str:
        return reverse("your-sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        if not may_remove(self.get_object()):
            form.add_error(None, "This is your only second step. Set up another first.")
            return cast(HttpResponse, self.form_invalid(form))
        return cast(HttpResponse, super().form_valid(form))


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Recovery codes, shown once, for the day the phone is lost."""
    context = {
        "title": "Recovery codes",
        "codes": recovery_codes_to_show(request.session),
        "left": recovery_codes_left(authenticators_of(cast(User, request.user))),
        "go_on": request.session.get(GO_ON_TO) or reverse("home"),
    }
    return render(request, "accounts/recovery_codes.html", context)


class NewRecoveryCodes(GenerateRecoveryCodesView):
    template_name = "accounts/new_recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = recovery_codes_left(authenticators_of(cast(User, self.request.user)))
        return super().get_context_data(**kwargs) | {"title": "New recovery codes", "left": left}

    def form_valid(self, form: Any) -> HttpResponse:
        make_codes(self.request.session, cast(User, self.request.user))
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))


set_up_app = at_the_door(SetUpApp.as_view(), "Set up an app on a phone that shows a code.")
set_up_passkey = at_the_door(
    SetUpPasskey.as_view(), "Set up a passkey: a fingerprint, a face, a PIN or a security key."
)
remove_app = at_the_door(RemoveApp.as_view(), "Remove the app, where another second step stays.")
remove_passkey = at_the_door(RemovePasskey.as_view(), "Remove a passkey, where another second step stays.")
new_recovery_codes = at_the_door(NewRecoveryCodes.as_view(), "Make new recovery codes; the old ones stop working.")


def change_own_password(request: HttpRequest) -> HttpResponse:
    """Choose another password, by the one in use; every other browser is signed out."""
    user = cast(User, request.user)
    if not user.has_usable_password():
        return render(request, "accounts/no_password.html", {"title": "You have no password here"})
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        change_password(user=user, password=form.cleaned_data["password"], by=user, at=clock.now())
        update_session_auth_hash(request, user)
        sign_out_everywhere(user=user, but=request.session.session_key or "", by=user, at=clock.now())
        messages.success(request, "Your password is changed. Every other browser is signed out.")
        return HttpResponseRedirect(reverse("your-sign-in"))
    context = {"title": "Change your password", "form": form, "account": user}
    return render(request, "accounts/change_password.html", context, status=422 if form.errors else 200)


@require_POST
@shown_lately
def end_own_session(request: HttpRequest, mark: str) -> HttpResponse:
    """Sign out one of your browsers."""
    user = cast(User, request.user)
    end_session(user=user, mark=mark, by=user, at=clock.now())
    messages.success(request, "That browser is signed out.")
    return HttpResponseRedirect(reverse("your-sign-in"))


@require_POST
@shown_lately
def end_own_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out of every browser but this."""
    user = cast(User, request.user)
    sign_out_everywhere(user=user, but=request.session.session_key or "", by=user, at=clock.now())
    messages.success(request, "Every other browser is signed out.")
    return HttpResponseRedirect(reverse("your-sign-in"))
