"""Restricted families: who is named, why, and when somebody looks again."""

from datetime import timedelta
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.governance.actions import (
    keep_restricted,
    lift_restriction,
    name_person,
    restrict_family,
    unname_person,
)
from baton.governance.forms import KeepForm, NameForm, NothingForm, ReasonForm, RestrictForm
from baton.governance.permissions import may_restrict
from baton.governance.presenters.circles import called, named_in_words, restrictions_in_words
from baton.governance.queries.audits import names_of
from baton.governance.queries.circles import (
    get_named,
    get_restriction,
    is_a_family,
    lead_of,
    named_for,
    restrictions,
)
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.roles import Role

A_PAGE = 30
UNTIL_REVIEW = timedelta(days=91)


def restricted(request: HttpRequest) -> HttpResponse:
    """Restricted families: all for information governance, for others those they are named for."""
    number = request.GET.get("family", "")
    if number.isdecimal() and len(number) < 12:
        return HttpResponseRedirect(reverse("restrict-family", args=[int(number)]))
    user, on = cast(User, request.user), clock.today()
    note_look(family_id=None, what="restricted families", by=user, at=clock.now())
    page = Paginator(restrictions(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Restricted families",
        "rows": restrictions_in_words(page, names_of([each.family_id for each in page]), on=on),
        "page": page,
        "asks_for_number": user.has_role(Role.GOVERNANCE),
    }
    return render(request, "governance/restricted.html", context)


def restriction(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """One restricted family: why, who is named, and each look whether it is still needed."""
    user, found = cast(User, request.user), get_restriction(restriction_id)
    note_look(family_id=found.family_id, what="restriction", by=user, at=clock.now())
    stands = found.lifted_at is None
    may_change = stands and may_restrict(user, found)
    context = {
        "title": called(found.family_id, names_of([found.family_id])),
        "restriction": found,
        "named": named_in_words(named_for(found), may_change=may_change),
        "reviews": found.reviews.select_related("reviewed_by").order_by("-reviewed_at", "-id"),
        "may_change": may_change,
        "is_due": stands and found.review_on <= clock.today(),
    }
    return render(request, "governance/restriction.html", context)


class RestrictPage(FormPage):
    """Restrict a family: nobody but the people named sees it or learns that there is one."""

    form_class = RestrictForm
    title = "Restrict this family"
    button = "Restrict the family"
    done = "The family is restricted. Nobody but the people named sees it."

    def load(self) -> None:
        self.family_id = self.kwargs["family_id"]
        self.name = f"Family number {self.family_id}"
        if not self.user.has_role(Role.GOVERNANCE):
            self.name = f"{get_held_family(self.family_id).name} family"
        elif not is_a_family(self.family_id):
            raise Http404("There is no family of this number.")
        note_look(family_id=self.family_id, what="form to restrict the family", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        lead = lead_of(self.family_id)
        own = [] if self.user.has_role(Role.GOVERNANCE) else [self.user]
        people = dict.fromkeys([*([lead] if lead else []), *own])
        return {"people": "\n".join(each.email for each in people), "review_on": clock.today() + UNTIL_REVIEW}

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        made = restrict_family(
            family_id=self.family_id,
            reason=typed["reason"],
            named=dict.fromkeys(typed["people"], typed["because"]),
            review_on=typed["review_on"],
            by=self.user,
            at=self.at,
        )
        sees = self.user in typed["people"] or self.user.has_role(Role.GOVERNANCE)
        return reverse("restriction", args=[made.pk]) if sees else reverse("home")

    def context(self) -> dict[str, Any]:
        intro = (
            "It disappears for everybody but the people you name: from search, lists, counts and hints. "
            "Emergencies do not open it. Whoever leads the work and is not named can no longer help."
        )
        return {"caption": self.name, "intro": intro, "cancel": {"href": reverse("restricted-families")}}


class RestrictionPage(FormPage):
    """Something that happens to one restriction."""

    def load(self) -> None:
        self.restriction = get_restriction(self.kwargs["restriction_id"])
        note_look(family_id=self.restriction.family_id, what="restriction", by=self.user, at=self.at)
        if self.restriction.lifted_at is not None:
            raise Http404("This restriction was lifted.")

    def url(self) -> str:
        return reverse("restriction", args=[self.restriction.pk])

    def context(self) -> dict[str, Any]:
        names = names_of([self.restriction.family_id])
        return {"caption": called(self.restriction.family_id, names), "back": {"href": self.url()}}


class NamePage(RestrictionPage):
    """Name somebody for a restricted family."""

    form_class = NameForm
    title = "Who may see this family too?"
    button = "Name them"
    done = "They see this family from now on."

    def save(self, form: Any) -> str:
        name_person(restriction=self.restriction, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class UnnamePage(RestrictionPage):
    """Let somebody no longer see a restricted family."""

    form_class = NothingForm
    button = "Take their name away"
    done = "They no longer see this family."

    def load(self) -> None:
        super().load()
        self.named = get_named(self.restriction, self.kwargs["named_person_id"])
        self.title = f"Must {self.named.user.name} no longer see this family?"

    def save(self, form: Any) -> str:
        unname_person(named=self.named, by=self.user, at=self.at)
        return self.url() if self.named.user_id != self.user.pk else reverse("home")


class KeepPage(RestrictionPage):
    """Look whether a family must stay restricted, and keep it so."""

    form_class = KeepForm
    title = "Keep the family restricted"
    button = "Keep it restricted"
    done = "The review is recorded."

    def initial(self) -> dict[str, Any]:
        return {"review_on": clock.today() + UNTIL_REVIEW}

    def save(self, form: Any) -> str:
        keep_restricted(restriction=self.restriction, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class LiftPage(RestrictionPage):
    """Lift a restriction: the family goes back to those whose work it is."""

    form_class = ReasonForm
    title = "Lift the restriction"
    button = "Lift it"
    done = "The family is open again to those whose work it is."

    def save(self, form: Any) -> str:
        lift_restriction(restriction=self.restriction, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("restricted-families")

    def context(self) -> dict[str, Any]:
        intro = "Its team, and whoever else would see it by their role, sees it again. Nobody is named for it any more."
        return super().context() | {"intro": intro}
