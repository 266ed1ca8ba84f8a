"""Phrases about people who use Baton, their roles and their sessions."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from baton.accounts.models import Invitation
from baton.accounts.queries import UNUSED_AFTER, mark_of
from baton.platform.dates_in_words import long_day, moment
from baton.platform.models import RoleHeld, Session, User
from baton.platform.roles import Role
from baton.platform.signed_in import browser_of_session, signed_in_at

SHOWN = {
    "open": "Open",
    "unused": "Not used for 90 days",
    "without-role": "Without a role",
    "invited": "Invited",
    "closed": "Closed",
}


def account_rows(users: Iterable[User], at: datetime) -> list[dict[str, Any]]:
    """Rows of the list of accounts."""
    return [
        {
            "name": user.name,
            "href": reverse("account", args=[user.pk]),
            "email": user.email,
            "organisation": user.organisation.name,
            "roles": [role_and_part(held) for held in user.roles_now],  # type: ignore[attr-defined]
            "last_login": long_day(user.last_login),
            "tags": tags_of(user, at),
        }
        for user in users
    ]


def tags_of(user: User, at: datetime) -> list[tuple[str, str]]:
    """What stands out about an account, with a colour. Takes an account as the list finds it."""
    if not user.is_active:
        return [("Closed", "grey")]
    tags = []
    if user.waits_for_them:  # type: ignore[attr-defined]
        tags.append(("Invited", "blue"))
    if not user.holds_a_role:  # type: ignore[attr-defined]
        tags.append(("No role", "yellow"))
    if _is_unused(user, at):
        tags.append(("Not used for 90 days", "orange"))
    return tags


def _is_unused(user: User, at: datetime) -> bool:
    long_ago = at - UNUSED_AFTER
    if user.last_used:  # type: ignore[attr-defined]
        return bool(user.last_used < long_ago)  # type: ignore[attr-defined]
    first = user.first_role_on  # type: ignore[attr-defined]
    return bool(first and first < long_ago.date())


def role_and_part(held: RoleHeld) -> str:
    """A role with what it is held for: "Team manager, North team"."""
    part = held.team or held.locality or held.organisation
    return f"{Role(held.role).label}, {part}" if part else str(Role(held.role).label)


def role_rows(roles: Iterable[RoleHeld], on: date) -> list[dict[str, Any]]:
    """Every role of somebody, with its dates, who gave it, and the way to end it."""
    return [
        {
            "title": role_and_part(held),
            "dates": _dates_of(held),
            "by": _who_gave(held),
            "to_oneself": held.given_by_id == held.user_id,
            "state": _state_of(held, on),
            "end": "" if _has_ended(held, on) else reverse("end-role", args=[held.pk]),
        }
        for held in roles
    ]


def _has_ended(held: RoleHeld, on: date) -> bool:
    return held.until_on is not None and held.until_on < on


def _state_of(held: RoleHeld, on: date) -> tuple[str, str]:
    if _has_ended(held, on):
        return ("Ended", "grey")
    return ("From a later day", "blue") if held.from_on > on else ("Held now", "green")


def _dates_of(held: RoleHeld) -> str:
    if held.until_on is not None and held.until_on < held.from_on:
        return f"Given and ended on {long_day(held.from_on)}"
    until = f" until {long_day(held.until_on)}" if held.until_on else ""
    return f"From {long_day(held.from_on)}{until}"


def _who_gave(held: RoleHeld) -> str:
    given = f"Given by {held.given_by.name} on {moment(held.given_at)}." if held.given_by else ""
    ended = f" Ended by {held.ended_by.name} on {moment(held.ended_at)}." if held.ended_by else ""
    return f"{given}{ended}".strip()


def account_facts(user: User, invitation: Invitation | None, second_factors: list[str], sessions: int) -> list[Any]:
    """What an administrator sees of an account."""
    return [
        ("E-mail address", user.email),
        ("Organisation", user.organisation.name),
        ("Job title", user.job_title or "Not given"),
        ("Telephone", user.phone or "Not given"),
        ("Last sign-in", moment(user.last_login) or "Never"),
        ("Invitation", f"Open until {moment(invitation.ends_at)}" if invitation else "None open"),
        ("Second step", ", ".join(second_factors) or "Not set up"),
        ("Signed in now", f"In {sessions} browser{'' if sessions == 1 else 's'}" if sessions else "Nowhere"),
    ]


def session_rows(sessions: Iterable[Session], this_one: str | None) -> list[dict[str, Any]]:
    """A person's own sessions: which browser, since when, and the way to end each but this."""
    rows = []
    for each in sessions:
        held = each.get_decoded()
        rows.append(
            {
                "browser": browser_of_session(held) or "A browser",
                "since": moment(signed_in_at(held)),
                "is_this": each.session_key == this_one,
                "mark": mark_of(each),
            }
        )
    return sorted(rows, key=lambda row: not row["is_this"])
