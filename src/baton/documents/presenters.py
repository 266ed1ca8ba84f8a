"""Documents in words, and viruses found in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from markupsafe import Markup, escape

from baton.documents.models import Document, VirusFound
from baton.platform.dates_in_words import long_day, moment
from baton.practice.codes import code_list

KINDS_OF_FILE = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG picture",
    "image/png": "PNG picture",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "text/plain": "plain text",
}
CAREFULLY = "Open it only if you know where it came from."
# What is known of viruses in it, in a sentence that stands above the way to open it.
SCANS = {
    Document.Scan.NOT_SCANNED: f"This file has not been scanned for viruses: no scanner is set up here. {CAREFULLY}",
    Document.Scan.WAITING: f"This file has not been scanned for viruses yet: the scanner did not answer. {CAREFULLY}",
    Document.Scan.CLEAN: "",
    Document.Scan.INFECTED: (
        "A virus was found in this file after it was added. Nobody can open it any more. If you downloaded it before,"
        " do not open your copy: tell whoever looks after your computer, and delete it. Information governance is told."
    ),
}


@dataclass(frozen=True)
class DocumentInWords:
    """One document as the list shows it."""

    id: int
    title: str
    kind: str
    dated: str
    about: str
    file: str
    scan: str
    added: str
    is_withdrawn: bool


@dataclass(frozen=True)
class VirusInWords:
    """A virus as the list shows it; `href` leads to the document, or to where governance says what was done."""

    name: str
    under: str
    when: str
    href: str
    is_over: bool


def documents_in_words(documents: Iterable[Document]) -> list[DocumentInWords]:
    """The documents in their order."""
    return [
        DocumentInWords(
            id=each.pk,
            title=each.title,
            kind=kind_in_words(each.kind),
            dated=long_day(each.dated_on),
            about=about_whom(each),
            file=file_in_words(each),
            scan=each.scan,
            added=f"Added by {each.added_by.name}, {moment(each.added_at)}",
            is_withdrawn=each.withdrawn_at is not None,
        )
        for each in documents
    ]


def kind_in_words(kind: str) -> str:
    """What a kind of document is called."""
    return code_list("document").title_of(kind)


def about_whom(document: Document) -> str:
    """Whom it is about."""
    return document.person.name if document.person else "The whole family"


def file_in_words(document: Document) -> str:
    """What kind of file it is and how large: "PDF, 240 KB"."""
    return f"{KINDS_OF_FILE.get(document.media_type, document.media_type)}, {size_in_words(document.size)}"


def size_in_words(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 1024:
        return f"{size} bytes"
    kilobytes = size / 1024
    return f"{kilobytes:.0f} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"


def rows_of(document: Document) -> list[tuple[str, Markup | str]]:
    """What is known of a document; empty lines are left out."""
    by = document.added_by
    withdrawn = f"{document.withdrawn_by.name}, {moment(document.withdrawn_at)}" if document.withdrawn_by else ""
    rows: list[tuple[str, Markup | str]] = [
        ("What it is", kind_in_words(document.kind)),
        ("Date on it", long_day(document.dated_on)),
        ("About", about_whom(document)),
        ("Note", Markup("<br>").join(document.note.split("\n"))),
        ("File", f"{document.file_name} ({file_in_words(document)})"),
        ("Scanned for viruses", moment(document.scanned_at)),
        ("Found", document.scan_found if document.scan == Document.Scan.INFECTED else ""),
        ("Added by", f"{by.name}, {by.organisation.name}, {moment(document.added_at)}"),
        ("Withdrawn by", withdrawn),
        ("Why", document.withdrawn_because),
    ]
    return [(key, value) for key, value in rows if value]


def was_drawn_anew(document: Document) -> bool:
    """Whether what is kept is a picture that was drawn anew."""
    return document.sha256 != document.sent_sha256


def virus_in_words(virus: VirusFound, *, governs: bool) -> VirusInWords:
    """Where it was found, whose file it was, and what was done; of the family only its number."""
    by = virus.uploader
    done = f" {virus.done}" if virus.done else ""
    to_close = governs and virus.closed_at is None
    name = "close-virus" if to_close else "document"
    return VirusInWords(
        name=f"Document {virus.document_id} of family number {virus.family_id}",
        under=f"Found: {virus.found}. Added by {by.name}, {by.organisation.name}.{done}",
        when=f"Dealt with on {long_day(virus.closed_at)}" if virus.closed_at else moment(virus.found_at),
        href="" if governs and not to_close else reverse(name, args=[virus.pk if to_close else virus.document_id]),
        is_over=virus.closed_at is not None,
    )


def facts_of(virus: VirusFound, downloads: Iterable[tuple[str, datetime]]) -> list[tuple[str, Markup | str]]:
    """What is known of a virus: what it is called, whose file it was, and who has a copy."""
    by = virus.uploader
    have_it = [escape(f"{name}, {moment(last)}") for name, last in downloads]
    return [
        ("Document", f"{virus.document_id}, of family number {virus.family_id}"),
        ("Found", f"{virus.found}, {moment(virus.found_at)}"),
        ("Added by", ", ".join(filter(None, (by.name, by.job_title, by.organisation.name, by.phone)))),
        ("Downloaded by", Markup("<br>").join(have_it) if have_it else "Nobody"),
    ]
