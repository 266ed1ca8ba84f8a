"""What people said is wrong in a record, and what was done about it."""

from collections.abc import Callable
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.consent.presenters import about
from baton.consent.queries import open_episode_of
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.roles import MANAGERS, Role
from baton.rights import actions
from baton.rights.forms.corrections import AskForm, DecideForm
from baton.rights.permissions import may_ask_for_correction
from baton.rights.presenters.corrections import Beside, corrections_in_words, may_be_about
from baton.rights.queries.corrections import corrections_of, get_correction, open_corrections

A_PAGE = 30


def in_every_page(request: HttpRequest) -> dict[str, Callable[[int], Beside]]:
    """For every template: `disagreements_in(family.pk)`, which reads once, when a page first asks for what it shows."""
    user: Any = getattr(request, "user", None)
    kept: dict[int, Beside] = {}

    def disagreements_in(family_id: int) -> Beside:
        return kept.setdefault(family_id, Beside(family_id, may_ask=may_ask_for_correction(user, None)))

    return {"disagreements_in": disagreements_in}


def corrections(request: HttpRequest, family_id: int) -> HttpResponse:
    """What was asked to be put right in a family's record, and what they say where it was not."""
    user, family = cast(User, request.user), get_held_family(family_id)
    note_look(family_id=family_id, what="corrections", by=user, at=clock.now())
    found = corrections_of(family_id)
    context = {
        "title": "What the family says is wrong",
        "rows": corrections_in_words(found, on=clock.today(), may_decide=user.has_role(*MANAGERS)),
        "may_ask": may_ask_for_correction(user, family),
        **about(family, open_episode_of(family_id)),
        "part": "corrections",
    }
    return render(request, "rights/corrections.html", context)


def to_correct(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, for information governance."""
    user = cast(User, request.user)
    page = Paginator(open_corrections(), A_PAGE).get_page(request.GET.get("page"))
    for family_id in sorted({each.family_id for each in page}):
        note_look(family_id=family_id, what="corrections", by=user, at=clock.now())
    rows = corrections_in_words(page, on=clock.today(), may_decide=True)
    return render(request, "rights/to_correct.html", {"title": "To put right", "rows": rows, "page": page})


class AskPage(FormPage):
    """Write down what somebody says is wrong in their record."""

    form_class = AskForm
    template = "people/warned_form.html"
    title = "Somebody says that something is wrong"
    button = "Save"
    done = "It is written down. They must be told within a month what was done."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        note_look(family_id=self.family.pk, what="corrections", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"received_on": clock.today(), "about": self.request.GET.get("about", "")}

    def form_kwargs(self) -> dict[str, Any]:
        chosen = self.request.POST.get("about") or self.request.GET.get("about", "")
        return {"groups": may_be_about(self.family.pk, also=chosen)}

    def save(self, form: Any) -> str:
        actions.ask_for_correction(family_id=self.family.pk, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("corrections", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("corrections", args=[self.family.pk])}
        return {"caption": f"{self.family.name} family", "back": back, "family": self.family}


class DecidePage(FormPage):
    """Say what was put right, or why not."""

    form_class = DecideForm
    template = "rights/decide_correction.html"
    title = "What was done about it?"
    button = "Save"
    done = "It is decided."

    def load(self) -> None:
        self.correction = get_correction(self.kwargs["correction_id"])
        note_look(family_id=self.correction.family_id, what="corrections", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"told_on": clock.today()}

    def save(self, form: Any) -> str:
        actions.decide_correction(correction=self.correction, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()

    def url(self) -> str:
        if self.user.has_role(Role.GOVERNANCE):
            return reverse("to-correct")
        return reverse("corrections", args=[self.correction.family_id])

    def context(self) -> dict[str, Any]:
        return {"correction": self.correction, "back": {"href": self.url()}}
