"""The documents of a family: listed, added, looked at, withdrawn, handed out; and viruses found in them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from baton.consent.presenters import about
from baton.consent.queries import open_episode_of
from baton.documents import presenters
from baton.documents.actions import Told, add_document, close_virus_found, refuse_infected, withdraw_document
from baton.documents.forms import CloseVirusForm, DocumentForm, FilterForm, WithdrawForm
from baton.documents.models import Document
from baton.documents.permissions import may_add, may_close_virus, may_withdraw
from baton.documents.queries import (
    documents_of,
    downloaded_by,
    get_document,
    get_open_virus,
    get_standing,
    kinds_of,
    members_ever,
    piece_of,
    viruses_told_to,
    what_is_noted,
)
from baton.documents.reading import too_large
from baton.people.models import Family
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.rate_limits import too_often
from baton.platform.refusals import NotAllowed
from baton.platform.roles import Role
from baton.platform.scanner import Scanned, Verdict, scan
from baton.platform.security_log import Kind, tell
from baton.platform.uploads import was_too_large

A_PAGE = 50
A_PIECE = 512 * 1024  # what a web thread holds of a file that goes out
MOST_FILES, WITHIN = 60, timedelta(hours=1)  # a whole paper file in an afternoon, and not the room of the database
TOO_MANY = "You have sent 60 files within an hour. Wait a while, then choose the file again"
A_VIRUS = "A virus was found in this file, so it was not kept. Tell whoever looks after your computer"
# What comes out of a file cannot act here, should a browser ever show it as a page.
NOTHING_ACTS = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def documents(request: HttpRequest, family_id: int) -> HttpResponse:
    """What was added to a family's record, the newest first."""
    family, user = get_held_family(family_id), cast(User, request.user)
    note_look(family_id=family_id, what="documents", by=user, at=clock.now())
    form = FilterForm(request.GET if "kind" in request.GET else None, kinds=kinds_of(family_id))
    kind = form.chosen()
    page = Paginator(documents_of(family_id, kind=kind), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Documents",
        "form": form,
        "page": page,
        "rows": presenters.documents_in_words(page),
        "query": f"{urlencode({'kind': kind})}&" if kind else "",
        "may_add": may_add(user, family),
        **about(family, open_episode_of(family_id)),
        "part": "documents",
    }
    return render(request, "documents/documents.html", context)


def document(request: HttpRequest, uploaded_id: int) -> HttpResponse:
    """What is known of one document, and the way to open it."""
    found, user = get_document(uploaded_id), cast(User, request.user)
    note_look(family_id=found.family_id, what="document", by=user, at=clock.now())
    stands = found.withdrawn_at is None
    context = {
        "title": found.title,
        "caption": presenters.kind_in_words(found.kind),
        "document": found,
        "rows": presenters.rows_of(found),
        "scan": presenters.SCANS[Document.Scan(found.scan)],
        "is_drawn_anew": presenters.was_drawn_anew(found),
        "may_open": stands and found.may_be_handed_out,
        "may_withdraw": stands and may_withdraw(user, found),
        **about(found.family, open_episode_of(found.family_id)),
        "part": "documents",
    }
    return render(request, "documents/document.html", context)


def download(request: HttpRequest, uploaded_id: int) -> StreamingHttpResponse:
    """The file of a document, to be kept and opened elsewhere; that it was is on record."""
    found = get_standing(uploaded_id)
    note_look(family_id=found.family_id, what=what_is_noted(found.pk), by=cast(User, request.user), at=clock.now())
    return file_of(found, cast(User, request.user))


def file_of(found: Document, to: User) -> StreamingHttpResponse:
    """A document's file as an answer that no browser shows as a page of Baton, read while it goes out."""
    response = StreamingHttpResponse(_pieces(found, to), content_type=_told_as(found.media_type))
    response["Content-Length"] = str(found.size)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.file_name) or ""
    response["Content-Security-Policy"] = NOTHING_ACTS
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _pieces(found: Document, to: User) -> Iterator[bytes]:
    """The view's transaction is over by then: each piece is read as whoever asked, who may have lost the family."""
    for begins in range(0, found.size, A_PIECE):
        with acting_as(to):
            piece = piece_of(found.pk, begins=begins, size=A_PIECE)
        yield piece


def _told_as(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type == "text/plain" else media_type


class AddDocumentPage(FormPage):
    """Add a document to a family's record."""

    form_class = DocumentForm
    template = "documents/add.html"
    title = "Add a document"
    button = "Add the document"
    done = "The document is in the record."
    family: Family

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        note_look(family_id=self.family.pk, what="add a document", by=self.user, at=self.at)
        self.is_too_often = self.request.method == "POST" and too_often(
            what="upload", who=str(self.user.pk), most=MOST_FILES, within=WITHIN, at=self.at
        )

    def form_kwargs(self) -> dict[str, Any]:
        told: dict[str, Any] = {"members": members_ever(self.family.pk), "today": clock.today()}
        if self.request.method != "POST":
            return told
        if self.is_too_often:
            return told | {"instead_of_a_file": TOO_MANY}
        return told | {"files": self.request.FILES, "instead_of_a_file": too_large() * was_too_large(self.request)}

    def post(self) -> HttpResponse:
        form = self.form_class(self.request.POST, initial=self.initial(), **self.form_kwargs())
        self.scanned = Scanned(Verdict.NOT_SCANNED)
        if form.is_valid():
            self.scanned = scan(form.taken.contents)
        if self.scanned.verdict == Verdict.INFECTED:
            refuse_infected(family=self.family, found=self.scanned.found, by=self.user, at=self.at)
            tell(Kind.VIRUS, self.request, found=self.scanned.found)
            form.add_error("file", A_VIRUS)
        return self.answer(form)

    def save(self, form: forms.Form) -> str:
        typed = cast(DocumentForm, form)
        names = ("kind", "title", "dated_on", "note")
        told = Told(
            person=typed.people.get(typed.cleaned_data["person"]), **{name: typed.cleaned_data[name] for name in names}
        )
        added = add_document(
            family=self.family, told=told, taken=typed.taken, scanned=self.scanned, by=self.user, at=self.at
        )
        return reverse("document", args=[added.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("documents", args=[self.family.pk]), "text": "Documents"}
        return {"caption": f"{self.family.name} family", "back": back, "family": self.family}


class WithdrawDocumentPage(FormPage):
    """Say that a document should not be in the record."""

    form_class = WithdrawForm
    template = "people/warned_form.html"
    title = "Withdraw a document"
    button = "Withdraw it"
    done = "The document is withdrawn. It stays on the list with your reason, and nobody opens it any more."

    def load(self) -> None:
        self.document = get_document(self.kwargs["uploaded_id"])
        note_look(family_id=self.document.family_id, what="withdraw a document", by=self.user, at=self.at)

    def save(self, form: forms.Form) -> str:
        withdraw_document(document=self.document, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()

    def url(self) -> str:
        return reverse("document", args=[self.document.pk])

    def context(self) -> dict[str, Any]:
        family = self.document.family
        return {
            "caption": f"{family.name} family",
            "back": {"href": self.url()},
            "family": family,
            "intro": f"{self.document.title}. It is not deleted: it stays listed, with your reason.",
        }


def viruses(request: HttpRequest) -> HttpResponse:
    """Viruses found in kept files that this person is told of, those with which nobody has dealt first."""
    user = cast(User, request.user)
    note_look(family_id=None, what="viruses found", by=user, at=clock.now())
    page = Paginator(viruses_told_to(user.pk), A_PAGE).get_page(request.GET.get("page"))
    governs = user.has_role(Role.GOVERNANCE)
    rows = [presenters.virus_in_words(each, governs=governs) for each in page]
    context = {"title": "Viruses found", "rows": rows, "page": page, "governs": governs}
    return render(request, "documents/viruses.html", context)


class CloseVirusPage(FormPage):
    """Say what was done about a virus, with what helps to do it in sight: whose file it was and who has it."""

    form_class = CloseVirusForm
    template = "documents/virus.html"
    title = "What was done about this virus?"
    button = "Record what was done"
    done = "It is recorded. Nobody is told of this virus any more; the file stays closed."

    def load(self) -> None:
        self.virus = get_open_virus(self.kwargs["virus_id"])
        note_look(family_id=self.virus.family_id, what="virus found", by=self.user, at=self.at)
        if not may_close_virus(self.user, self.virus):
            raise NotAllowed("Information governance says what was done about a virus.")

    def save(self, form: forms.Form) -> str:
        close_virus_found(virus=self.virus, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("viruses")

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("viruses"), "text": "Viruses found"}
        return {"back": back, "rows": presenters.facts_of(self.virus, downloaded_by(self.virus))}
