"""Agreement to help, as pages show it."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from baton.consent.models import Consent
from baton.episodes.models import Episode
from baton.people.models import Family
from baton.platform.dates_in_words import moment


def about(family: Family, episode: Episode | None) -> dict[str, Any]:
    """What `people/about_family.html` needs."""
    leads = [allocation.practitioner for allocation in episode.allocations.all()] if episode else []
    return {"family": family, "episode": episode, "lead": leads[0] if leads else None, "part": "consent"}


def consent_cards(consents: Iterable[Consent], *, may_change: bool, may_consider: bool) -> list[dict[str, Any]]:
    """Each agreement, what became of it, and what this person may do with it."""
    return [
        {
            "consent": consent,
            "who": consent.given_by,
            "status": consent.method if consent.stands else "withdrawn",
            "rows": _rows(consent),
            "may_withdraw": may_change and consent.stands,
            "may_consider": may_consider and not consent.stands and consent.considered_at is None,
            "awaits_consideration": not consent.stands and consent.considered_at is None,
        }
        for consent in consents
    ]


def _rows(consent: Consent) -> list[tuple[str, Markup | str]]:
    rows = [
        ("How", consent.get_method_display()),
        ("Given", moment(consent.given_at)),
        ("To what", _lines(consent.scope)),
        ("Limits", _lines(consent.limits)),
        ("Witnessed by", consent.witnessed_by),
        ("Recorded", _by(consent.recorded_by, moment(consent.recorded_at))),
        ("Withdrawn", moment(consent.withdrawn_at)),
        ("Why", _lines(consent.withdrawal_reason)),
        ("What the manager considered", _lines(consent.consideration)),
        ("Considered by", _by(consent.considered_by, moment(consent.considered_at))),
    ]
    return [(key, value) for key, value in rows if value]


def _by(person: Any, when: str) -> str:
    return f"{person.name}, {when}" if person else when


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))
