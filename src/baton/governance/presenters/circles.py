"""Who sees a family, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from baton.governance.models import AroundMember, NamedPerson, Restriction
from baton.platform.dates_in_words import long_day, moment


@dataclass(frozen=True)
class Row:
    """Somebody, what they are to the family, since when and until when; and what may be done about it."""

    name: str
    under: str
    when: str
    is_over: bool
    href: str = ""
    change: str = ""


def members_in_words(members: Iterable[AroundMember], *, may_change: bool) -> list[Row]:
    """Everybody who is or was in the team around a family."""
    return [
        Row(
            name=each.called,
            under=", ".join(filter(None, (each.part, each.user.organisation.name if each.user else each.agency)))
            + ("" if each.user else " (no account: sees nothing)"),
            when=_span(each.from_at, each.until_at),
            is_over=each.until_at is not None,
            change=reverse("leave-team-around", args=[each.pk]) if may_change and each.until_at is None else "",
        )
        for each in members
    ]


def named_in_words(named: Iterable[NamedPerson], *, may_change: bool) -> list[Row]:
    """Everybody who is or was named for a restricted family, with why and by whom."""
    rows = []
    for each in named:
        ended = f". {each.ended_by.name} ended it" if each.ended_by else ""
        under = f"{each.user.organisation.name}. {each.because}. Named by {each.named_by.name}{ended}"
        change = reverse("unname-person", args=[each.restriction_id, each.pk])
        rows.append(
            Row(
                name=each.user.name,
                under=under.replace("..", "."),
                when=_span(each.named_at, each.until_at),
                is_over=each.until_at is not None,
                change=change if may_change and each.until_at is None else "",
            )
        )
    return rows


def restrictions_in_words(restrictions: Iterable[Restriction], names: dict[int, str], *, on: date) -> list[Row]:
    """Restricted families, by name for those named, by number for the rest; and when each is looked at again."""
    return [
        Row(
            name=called(each.family_id, names),
            under=f"Restricted by {each.set_by.name} on {long_day(each.set_at)}",
            when=_next(each, on),
            is_over=each.lifted_at is not None,
            href=reverse("restriction", args=[each.pk]),
        )
        for each in restrictions
    ]


def called(family_id: int, names: dict[int, str]) -> str:
    """ "Otterdown family", or its number for whoever may not open it."""
    return f"{names[family_id]} family" if family_id in names else f"Family number {family_id}"


def _next(restriction: Restriction, on: date) -> str:
    if restriction.lifted_at:
        return f"Lifted on {long_day(restriction.lifted_at)}"
    due = restriction.review_on <= on
    return f"{'Review was due' if due else 'Review by'} {long_day(restriction.review_on)}"


def _span(begins: datetime, ends: datetime | None) -> str:
    return f"{moment(begins)} to {moment(ends)}" if ends else f"Since {moment(begins)}"
