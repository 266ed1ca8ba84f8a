"""Warnings in words, for the bar above a family's pages and for their own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baton.people.models import FamilyWarning
from baton.platform.dates_in_words import long_day
from baton.practice.codes import code_list


@dataclass(frozen=True)
class WarningInWords:
    """A warning as it is read before a door is opened."""

    id: int
    kind: str
    text: str
    about: str
    reason: str
    given: str
    told: str
    review: str
    is_overdue: bool
    family_id: int  # it goes with a person into each family, and is of one
    ended: str = ""
    reviews: tuple[str, ...] = ()


def warning_in_words(each: FamilyWarning, *, on: date, with_reviews: bool = False) -> WarningInWords:
    """One warning; with its reviews where they were read with it."""
    overdue = each.ended_at is None and each.review_on < on
    told = "They were told" if each.told else "They were not told"
    ended = ""
    if each.ended_at:
        who = f" by {each.ended_by.name}" if each.ended_by else ""
        ended = f"Ended {long_day(each.ended_at)}{who}: {each.ended_because}"
    return WarningInWords(
        id=each.pk,
        kind=code_list("warning").title_of(each.kind),
        text=each.text,
        about=each.person.name if each.person else "The whole family",
        reason=each.reason,
        given=f"{long_day(each.made_at)} by {each.made_by.name}",
        told=f"{told}: {each.told_note}",
        review=f"Review was due {long_day(each.review_on)}" if overdue else f"Review by {long_day(each.review_on)}",
        is_overdue=overdue,
        family_id=each.family_id,
        ended=ended,
        reviews=tuple(_review(review) for review in each.reviews.all()) if with_reviews else (),
    )


def warnings_in_words(found: Iterable[FamilyWarning], *, on: date) -> list[WarningInWords]:
    """Those that stand, for the bar."""
    return [warning_in_words(each, on=on) for each in found]


def _review(review: "object") -> str:
    at, by, found = review.at, review.by.name, review.found  # type: ignore[attr-defined]
    return f"Looked at again {long_day(at)} by {by}: {found}"
