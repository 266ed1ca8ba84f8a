"""What is held on somebody: gathered, looked through, hidden where it must be, released, downloaded."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from baton.documents.views import NOTHING_ACTS
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.rights import actions
from baton.rights.forms.redacting import DecisionForm, FileForm, HideForm
from baton.rights.forms.requests import ConfirmForm
from baton.rights.models import Item, Mark, Release
from baton.rights.presenters.copies import items_in_words
from baton.rights.presenters.files import archive, file_in_words, parts_of
from baton.rights.queries.files import (
    DOCUMENT,
    contents_for_rights,
    copied_files,
    file_decisions,
    files_gathered,
    get_copied_file,
    get_gathered,
)
from baton.rights.queries.gathered import (
    documents_to_decide,
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
ARCHIVE = "zip"
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
        "rows": _in_words(found.pk, list(page)),
        "files_to_decide": list(documents_to_decide(found.pk)),
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


class DecideFilePage(OfARequest):
    """Give the file of a document with the copy, or withhold it."""

    form_class = FileForm
    template = "rights/decide_file.html"
    title = "Give the file, or withhold it"
    button = "Save"
    done = "It is decided."

    def load(self) -> None:
        self.item = get_item(self.kwargs["item_id"])
        self.found = self.item.request
        self.file = get_gathered(self.item)
        self.decision = file_decisions(self.found.pk).get(self.file.document_id)
        note_look(family_id=self.item.family_id, what="file of a copy", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        if self.decision is None:
            return {}
        given = "give" if self.decision.is_given else "withhold"
        return {"is_given": given, "reason": self.decision.reason, "note": self.decision.note}

    def save(self, form: Any) -> str:
        actions.decide_file(item=self.item, **form.decided(), by=self.user, at=self.at)
        return reverse("look-through", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        rows = items_in_words([self.item])
        return super().context() | {"rows": rows, "file": file_in_words(self.file, self.decision), "item": self.item}


def open_file(request: HttpRequest, item_id: int) -> HttpResponse:
    """The file of a document that was gathered, for who decides on it."""
    item = get_item(item_id)
    file = get_gathered(item)
    what = f"file of document {file.document_id}, for a subject-access request"
    note_look(
        family_id=item.family_id, what=what, by=cast(User, request.user), at=clock.now(), why=item.request.reference
    )
    return _as_file(contents_for_rights(item.request_id, file.document_id), file.name)


def download_file(request: HttpRequest, copied_file_id: int) -> HttpResponse:
    """A file as it went with a released copy."""
    found = get_copied_file(copied_file_id)
    what = f"download of a copy, file of document {found.document_id}"
    note_look(family_id=found.family_id, what=what, by=cast(User, request.user), at=clock.now())
    return _as_file(contents_for_rights(found.request_id, found.document_id), found.name)


def download(request: HttpRequest, release_id: int, form: str) -> HttpResponse:
    """One form of a released copy, as a file to keep; all of it with the files as a ZIP."""
    found, user = get_release(release_id), cast(User, request.user)
    if form == ARCHIVE:
        return _archive(found, user, request.GET.get("part", "1"))
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


def _archive(release: Release, user: User, part: str) -> HttpResponse:
    parts = parts_of(copied_files([release.pk]))
    if not part.isdecimal() or not 1 <= int(part) <= len(parts):
        raise Http404("There is no such part.")
    families: list[int | None] = [*release.families] or [None]
    for family_id in families:
        note_look(family_id=family_id, what="download of a copy, with files", by=user, at=clock.now())
    first = int(part) == 1
    forms = [(f"copy.{name}", bytes(getattr(release, name))) for name in TYPES] if first else []
    files = parts[int(part) - 1]
    content = archive(
        forms, files, made_at=release.made_at, read=lambda document: contents_for_rights(release.request_id, document)
    )
    numbered = f"-part-{part}" if len(parts) > 1 else ""
    return _as_file(content, f"copy-{release.pk}{numbered}.zip", "application/zip")


def _as_file(content: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Content-Security-Policy"] = NOTHING_ACTS
    return response


def _in_words(request_id: int, items: list[Item]) -> list[dict[str, Any]]:
    if not any(item.table == DOCUMENT for item in items):
        return items_in_words(items)
    files = {each.document_id: each for each in files_gathered(request_id)}
    return items_in_words(items, files, file_decisions(request_id))


def _families(access_id: int) -> list[int]:
    found = items_of(access_id).order_by().exclude(family=None)
    return sorted(set(found.values_list("family_id", flat=True)))
