"""Emergencies in words."""

from collections.abc import Iterable

from django.urls import reverse

from baton.governance.models import Emergency
from baton.governance.presenters.circles import Row, called
from baton.platform.dates_in_words import clock_time, moment


def emergencies_in_words(emergencies: Iterable[Emergency], names: dict[int, str]) -> list[Row]:
    """Who opened which family, when and why; `names` are those of families the reader may open."""
    return [
        Row(
            name=f"{each.user.name} opened {_the(each, names)}",
            under=f"{each.user.organisation.name}. {each.reason}",
            when=moment(each.from_at),
            is_over=each.reviewed_at is not None,
            href=reverse("emergency-opened", args=[each.pk]),
        )
        for each in emergencies
    ]


def facts_of(emergency: Emergency, names: dict[int, str]) -> list[tuple[str, str]]:
    """What is known of one emergency, and what came of looking at it."""
    user = emergency.user
    facts = [
        ("Who", ", ".join(filter(None, (user.name, user.job_title, user.organisation.name, user.phone)))),
        ("Family", called(emergency.family_id, names)),
        ("Why", emergency.reason),
        ("When", f"{moment(emergency.from_at)}, open until {clock_time(emergency.until_at)}"),
    ]
    if emergency.reviewed_by:
        reviewed = f"{emergency.reviewed_by.name}, {moment(emergency.reviewed_at)}"
        facts += [
            ("Reviewed by", reviewed),
            ("Judged", emergency.get_judgement_display()),
            ("What was found", emergency.review),
        ]
    return facts


def _the(emergency: Emergency, names: dict[int, str]) -> str:
    words = called(emergency.family_id, names)
    return f"the {words}" if emergency.family_id in names else words.lower()
