"""The copy somebody gets: made once, frozen, with its hash."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from baton.platform.actions import action
from baton.platform.dates_in_words import long_day, moment
from baton.platform.models import User
from baton.platform.pdf import pdf_of
from baton.platform.refusals import require
from baton.practice.loading import load_framework
from baton.rights.actions.files import as_copied, files_to_copy, undecided_files, wrongly_given
from baton.rights.models import AccessRequest, CopiedFile, Item, Release
from baton.rights.models.files import FOLDER
from baton.rights.permissions import may_answer
from baton.rights.policies.clock import waits_for
from baton.rights.policies.redaction import TO_RELEASE, ReleaseFacts
from baton.rights.queries.gathered import hidden_by, items_of, lines_left, marks_by_state
from baton.rights.queries.requests import asked_of

UNDECIDED = "undecided"


@action(allowed=may_answer)
def release_copy(*, request: AccessRequest, by: User, at: datetime) -> Release:
    """Freeze what is left after hiding as HTML, PDF and JSON of one content, with the files that are given.

    Raises `Refused` by `TO_RELEASE`.
    """
    now = AccessRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    items = list(items_of(now.pk))
    files = files_to_copy(now.pk, items)
    facts = ReleaseFacts(
        is_answered=now.is_answered,
        identity_is_checked=now.identity_on is not None,
        clock_stands=waits_for(asked_of(now)) is not None,
        items=len(items),
        undecided=marks_by_state(now.pk).get(UNDECIDED, 0),
        files_undecided=undecided_files(files),
        files_wrongly_given=wrongly_given(files),
    )
    require(TO_RELEASE, facts)
    copied = as_copied(files)
    content = _content(now, items, copied, at)
    forms = {
        "html": render_to_string("rights/copy.html", content).encode(),
        "pdf": pdf_of("copy", content),
        "json": json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode(),
    }
    release = Release.objects.create(
        request=now,
        families=sorted({item.family_id for item in items if item.family_id}),
        made_at=at,
        made_by=by,
        rows=len(items),
        hidden=content["hidden"],
        hashes={name: hashlib.sha256(each).hexdigest() for name, each in forms.items()},
        **forms,
    )
    for each in copied.values():
        each.release = release
    CopiedFile.objects.bulk_create(copied.values())
    return release


def _content(request: AccessRequest, items: list[Item], copied: dict[int, CopiedFile], at: datetime) -> dict[str, Any]:
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(_row(item, copied.get(item.pk)))
    rows = [row for each in sections.values() for row in each]
    return {
        "title": "What we hold",
        "reference": request.reference,
        "about": ", ".join(subject.name for subject in request.subjects.all()),
        "asked_on": long_day(request.received_on),
        "made": moment(at),
        "place": load_framework(settings.BATON_PLACE).name,
        "sections": [{"title": title, "rows": each} for title, each in sections.items()],
        "hidden": sum(bool(row["withheld"]) + row["passages"] for row in rows),
        "files": [
            {"name": each.name, "size": each.size, "sha256": each.sha256} for each in copied.values() if each.is_given
        ],
        "files_withheld": sum(not each.is_given for each in copied.values()),
    }


def _row(item: Item, file: CopiedFile | None) -> dict[str, Any]:
    whole = hidden_by(item)
    if whole:
        return {"heading": item.heading, "lines": [], "withheld": whole.get_reason_display(), "passages": 0}
    hidden = sum(mark.state == "hidden" for mark in item.marks.all())
    lines = lines_left(item) + ([["The file", _said_of(file)]] if file else [])
    return {"heading": item.heading, "lines": lines, "withheld": "", "passages": hidden}


def _said_of(file: CopiedFile) -> str:
    if file.is_given:
        return f"Comes with this copy: {FOLDER}/{file.name}"
    return f"Withheld: {file.get_reason_display().lower()}"
