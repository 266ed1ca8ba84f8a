"""Files of documents in what somebody gets, in words; and the archive they go in."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from baton.documents.models import Document
from baton.documents.presenters import SCANS, size_in_words
from baton.platform.dates_in_words import moment
from baton.rights.models import CopiedFile, FileDecision
from baton.rights.models.files import FOLDER
from baton.rights.queries.files import Gathered

MOST_OF_A_PART = 40 * 1024 * 1024  # of files in one archive: what one web thread holds in memory and more would not
WITHDRAWN = "It was withdrawn from the record, and is held all the same."


@dataclass(frozen=True)
class FileInWords:
    """The file of a document that was gathered, and what was decided on it."""

    name: str
    size: str
    warnings: list[str]
    state: str  # of a mark: to decide, left in, hidden
    said: str
    by: str
    may_open: bool


def file_in_words(file: Gathered, decision: FileDecision | None) -> FileInWords:
    """One of them."""
    found = SCANS[Document.Scan(file.scan)] if file.scan in set(Document.Scan) else ""
    state = "undecided" if decision is None else "given" if decision.is_given else "withheld"
    why = f"{decision.get_reason_display()}. {decision.note}".strip(". ") if decision else ""
    return FileInWords(
        name=file.name,
        size=size_in_words(file.size),
        warnings=[each for each in (WITHDRAWN if file.is_withdrawn else "", found) if each],
        state=state,
        said=why,
        by=f"{decision.decided_by.name}, {moment(decision.decided_at)}" if decision else "",
        may_open=file.may_be_opened,
    )


def copied_in_words(files: Iterable[CopiedFile]) -> list[dict[str, str]]:
    """What went with a copy, and what was withheld and why."""
    return [
        {
            "name": each.name or f"Document {each.document_id}",
            "said": f"{size_in_words(each.size)}"
            if each.is_given
            else f"Withheld: {each.get_reason_display().lower()}",
            "by": f"{each.decided_by.name}, {moment(each.decided_at)}",
            "hash": each.sha256,
            "href": reverse("download-copied-file", args=[each.pk]) if each.is_given else "",
        }
        for each in files
    ]


def parts_of(files: Iterable[CopiedFile]) -> list[list[CopiedFile]]:
    """The files that were given, parted so that none of the archives is too large; at least one part, maybe empty."""
    parts: list[list[CopiedFile]] = [[]]
    for each in files:
        if not each.is_given:
            continue
        if parts[-1] and sum(file.size for file in parts[-1]) + each.size > MOST_OF_A_PART:
            parts.append([])
        parts[-1].append(each)
    return parts


def archive(
    forms: Sequence[tuple[str, bytes]], files: Sequence[CopiedFile], *, made_at: datetime, read: Callable[[int], bytes]
) -> bytes:
    """A ZIP of the copy and its files. Made again of the same, it is the same byte for byte: it is not compressed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as into:
        for name, content in forms:
            into.writestr(_entry(name, made_at), content)
        for file in files:
            into.writestr(_entry(f"{FOLDER}/{file.name}", made_at), read(file.document_id))
    return held.getvalue()


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=made_at.timetuple()[:6])
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    return entry
