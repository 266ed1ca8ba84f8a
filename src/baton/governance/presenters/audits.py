"""Audits and their families in words."""

from collections.abc import Iterable

from django.urls import reverse

from baton.governance.models import Audit, Sample
from baton.governance.presenters.circles import Row, called
from baton.platform.dates_in_words import long_day


def audits_in_words(audits: Iterable[Audit]) -> list[Row]:
    """Audits with who reads, and how many families."""
    return [
        Row(
            name=each.title,
            under=f"{each.auditor.name} reads {_families(each.cases)}",  # type: ignore[attr-defined]
            when=f"Closed on {long_day(each.closed_at)}" if each.closed_at else f"Since {long_day(each.made_at)}",
            is_over=each.closed_at is not None,
            href=reverse("audit", args=[each.pk]),
        )
        for each in audits
    ]


def facts_of(audit: Audit) -> list[tuple[str, str]]:
    """What an audit is, and how its families were drawn."""
    how = f"MD5 of “{audit.seed}:” and the family’s number"
    drawn = f"From {_families(audit.drawn_from)}, by the number {audit.seed}: {how}"
    rows = [
        ("Wants to learn", audit.question),
        ("Who reads", audit.auditor.name),
        ("Made by", f"{audit.made_by.name}, {long_day(audit.made_at)}"),
        ("Drawn", drawn if audit.drawn_from else "Each family was chosen"),
    ]
    if audit.closed_by:
        rows.append(("Closed by", f"{audit.closed_by.name}, {long_day(audit.closed_at)}"))
    return rows


def cases_in_words(samples: Iterable[Sample], names: dict[int, str], *, may_change: bool) -> list[Row]:
    """The families of an audit; a link for whoever may open them."""
    return [
        Row(
            name=called(each.family_id, names),
            under="Drawn" if each.is_drawn else "Chosen",
            when=f"Taken out on {long_day(each.closed_at)}" if each.closed_at else f"Since {long_day(each.opened_at)}",
            is_over=each.closed_at is not None,
            href=reverse("family", args=[each.family_id]) if each.family_id in names else "",
            change=reverse("take-out-sample", args=[each.pk]) if may_change and not each.closed_at else "",
        )
        for each in samples
    ]


def _families(number: int) -> str:
    return f"{number} {'family' if number == 1 else 'families'}"
