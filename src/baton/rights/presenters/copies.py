"""What was gathered, as the page shows it on which it is decided what is hidden; and the copies that were released."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from markupsafe import Markup, escape

from baton.platform.dates_in_words import moment
from baton.rights.models import CopiedFile, FileDecision, Item, Mark, Release
from baton.rights.policies.redaction import parted
from baton.rights.presenters.files import copied_in_words, file_in_words, parts_of
from baton.rights.queries.files import DOCUMENT, Gathered
from baton.rights.queries.gathered import hidden_by

FORMS = (("pdf", "PDF"), ("html", "Web page"), ("json", "JSON, for machines"))


def items_in_words(
    items: Iterable[Item],
    files: Mapping[int, Gathered] | None = None,
    decided: Mapping[int, FileDecision] | None = None,
) -> list[dict[str, Any]]:
    """Rows with what is marked in them, and what was decided; documents with their files, by document."""
    files, decided = files or {}, decided or {}
    return [
        {
            "item": item,
            "file": file_in_words(files[item.row_id], decided.get(item.row_id))
            if item.table == DOCUMENT and item.row_id in files
            else None,
            "lines": [(label, _marked(text, list(item.marks.all()))) for label, text in item.lines],
            "marks": [_mark(mark) for mark in item.marks.all()],
            "is_hidden": hidden_by(item) is not None,
        }
        for item in items
    ]


def releases_in_words(releases: Iterable[Release], copied: Iterable[CopiedFile] = ()) -> list[dict[str, Any]]:
    """The copies there are, each with its forms and their hashes, and with what became of files of documents."""
    went: dict[int, list[CopiedFile]] = {}
    for file in copied:
        went.setdefault(file.release_id, []).append(file)
    return [
        {
            "archives": _archives(each, went.get(each.pk, [])),
            "documents": copied_in_words(went.get(each.pk, [])),
            "made": f"{each.made_by.name}, {moment(each.made_at)}",
            "rows": each.rows,
            "hidden": each.hidden,
            "files": [
                {"text": text, "href": reverse("download-copy", args=[each.pk, form]), "hash": each.hashes[form]}
                for form, text in FORMS
            ],
        }
        for each in releases
    ]


def _archives(release: Release, files: list[CopiedFile]) -> list[dict[str, str]]:
    parts, href = parts_of(files), reverse("download-copy", args=[release.pk, "zip"])
    if len(parts) == 1:
        return [{"text": "All of it, with the files (ZIP)", "href": href}]
    return [
        {"text": f"All of it, with the files (ZIP), part {number} of {len(parts)}", "href": f"{href}?part={number}"}
        for number in range(1, len(parts) + 1)
    ]


def _marked(text: str, marks: list[Mark]) -> Markup:
    """The text with what is marked in it made visible."""
    passages = [passage for mark in marks for passage in mark.passages]
    pieces = parted(text, passages)
    return Markup("").join(
        Markup('<mark class="baton-marked">{}</mark>').format(piece) if is_marked else escape(piece)
        for piece, is_marked in pieces
    )


def _mark(mark: Mark) -> dict[str, Any]:
    what = "The whole row" if mark.is_whole else f"“{mark.passages[0]}”"
    about = f", about {mark.name}" if mark.name and mark.is_whole else f" ({mark.name})" if mark.name else ""
    why = f"{mark.get_reason_display()}. {mark.note}".strip() if mark.reason else ""
    by = f"{mark.decided_by.name}, {moment(mark.decided_at)}" if mark.decided_by else ""
    return {"mark": mark, "what": f"{what}{about}"[:120], "state": mark.state, "why": why, "by": by}
