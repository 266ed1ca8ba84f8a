"""What is held on somebody: gathered, looked through, hidden where it must be, released, downloaded."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.rights import actions
from baton.rights.forms.redacting import DecisionForm, HideForm
from baton.rights.forms.requests import ConfirmForm
from baton.rights.models import Mark
from baton.rights.presenters.copies import items_in_words
from baton.rights.queries.gathered import (
    get_item,
    get_mark,
    get_release,
    items_of,
    marks_by_state,
    people_marked,
)
from baton.rights.queries.gathering import requests_of_restricted_families
from baton.rights.queries.requests import get_request
from baton.rights.views.requests import OfARequest

A_PAGE = 40
# The web page is a file like the others: a browser must not show it as a page of Baton.
TYPES = {"pdf": "application/pdf", "html": "application/octet-stream", "json": "application/json"}


class GatherPage(OfARequest):
    """Gather everything that is held on the people of a request."""

    form_class = ConfirmForm
    title = "Gather what is held"
    button = "Gather it"
    done = "It is gathered. Look through it, and decide what concerns other people."

    def save(self, form: Any) -> str:
        actions.gather(request=self.found, by=self.user, at=self.at)
        for family_id in _families(self.found.pk):
            what = "everything held, for a subject-access request"
            note_look(family_id=family_id, what=what, by=self.user, at=self.at, why=self.found.reference)
        return reverse("look-through", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        intro = (
            "Baton looks in every table for what refers to them or their families, and marks what names other people. "
            "Gathered anew, what you decided before stays decided. That you look is kept with each family."
        )
        return super().context() | {"intro": intro}


def look_through(request: HttpRequest, access_id: int) -> HttpResponse:
    """What was gathered, row by row, with what is marked in it."""
    found, user = get_request(access_id), cast(User, request.user)
    undecided = request.GET.get("show") == "undecided"
    page = Paginator(items_of(found.pk, undecided=undecided), A_PAGE).get_page(request.GET.get("page"))
    for family_id in sorted({item.family_id for item in page if item.family_id}):
        what = "everything held, for a subject-access request"
        note_look(family_id=family_id, what=what, by=user, at=clock.now(), why=found.reference)
    context = {
        "title": "Look through it",
        "asked": found,
        "undecided": undecided,
        "rows": items_in_words(page),
        "page": page,
        "states": marks_by_state(found.pk),
        "people": people_marked(found.pk),
        "back": {"href": reverse("access-request", args=[found.pk]), "text": found.reference},
    }
    return render(request, "rights/look_through.html", context)


class DecidePage(OfARequest):
    """Decide on one mark: hide it, leave it in, or take the decision back."""

    form_class = DecisionForm
    template = "rights/decide.html"
    title = "Hide it, or leave it in"
    button = "Save"
    done = "It is decided."

    def load(self) -> None:
        self.mark = get_mark(self.kwargs["mark_id"])
        self.found = self.mark.request
        note_look(family_id=self.mark.family_id, what="mark of a copy", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        another = Mark.Reason.ANOTHER
        return {"state": self.mark.state, "reason": self.mark.reason or another, "note": self.mark.note}

    def save(self, form: Any) -> str:
        actions.decide_mark(mark=self.mark, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("look-through", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return super().context() | {"rows": items_in_words([self.mark.item])}


class DecideOnPersonPage(OfARequest):
    """Decide alike on everything undecided that names one other person."""

    form_class = DecisionForm
    title = "Another person who is named"
    button = "Save"
    done = "It is decided, wherever it was not before."

    def load(self) -> None:
        super().load()
        named = people_marked(self.found.pk)
        number = self.kwargs["number"]
        if not 1 <= number <= len(named):
            raise Http404("Nobody else is named there.")
        self.named = named[number - 1]
        note_look(family_id=None, what="marks of a copy", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"reason": Mark.Reason.ANOTHER}

    def save(self, form: Any) -> str:
        name = str(self.named["name"])
        actions.decide_on_person(request=self.found, name=name, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("look-through", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        said = (
            f"{self.named['name']} is named {self.named['marks']} times; {self.named['undecided']} are to be decided."
        )
        return super().context() | {"intro": said}


class HidePage(OfARequest):
    """Hide words of a row that nobody marked, or the whole row."""

    form_class = HideForm
    template = "rights/decide.html"
    title = "Hide something"
    button = "Hide it"
    done = "It is hidden."

    def load(self) -> None:
        self.item = get_item(self.kwargs["item_id"])
        self.found = self.item.request
        note_look(family_id=self.item.family_id, what="row of a copy", by=self.user, at=self.at)

    def save(self, form: Any) -> str:
        actions.mark_by_hand(item=self.item, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("look-through", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return super().context() | {"rows": items_in_words([self.item])}


class ReleasePage(OfARequest):
    """Freeze the copy that the person gets."""

    form_class = ConfirmForm
    title = "Release the copy"
    button = "Release it"
    done = "The copy is released and frozen. Download it and send it, then answer the request."

    def save(self, form: Any) -> str:
        actions.release_copy(request=self.found, by=self.user, at=self.at)
        return self.url()

    def context(self) -> dict[str, Any]:
        intro = "What is released stays as it is, with its hash and what it hides. It cannot be changed afterwards."
        return super().context() | {"intro": intro}


def download(request: HttpRequest, release_id: int, form: str) -> HttpResponse:
    """One form of a released copy, as a file to keep."""
    found, user = get_release(release_id), cast(User, request.user)
    if form not in TYPES:
        raise Http404("There is no such form.")
    families: list[int | None] = [*found.families] or [None]
    for family_id in families:
        note_look(family_id=family_id, what=f"download of a copy, {form}", by=user, at=clock.now())
    response = HttpResponse(bytes(getattr(found, form)), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="copy-{found.pk}.{form}"'
    return response


def restricted(request: HttpRequest) -> HttpResponse:
    """Requests that concern a restricted family the reader is named for."""
    rows = requests_of_restricted_families()
    for row in rows:
        note_look(family_id=row["family_id"], what="requests about it", by=cast(User, request.user), at=clock.now())
    return render(request, "rights/restricted.html", {"title": "Requests that concern you alone", "rows": rows})


def _families(access_id: int) -> list[int]:
    found = items_of(access_id).order_by().exclude(family=None)
    return sorted(set(found.values_list("family_id", flat=True)))
