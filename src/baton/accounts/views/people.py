"""The administrator's pages: who has an account, which roles they hold, joiners, movers and leavers."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.accounts.actions import (
    change_account,
    close_account,
    end_role,
    give_role,
    invite,
    open_account_again,
    sign_out_everywhere,
    start_anew,
)
from baton.accounts.forms import AT_ONCE, AccountForm, EndRoleForm, GiveRoleForm, SureForm
from baton.accounts.models import Invitation
from baton.accounts.presenters.people import SHOWN, account_facts, account_rows, role_and_part, role_rows
from baton.accounts.queries import (
    Part,
    accounts_found,
    count_unused,
    day_in_force,
    get_account,
    get_role,
    open_invitation,
    organisations,
    parts_of_the_place,
    roles_of,
    second_steps_of,
    sessions_of,
)
from baton.platform import clock
from baton.platform.models import Organisation, User
from baton.platform.pages import FormPage

LINK_ONCE = "link_to_show_once"


def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, found by name or address, with their roles."""
    at, text = clock.now(), request.GET.get("q", "").strip()[:100]
    show = request.GET.get("show", "open")
    page = accounts_found(text=text, show=show, at=at, page=request.GET.get("page", 1))
    context = {
        "title": "Accounts",
        "page": page,
        "rows": account_rows(page, at),
        "text": text,
        "shown": [{"key": key, "text": words, "current": key == show} for key, words in SHOWN.items()],
        "show": show,
        "unused": count_unused(at),
    }
    return render(request, "accounts/accounts.html", context)


def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: its roles, how its owner signs in, and what can be done about it."""
    at, found = clock.now(), get_account(user_id)
    sessions = sessions_of(found, at)
    context = {
        "title": found.name,
        "account": found,
        "facts": account_facts(found, open_invitation(found, at), second_steps_of(found), len(sessions)),
        "roles": role_rows(roles_of(found), day_in_force(at)),
        "link": _link_to_show(request, found),
        "signed_in": bool(sessions),
    }
    return render(request, "accounts/account.html", context)


def _link_to_show(request: HttpRequest, user: User) -> str:
    """The link just made for this account. It is told once."""
    told = request.session.get(LINK_ONCE)
    if request.method != "GET" or not told or told["account"] != user.pk:
        return ""
    del request.session[LINK_ONCE]
    return f"{request.build_absolute_uri(reverse('join'))}#{told['token']}"


class _AccountPage(FormPage):
    """A form about one account."""

    account: User

    def load(self) -> None:
        self.account = get_account(self.kwargs["user_id"])

    def context(self) -> dict[str, Any]:
        here = reverse("account", args=[self.account.pk])
        return {"caption": self.account.name, "back": {"href": here, "text": self.account.name}}

    def show_link(self, made: Invitation) -> str:
        """Keep the link for the page of the account, which shows it once. Returns the way there."""
        self.request.session[LINK_ONCE] = {"account": made.user_id, "token": made.token}
        return reverse("account", args=[made.user_id])


class InvitePage(_AccountPage):
    """Invite somebody: make an account, and the link its owner comes in by."""

    form_class = AccountForm
    title = "Invite somebody"
    button = "Invite them"

    def load(self) -> None:
        pass

    def form_kwargs(self) -> dict[str, Any]:
        return {"organisations": organisations()}

    def save(self, form: forms.Form) -> str:
        return self.show_link(invite(**_who(form), by=self.user, at=self.at))

    def context(self) -> dict[str, Any]:
        return {"back": {"href": reverse("accounts"), "text": "Accounts"}}


class ChangeAccountPage(_AccountPage):
    """Correct what is known of somebody, or note that they moved."""

    form_class = AccountForm
    title = "Change an account"
    button = "Save"
    done = "The account is changed."

    def form_kwargs(self) -> dict[str, Any]:
        return {"organisations": organisations()}

    def initial(self) -> dict[str, Any]:
        names = ("given_name", "family_name", "email", "job_title", "phone")
        stands = {name: getattr(self.account, name) for name in names}
        return {**stands, "organisation": str(self.account.organisation_id)}

    def save(self, form: forms.Form) -> str:
        change_account(user=self.account, **_who(form), by=self.user, at=self.at)
        return reverse("account", args=[self.account.pk])


def _who(form: forms.Form) -> dict[str, Any]:
    typed = dict(form.cleaned_data)
    return typed | {"organisation": Organisation.objects.get(pk=typed["organisation"])}


class GiveRolePage(_AccountPage):
    """Give somebody a role for a part of the place."""

    form_class = GiveRoleForm
    title = "Give a role"
    button = "Give the role"
    done = "The role is given."

    def form_kwargs(self) -> dict[str, Any]:
        return {"parts": parts_of_the_place()}

    def initial(self) -> dict[str, Any]:
        return {"from_on": day_in_force(self.at)}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        dates = {"from_on": typed["from_on"], "until_on": typed["until_on"]}
        part = Part.read(typed["part"])
        give_role(user=self.account, role=typed["role"], part=part, **dates, by=self.user, at=self.at)
        return reverse("account", args=[self.account.pk])


class EndRolePage(_AccountPage):
    """End a role, at once or after a last day."""

    form_class = EndRoleForm
    title = "End a role"
    button = "End the role"
    done = "The role ends."

    def load(self) -> None:
        self.held = get_role(self.kwargs["role_held_id"])
        self.account = self.held.user

    def initial(self) -> dict[str, Any]:
        return {"when": AT_ONCE}

    def save(self, form: forms.Form) -> str:
        last_on = None if form.cleaned_data["when"] == AT_ONCE else form.cleaned_data["last_on"]
        end_role(held=self.held, last_on=last_on, by=self.user, at=self.at)
        return reverse("account", args=[self.account.pk])

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"{role_and_part(self.held)}."}


class _SurePage(_AccountPage):
    """A page that says what will happen, and a button."""

    form_class = SureForm
    intro = ""

    def context(self) -> dict[str, Any]:
        cancel = {"href": reverse("account", args=[self.account.pk])}
        return super().context() | {"intro": self.intro, "cancel": cancel}


class CloseAccountPage(_SurePage):
    """Close the account of somebody who left: access ends at once."""

    title = "Close this account"
    button = "Close the account"
    done = "The account is closed."
    intro = (
        "Every role ends now, every browser they are signed in with is signed out, and their password and second step "
        "stop working. What they wrote stays. Families they lead stay with their teams: tell the managers."
    )

    def save(self, form: forms.Form) -> str:
        close_account(user=self.account, by=self.user, at=self.at)
        return reverse("account", args=[self.account.pk])


class OpenAccountPage(_SurePage):
    """Open a closed account again."""

    title = "Open this account again"
    button = "Open the account"
    intro = "They get a new link to come in by. They hold no role until you give them one."

    def save(self, form: forms.Form) -> str:
        return self.show_link(open_account_again(user=self.account, by=self.user, at=self.at))


class NewLinkPage(_SurePage):
    """Start somebody's sign-in anew: a password forgotten, a phone lost, an invitation that ended."""

    title = "Make a new link"
    button = "Make the link"
    intro = (
        "For somebody who forgot their password, lost their phone, or let their invitation end. Be sure that it is "
        "they who ask: their password and second step stop working now, and they set up both anew. Their roles stay."
    )

    def save(self, form: forms.Form) -> str:
        return self.show_link(start_anew(user=self.account, by=self.user, at=self.at))


class SignOutAccountPage(_SurePage):
    """Sign somebody out of every browser."""

    title = "Sign them out everywhere"
    button = "Sign them out"
    done = "They are signed out everywhere."
    intro = "Every browser they are signed in with is signed out. What they were typing is kept for them."

    def save(self, form: forms.Form) -> str:
        own = self.request.session.session_key if self.account == cast(User, self.request.user) else None
        sign_out_everywhere(user=self.account, but=own or "", by=self.user, at=self.at)
        return reverse("account", args=[self.account.pk])
