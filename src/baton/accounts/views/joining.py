"""Coming in by an invitation: its code is typed, or comes with the link, then the password is chosen.

In a link the code stands behind a #, which a browser keeps to itself: no address that anybody logs holds it.
"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.accounts.actions import accept_invitation
from baton.accounts.forms import ChoosePasswordForm, InvitationForm
from baton.accounts.queries import invitation_numbered, invitation_with
from baton.accounts.views.signing_in import too_often
from baton.platform import clock
from baton.platform.rate_limits import INVITATIONS, caller_of
from baton.platform.security_log import Kind, tell

INVITED_BY = "invited_by"


def join(request: HttpRequest) -> HttpResponse:
    """Show the code of an invitation, which works once."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and INVITATIONS.is_over(who=caller_of(request), at=clock.now()):
        return too_often(request)
    if form.is_bound and form.is_valid():
        invitation = invitation_with(form.cleaned_data["code"], clock.now())
        if invitation is None:
            return _refused(request)
        request.session[INVITED_BY] = invitation.pk
        return HttpResponseRedirect(reverse("join-password"))
    context = {"title": "Use your invitation", "form": form}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


def choose_password(request: HttpRequest) -> HttpResponse:
    """Choose a password, for whoever showed the code of an invitation."""
    at = clock.now()
    if INVITED_BY not in request.session:
        return HttpResponseRedirect(reverse("join"))
    invitation = invitation_numbered(request.session[INVITED_BY], at)
    if invitation is None:
        del request.session[INVITED_BY]
        return _refused(request)
    form = ChoosePasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        user = accept_invitation(invitation=invitation, password=form.cleaned_data["password"], by=None, at=at)
        return perform_password_login(request, {"email": user.email}, Login(user=user, email=user.email))
    context = {"title": "Choose a password", "form": form, "invited": invitation.user}
    return render(request, "accounts/choose_password.html", context, status=422 if form.errors else 200)


def _refused(request: HttpRequest) -> HttpResponse:
    tell(Kind.CODE_REFUSED, request)
    return render(request, "accounts/link_ended.html", {"title": "This link does not work any more"}, status=410)
