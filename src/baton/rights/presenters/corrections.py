"""What people said is wrong in their record, as pages show it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from baton.platform.dates_in_words import day, long_day
from baton.rights.models import Correction
from baton.rights.policies import clock


def corrections_in_words(corrections: Iterable[Correction], *, on: date, may_decide: bool) -> list[dict[str, Any]]:
    """Each with what was decided, or by when it must be."""
    return [
        {
            "who": each.asked_by,
            "asked": long_day(each.received_on),
            "state": _state(each, on),
            "rows": [(key, value) for key, value in _rows(each) if value],
            "statement": each.statement,
            "href": reverse("decide-correction", args=[each.pk]) if may_decide and not each.decision else "",
        }
        for each in corrections
    ]


def _rows(each: Correction) -> list[tuple[str, str]]:
    due = clock.due_on(clock.Asked(each.received_on))
    return [
        ("They say", each.said_wrong),
        ("To be answered by", "" if each.decision else f"{day(due)} (one month, UK GDPR Article 12(3))"),
        ("Decided", each.get_decision_display() if each.decision else ""),
        ("Because", each.because),
        ("Told", f"{long_day(each.told_on)}, by {each.decided_by.name}" if each.decided_by else ""),
    ]


def _state(each: Correction, on: date) -> str:
    if each.decision:
        return "answered"
    due = clock.due_on(clock.Asked(each.received_on))
    return "overdue" if due and due < on else "running"
