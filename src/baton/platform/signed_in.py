"""What a session holds about how somebody signed in, and how long it lasts."""

import re
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any

SINCE, SECOND_STEP, BROWSER = "signed_in_at", "second_step", "browser_in_words"
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def note_sign_in(session: MutableMapping[str, Any], *, at: datetime, user_agent: str) -> None:
    """Note when somebody signed in, and with which browser."""
    session[SINCE] = at.timestamp()
    session[BROWSER] = browser_in_words(user_agent)


def note_second_step(session: MutableMapping[str, Any], kind: str) -> None:
    """Note that the second step was taken: by an app's code, a passkey, a recovery code or the council's directory."""
    session[SECOND_STEP] = kind


def took_second_step(session: Mapping[str, Any]) -> bool:
    return bool(session.get(SECOND_STEP))


def signed_in_at(session: Mapping[str, Any]) -> datetime | None:
    since = session.get(SINCE)
    return datetime.fromtimestamp(since, tz=UTC) if since is not None else None


def browser_of_session(session: Mapping[str, Any]) -> str:
    return str(session.get(BROWSER, ""))


def browser_in_words(user_agent: str) -> str:
    """ "Firefox on Windows", so that somebody knows their own browsers again."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    machine = next((name for mark, name in MACHINES if re.search(mark, user_agent)), "")
    return f"{browser} on {machine}" if machine else browser
