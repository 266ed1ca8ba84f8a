"""Coming in by a link: the password is chosen here, the second step is set up next."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.accounts.actions import accept_invitation
from baton.accounts.forms import ChoosePasswordForm
from baton.accounts.queries import invitation_with
from baton.platform import clock
from baton.platform.signed_in import note_sign_in


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, by a link that works once."""
    at = clock.now()
    invitation = invitation_with(token, at)
    if invitation is None:
        return render(request, "accounts/link_ended.html", {"title": "This link does not work any more"}, status=410)
    form = ChoosePasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        user = accept_invitation(invitation=invitation, password=form.cleaned_data["password"], by=None, at=at)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        note_sign_in(request.session, at=at, user_agent=request.headers.get("User-Agent", ""))
        return HttpResponseRedirect(reverse("home"))
    context = {"title": "Choose a password", "form": form, "invited": invitation.user}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)
