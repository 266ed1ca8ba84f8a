"""Phrases about passkeys, apps and recovery codes."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import reverse

from baton.accounts.queries import SECOND_STEPS, recovery_codes_left
from baton.platform.dates_in_words import long_day


def step_rows(authenticators: Iterable[Authenticator]) -> list[dict[str, Any]]:
    """Everything somebody takes the second step with, when it was set up and last used, and what can be done."""
    return [
        {
            "title": SECOND_STEPS[each.type],
            "since": f"Set up on {long_day(each.created_at)}",
            "used": _left(each) + _used(each),
            **_way(each),
        }
        for each in authenticators
    ]


def _left(each: Authenticator) -> str:
    return f"{recovery_codes_left([each])} left, " if each.type == Authenticator.Type.RECOVERY_CODES else ""


def _used(each: Authenticator) -> str:
    return f"last used on {long_day(each.last_used_at)}" if each.last_used_at else "not used yet"


def _way(each: Authenticator) -> dict[str, str]:
    if each.type == Authenticator.Type.RECOVERY_CODES:
        return {"href": reverse("mfa_generate_recovery_codes"), "link": "Make new ones"}
    if each.type == Authenticator.Type.TOTP:
        return {"href": reverse("mfa_deactivate_totp"), "link": "Remove"}
    return {"href": reverse("remove-passkey", args=[each.pk]), "link": "Remove"}
