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
from baton.rights.models import AccessRequest, Item, Release
from baton.rights.permissions import may_answer
from baton.rights.policies.clock import waits_for
from baton.rights.policies.redaction import TO_RELEASE, ReleaseFacts
from baton.rights.queries.gathered import hidden_by, items_of, lines_left, marks_by_state
from baton.rights.queries.requests import asked_of

UNDECIDED = "undecided"


@action(allowed=may_answer)
def release_copy(*, request: AccessRequest, by: User, at: datetime) -> Release:
    """Freeze what is left after hiding as HTML, PDF and JSON of one content. Raises `Refused` by `TO_RELEASE`."""
    now = AccessRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    items = list(items_of(now.pk))
    facts = ReleaseFacts(
        is_answered=now.is_answered,
        identity_is_checked=now.identity_on is not None,
        clock_stands=waits_for(asked_of(now)) is not None,
        items=len(items),
        undecided=marks_by_state(now.pk).get(UNDECIDED, 0),
    )
    require(TO_RELEASE, facts)
    content = _content(now, items, at)
    files = {
        "html": render_to_string("rights/copy.html", content).encode(),
        "pdf": pdf_of("copy", content),
        "json": json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode(),
    }
    return Release.objects.create(
        request=now,
        families=sorted({item.family_id for item in items if item.family_id}),
        made_at=at,
        made_by=by,
        rows=len(items),
        hidden=content["hidden"],
        hashes={name: hashlib.sha256(each).hexdigest() for name, each in files.items()},
        **files,
    )


def _content(request: AccessRequest, items: list[Item], at: datetime) -> dict[str, Any]:
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(_row(item))
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
    }


def _row(item: Item) -> dict[str, Any]:
    whole = hidden_by(item)
    if whole:
        return {"heading": item.heading, "lines": [], "withheld": whole.get_reason_display(), "passages": 0}
    hidden = sum(mark.state == "hidden" for mark in item.marks.all())
    return {"heading": item.heading, "lines": lines_left(item), "withheld": "", "passages": hidden}
