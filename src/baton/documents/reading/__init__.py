"""Looks into a file before it is kept: by what it holds, never by what it says it is. Plain Python, no Django.

Whatever is not known to be harmless is not taken: `NotTaken` says in a sentence what the person may do instead.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from baton.documents.reading.archives import look_into_office
from baton.documents.reading.names import ending_of, safe_name
from baton.documents.reading.papers import look_into_pdf, look_into_text
from baton.documents.reading.pictures import made_anew
from baton.documents.reading.refusing import NotTaken

MOST_BYTES = 10 * 1024 * 1024
ALLOWED = "PDF, JPEG, PNG, Word (.docx), Excel (.xlsx), OpenDocument text (.odt) or plain text (.txt)"
Look = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Taken:
    """A file as it is kept. `sent_sha256` is of the file as it came; a picture is made anew, so its own differs."""

    name: str
    media_type: str
    contents: bytes
    sent_sha256: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.contents).hexdigest()


@dataclass(frozen=True)
class Kind:
    """A type of file that is taken: what it is called, its endings, how it begins, and how it is looked into."""

    title: str
    media_type: str
    endings: tuple[str, ...]
    begins: tuple[bytes, ...]
    look: Look


OFFICE = "application/vnd.openxmlformats-officedocument."
ZIP = (b"PK\x03\x04",)
KINDS = (
    Kind("a PDF", "application/pdf", ("pdf",), (b"%PDF-",), look_into_pdf),
    Kind("a JPEG picture", "image/jpeg", ("jpg", "jpeg"), (b"\xff\xd8\xff",), made_anew("JPEG")),
    Kind("a PNG picture", "image/png", ("png",), (b"\x89PNG\r\n\x1a\n",), made_anew("PNG")),
    Kind("a Word document", f"{OFFICE}wordprocessingml.document", ("docx",), ZIP, look_into_office("docx")),
    Kind("an Excel workbook", f"{OFFICE}spreadsheetml.sheet", ("xlsx",), ZIP, look_into_office("xlsx")),
    Kind("an OpenDocument text", "application/vnd.oasis.opendocument.text", ("odt",), ZIP, look_into_office("odt")),
    Kind("plain text", "text/plain", ("txt",), (), look_into_text),
)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}


def take(name: str, sent: bytes) -> Taken:
    """A file as it may be kept. Raises `NotTaken` where its type, its size or what it holds is not allowed."""
    if not sent:
        raise NotTaken("The file is empty")
    if len(sent) > MOST_BYTES:
        raise NotTaken(too_large())
    kind = _kind_of(name, sent)
    contents = kind.look(sent)
    if len(contents) > MOST_BYTES:
        raise NotTaken(too_large())
    return Taken(safe_name(name, kind.endings[0]), kind.media_type, contents, hashlib.sha256(sent).hexdigest())


def too_large() -> str:
    """What is said of a file over the limit."""
    return f"The file must be smaller than {MOST_BYTES // 1024 // 1024} MB"


def _kind_of(name: str, sent: bytes) -> Kind:
    """The kind that the name says and the content bears out."""
    kind = BY_ENDING.get(ending_of(name))
    if kind is None:
        raise NotTaken(f"The file must be a {ALLOWED}")
    if kind.begins and not sent.startswith(kind.begins):
        raise NotTaken(f"The file is called {kind.title} but is something else. Open it, save it anew and choose that")
    return kind
