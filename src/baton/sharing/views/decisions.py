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
from baton.sharing.forms import OWN, DoNotShareForm, ReceiverForm, ShareForm, ShareUploadedForm
from baton.sharing.models import Decision
from baton.sharing.permissions import may_share
from baton.sharing.presenters.decisions import decisions_in_words, refusals_in_words
from baton.sharing.presenters.papers import copy_that_leaves
from baton.sharing.queries import (
    Document,
    agreements_to_share,
    decisions_of,
    document_of,
    made_in_the_record,
    receivers_of,
    refusals_to_share,
    to_the_same,
    uploaded_standing,
    uploaded_that_may_leave,
)

A_PAGE = 50


def sharing(request: HttpRequest, family_id: int) -> HttpResponse:
    """What went to whom, when and under what; and what was not shared."""
    family, user = get_held_family(family_id), cast(User, request.user)
    note_look(family_id=family_id, what="sharing", by=user, at=clock.now())
    (form, chosen), found = _chosen(request, family_id), decisions_of(family_id)
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


def sharing_to_print(request: HttpRequest, family_id: int) -> HttpResponse:
    """The same list on paper, whole."""
    family = get_held_family(family_id)
    note_look(family_id=family_id, what="sharing on paper", by=cast(User, request.user), at=clock.now())
    chosen, found = _chosen(request, family_id)[1], decisions_of(family_id)
    context = {
        "title": "What went to whom",
        "family": family,
        "rows": decisions_in_words(to_the_same(found, chosen) if chosen else found),
        "chosen": (chosen.person.name if chosen.person else chosen.organisation) if chosen else "",
        "printed_on": clock.today(),
    }
    return render(request, "sharing/on_paper.html", context)


def _chosen(request: HttpRequest, family_id: int) -> tuple[ReceiverForm, Decision | None]:
    form = ReceiverForm(request.GET if "to" in request.GET else None, receivers=receivers_of(family_id))
    return form, form.chosen()


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

    def context(self) -> dict[str, Any]:
        return super().context() | {"refusals": refusals_in_words(refusals_to_share(self.family.pk))}

    def save(self, form: forms.Form) -> str:
        typed = cast(ShareForm, form)
        decide_to_share(family=self.family, told=typed.told(), ground=typed.ground_chosen(), by=self.user, at=self.at)
        return self.list_of_decisions()


class ShareDocumentPage(ShareInWordsPage):
    """Decide to hand out a document of Baton's; the copy is made with the decision, and kept as it leaves."""

    title = "Decide to hand out a copy"
    button = "Record the decision and make the copy"
    done = "The decision is recorded, and the copy is made. It says whom it is for."

    def load(self) -> None:
        super().load()
        self.found = document_of(self.family, self.kwargs["document"], self.kwargs["document_id"], on=self._day_shown())

    def initial(self) -> dict[str, Any]:
        for_family = {"ground": OWN} if self.request.GET.get("for") == "family" else {}
        return super().initial() | for_family

    def document(self) -> Document:
        return self.found

    def save(self, form: forms.Form) -> str:
        typed = cast(ShareForm, form)
        decision = decide_to_share(
            family=self.family,
            told=typed.told(),
            ground=typed.ground_chosen(),
            copy=copy_that_leaves,
            by=self.user,
            at=self.at,
        )
        return reverse("sharing-decision", args=[decision.pk])

    def _day_shown(self) -> date:
        return day_asked(self.request)[1]


class ShareUploadedPage(ShareInWordsPage):
    """Decide to hand out documents that were added; each leaves as the file it is."""

    form_class = ShareUploadedForm
    template = "sharing/share_uploaded.html"
    title = "Decide to hand out documents"
    button = "Record the decision"
    done = "The decision is recorded for each document. Open it to download the file that goes."

    def load(self) -> None:
        super().load()
        self.uploaded = list(uploaded_that_may_leave(self.family.pk))

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"documents": self.request.GET.getlist("document")}

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"uploaded": self.uploaded}

    def save(self, form: forms.Form) -> str:
        typed = cast(ShareUploadedForm, form)
        for told in typed.all_told():
            decide_to_share(family=self.family, told=told, ground=typed.ground_chosen(), by=self.user, at=self.at)
        return self.list_of_decisions()

    def context(self) -> dict[str, Any]:
        return super().context() | {"uploaded": self.uploaded}


class DoNotSharePage(OfAFamily):
    """Decide not to share something, and say why."""

    form_class = DoNotShareForm
    template = "sharing/do_not_share.html"
    title = "Decide not to share something"
    button = "Record the decision"
    done = "The decision not to share is recorded."

    def form_kwargs(self) -> dict[str, Any]:
        made = made_in_the_record(self.family, on=clock.today())
        return super().form_kwargs() | {"made": made, "uploaded": uploaded_standing(self.family.pk)}

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"thing": self.request.GET.get("thing", "")}

    def save(self, form: forms.Form) -> str:
        typed = cast(DoNotShareForm, form)
        decide_not_to_share(family=self.family, told=typed.told(), by=self.user, at=self.at)
        return self.list_of_decisions()
