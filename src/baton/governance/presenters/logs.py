"""Looks and activity in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from baton.platform.dates_in_words import moment
from baton.platform.jinja import url_if_any
from baton.platform.models import AccessEntry
from baton.platform.roles import Role


@dataclass(frozen=True)
class Line:
    """One line of a list: what, who or how, and when."""

    text: str
    under: str
    when: str
    href: str = ""


def action_in_words(name: str) -> str:
    """ "record_visit" becomes "Record visit"; a change through no action says so."""
    return name.replace("_", " ").capitalize() if name else "In no action: somebody at the database itself"


def looks_in_words(looks: Iterable[AccessEntry]) -> list[Line]:
    """Who opened what, as which role, when, and why if they were asked."""
    return [_look(each) for each in looks]


def people_in_words(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Name, organisation, how often and when last, of each person who looked."""
    return [
        (
            f"{row['by__given_name']} {row['by__family_name']}",
            row["by__organisation__name"],
            str(row["times"]),
            moment(row["last_at"]),
        )
        for row in rows
    ]


def activity_in_words(rows: Iterable[dict[str, Any]], known: dict[int, str]) -> list[Line]:
    """What somebody did. `known` names the families that the reader may open."""
    return [_done(row, known) for row in rows]


def _look(entry: AccessEntry) -> Line:
    held = ", ".join(Role(role).label for role in entry.roles)
    why = f"Reason given: {entry.why}" if entry.why else ""
    under = ". ".join(filter(None, (f"{held}, {entry.by.organisation.name}", why)))
    return Line(f"{entry.by.name} opened the {entry.what}", under, moment(entry.at))


def _done(row: dict[str, Any], known: dict[int, str]) -> Line:
    text = f"Opened the {row['done']}" if row["kind"] == "look" else action_in_words(row["done"])
    family = row["family_id"]
    if family is None:
        return Line(text, "", moment(row["at"]))
    if family in known:
        return Line(text, f"{known[family]} family", moment(row["at"]), url_if_any("family", family))
    return Line(text, f"Family number {family}", moment(row["at"]))
