"""What was decided about sharing, and deciding it."""

from datetime import date
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.consent.presenters import about
from baton.consent.queries import open_episode_of, who_can_agree
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.relationships.views.pictures import day_asked
from baton.sharing.actions import decide_not_to_share, decide_to_share
from baton.sharing.forms import DoNotShareForm, ReceiverForm, ShareForm
from baton.sharing.permissions import may_share
from baton.sharing.presenters import decisions_in_words
from baton.sharing.queries import (
    Document,
    agreements_to_share,
    decisions_of,
    document_of,
    receivers_of,
    to_the_same,
)

A_PAGE = 50


def sharing(request: HttpRequest, family_id: int) -> HttpResponse:
    """What went to whom, when and under what; and what was not shared."""
    family, user = get_held_family(family_id), cast(User, request.user)
    note_look(family_id=family_id, what="sharing", by=user, at=clock.now())
    form = ReceiverForm(request.GET if "to" in request.GET else None, receivers=receivers_of(family_id))
    chosen, found = form.chosen(), decisions_of(family_id)
    page = Paginator(to_the_same(found, chosen) if chosen else found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Sharing",
        "form": form,
        "page": page,
        "rows": decisions_in_words(page),
        "query": f"{urlencode({'to': chosen.pk})}&" if chosen else "",
        "may_share": may_share(user, family),
        **about(family, open_episode_of(family_id)),
        "part": "sharing",
    }
    return render(request, "sharing/sharing.html", context)


class OfAFamily(FormPage):
    """A decision about a family, with its warnings in sight."""

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        note_look(family_id=self.family.pk, what="decide about sharing", by=self.user, at=self.at)

    def document(self) -> Document | None:
        """What it is about; nothing where it is described in words."""
        return None

    def form_kwargs(self) -> dict[str, Any]:
        return {"document": self.document(), "on": clock.today()}

    def initial(self) -> dict[str, Any]:
        return {"decided_by": self.user.name, "decided_at": self.at}

    def list_of_decisions(self) -> str:
        return reverse("sharing", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.family.name} family",
            "back": {"href": self.list_of_decisions(), "text": "Sharing"},
            "family": self.family,
            "document": self.document(),
        }


class ShareInWordsPage(OfAFamily):
    """Decide to share something that is no document of Baton's: what was said on the telephone, or in a letter."""

    form_class: ClassVar[type[Any]] = ShareForm
    template = "sharing/share.html"
    title = "Decide to share something"
    button = "Record the decision"
    done = "The decision to share is recorded."

    def form_kwargs(self) -> dict[str, Any]:
        agreements = agreements_to_share(self.family.pk)
        return super().form_kwargs() | {"agreements": agreements, "members": who_can_agree(self.family.pk)}

    def save(self, form: forms.Form) -> str:
        typed = cast(ShareForm, form)
        decide_to_share(family=self.family, told=typed.told(), ground=typed.ground_chosen(), by=self.user, at=self.at)
        return self.list_of_decisions()


class ShareDocumentPage(ShareInWordsPage):
    """Decide to hand out a document of Baton's; the copy is made after that, and not before."""

    title = "Decide to hand out a copy"
    button = "Record the decision and make the copy"
    done = "The decision is recorded. This copy says whom it is for."

    def load(self) -> None:
        super().load()
        self.found = document_of(self.family, self.kwargs["document"], self.kwargs["document_id"], on=self._day_shown())

    def document(self) -> Document:
        return self.found

    def save(self, form: forms.Form) -> str:
        typed = cast(ShareForm, form)
        decision = decide_to_share(
            family=self.family, told=typed.told(), ground=typed.ground_chosen(), by=self.user, at=self.at
        )
        return reverse("copy-to-hand-out", args=[decision.pk])

    def _day_shown(self) -> date:
        return day_asked(self.request)[1]


class DoNotSharePage(OfAFamily):
    """Decide not to share something, and say why."""

    form_class = DoNotShareForm
    template = "sharing/do_not_share.html"
    title = "Decide not to share something"
    button = "Record the decision"
    done = "The decision not to share is recorded."

    def save(self, form: forms.Form) -> str:
        typed = cast(DoNotShareForm, form)
        decide_not_to_share(family=self.family, told=typed.told(), by=self.user, at=self.at)
        return self.list_of_decisions()
