"""Coming in by a link: the password is chosen here, the second step is set up next."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.accounts.actions import accept_invitation
from baton.accounts.forms import ChoosePasswordForm
from baton.accounts.queries import invitation_with
from baton.platform import clock


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, by a link that works once."""
    at = clock.now()
    invitation = invitation_with(token, at)
    if invitation is None:
        return render(request, "accounts/link_ended.html", {"title": "This link does not work any more"}, status=410)
    form = ChoosePasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        user = accept_invitation(invitation=invitation, password=form.cleaned_data["password"], by=None, at=at)
        return perform_password_login(request, {"email": user.email}, Login(user=user, email=user.email))
    context = {"title": "Choose a password", "form": form, "invited": invitation.user}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)
