"""Where a rule comes from: the council documents, their paragraphs, and a citation of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading of a document. `called` is how a sentence names it: "the performance framework"."""

    id: str
    title: str
    called: str


@dataclass(frozen=True)
class Document:
    """A council document by its short code, with the paragraphs that exist in it."""

    id: str
    title: str
    publisher: str
    called: str
    paragraphs: Mapping[str, Paragraph]


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: the document's short code, the paragraph, and both in words ("Dorset framework 15.1")."""

    document: str
    paragraph: str
    label: str
    called: str

    def __str__(self) -> str:
        return self.label


def cite(written: str, documents: Mapping[str, Document]) -> Source:
    """Turn "DOR 15.1" into a source. Raises ValueError when no such document or paragraph is listed."""
    code, _, name = written.partition(" ")
    document = documents.get(code)
    if document is None:
        raise ValueError(f'"{written}" cites an unknown document; begin with one of {", ".join(sorted(documents))}')
    paragraph = document.paragraphs.get(name)
    if paragraph is None:
        raise ValueError(f'"{written}" points nowhere; {code} has no "{name}", see frameworks/sources/{code}.yaml')
    return Source(code, paragraph.id, f"{document.called}{_named(paragraph)}", paragraph.called)


def _named(paragraph: Paragraph) -> str:
    if paragraph.called == paragraph.id:
        return f" {paragraph.id}"
    return f", {paragraph.called if paragraph.called.startswith('“') else paragraph.title}"
