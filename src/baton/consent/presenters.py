"""What a family agreed to, as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from baton.consent.models import Consent, Refusal, Renewal
from baton.consent.policies import DECIDES_FROM
from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember
from baton.platform.dates_in_words import long_day, moment
from baton.practice.calendar import age_on


@dataclass(frozen=True)
class CardInWords:
    """One agreement, what became of it, and what this person may do with it."""

    consent: Consent
    title: str
    status: str
    rows: list[tuple[str, Markup | str]]
    is_due: bool
    may_withdraw: bool
    may_consider: bool
    awaits_consideration: bool


@dataclass(frozen=True)
class RefusalInWords:
    """Somebody's no, and what this person may do with it."""

    refusal: Refusal
    title: str
    status: str
    rows: list[tuple[str, Markup | str]]
    may_consider: bool


def about(family: Family, episode: Episode | None) -> dict[str, Any]:
    """What `people/about_family.html` needs."""
    leads = [allocation.practitioner for allocation in episode.allocations.all()] if episode else []
    return {"family": family, "episode": episode, "lead": leads[0] if leads else None, "part": "consent"}


def cards_by_giver(
    consents: Iterable[Consent], *, due: Iterable[Consent], may_change: bool, may_consider: bool
) -> list[tuple[str, list[CardInWords]]]:
    """Each person who agreed, who spoke last first, with each of their agreements; those that stand come first."""
    waiting = {each.pk for each in due}
    givers: dict[object, list[CardInWords]] = {}
    names: dict[object, str] = {}
    for consent in consents:
        giver = consent.person_id or consent.given_by
        names.setdefault(giver, consent.given_by)
        unconsidered = not consent.stands and consent.considered_at is None
        card = CardInWords(
            consent=consent,
            title=consent.to_what,
            status=consent.method if consent.stands else "withdrawn",
            rows=_rows(consent),
            is_due=consent.pk in waiting,
            may_withdraw=may_change and consent.stands,
            may_consider=may_consider and unconsidered,
            awaits_consideration=unconsidered,
        )
        givers.setdefault(giver, []).append(card)
    return [(names[giver], sorted(cards, key=_standing_help_first)) for giver, cards in givers.items()]


def refusals_in_words(refusals: Iterable[Refusal], *, may_consider: bool) -> list[RefusalInWords]:
    """Who was asked and does not agree, as given; a manager may consider any that stands, asked to or not."""
    return [
        RefusalInWords(
            refusal=each,
            title=f"{each.said_by}: {each.to_what[:1].lower()}{each.to_what[1:]}",
            status="declined" if each.stands else "agreed_later",
            rows=_rows_of_refusal(each),
            may_consider=may_consider and each.stands and each.considered_at is None,
        )
        for each in refusals
    ]


def who_is_left(members: Iterable[FamilyMember], *, on: date) -> tuple[list[str], list[str]]:
    """Who has not agreed to the help: those presumed able to, and children who do for themselves if they understand."""
    able: list[str] = []
    young: list[str] = []
    for member in members:
        born, is_child = member.person.date_of_birth, member.part == FamilyMember.Part.CHILD
        is_young = age_on(on, born=born) < DECIDES_FROM if born else is_child
        if member.part == FamilyMember.Part.WIDER or member.person.is_unborn:
            continue
        (young if is_young else able).append(member.person.name)
    return able, young


def asked_again(consent: Consent, *, is_due: bool) -> str:
    """When they last said so, of `standing_consents`; and that a review came after it."""
    said = f"Last said so on {long_day(consent.said_at)}"  # type: ignore[attr-defined]
    return f"{said}, before the last review" if is_due else said


def _standing_help_first(card: CardInWords) -> tuple[bool, bool, str]:
    return (not card.consent.stands, card.consent.purpose != Consent.Purpose.HELP, card.title)


def _rows(consent: Consent) -> list[tuple[str, Markup | str]]:
    rows = [
        ("Given", f"{_how(consent)}, {moment(consent.given_at)}"),
        ("To what", _lines(consent.scope)),
        ("Limits", _lines(consent.limits)),
        ("How we know they understand", _lines(consent.understanding)),
        ("Witnessed by", consent.witnessed_by),
        ("They were given", _handed(consent)),
        ("Asked again", Markup("<br>").join(_renewed(each) for each in consent.renewals.all())),
        ("Recorded", _by(consent.recorded_by, moment(consent.recorded_at))),
        ("Withdrawn", moment(consent.withdrawn_at)),
        ("Why", _lines(consent.withdrawal_reason)),
        ("What the manager decided", consent.get_considered_outcome_display()),
        ("What the manager considered", _lines(consent.consideration)),
        ("Considered by", _by(consent.considered_by, moment(consent.considered_at))),
    ]
    return [(key, value) for key, value in rows if value]


def _rows_of_refusal(refusal: Refusal) -> list[tuple[str, Markup | str]]:
    where = refusal.get_where_display().lower()
    later = refusal.superseded_by
    rows = [
        ("Asked", ", ".join(filter(None, (f"By {refusal.asked_by}", where, moment(refusal.asked_at))))),
        ("What they said", _lines(refusal.reason)),
        (
            "What follows",
            Markup("<br>").join(filter(None, (refusal.get_follows_display(), _lines(refusal.follows_note)))),
        ),
        ("Recorded", _by(refusal.recorded_by, moment(refusal.recorded_at))),
        ("What the manager decided", refusal.get_considered_outcome_display()),
        ("What the manager considered", _lines(refusal.consideration)),
        ("Considered by", _by(refusal.considered_by, moment(refusal.considered_at))),
        ("Agreed later", moment(later.given_at) if later else ""),
    ]
    return [(key, value) for key, value in rows if value]


def _how(consent: Consent) -> str:
    where = consent.get_where_display().lower()
    return f"{consent.get_method_display()}, {where}" if where else str(consent.get_method_display())


def _handed(consent: Consent) -> str:
    handed = [("a copy", consent.has_copy), ("a leaflet", consent.has_leaflet)]
    return " and ".join(name for name, was_given in handed if was_given).capitalize()


def _renewed(renewal: Renewal) -> str:
    said = f"{long_day(renewal.asked_at)}: still agrees"
    return f"{said}. {renewal.note}" if renewal.note else said


def _by(person: Any, when: str) -> str:
    return f"{person.name}, {when}" if person else when


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))
