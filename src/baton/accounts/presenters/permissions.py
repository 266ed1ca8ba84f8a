"""The table of permissions: every page, and which role may open it. Made from the routes themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from baton.platform.roles import ROLE_SHEETS, Role

YES, THEIRS, NO = "yes", "theirs", "no"
IN_WORDS = {YES: "Yes", THEIRS: "Theirs", NO: "–"}
# Numbers in addresses that name a record which is not a family's.
NOT_OF_A_FAMILY = frozenset(
    {"user_id", "role_held_id", "audit_id", "alert_id", "run_id"}
    | {"access_id", "stop_id", "subject_id", "mark_id", "item_id", "release_id", "copied_file_id"}
    | {"hold_id", "review_id", "disposal_id"}  # of information rights
)
AREAS = {
    "platform": "The floor all stand on",
    "accounts": "Accounts and signing in",
    "people": "Families and the people in them",
    "requests": "Asking for help, and the hub",
    "episodes": "Allocation, dates, stepping up",
    "consent": "Agreement",
    "assessments": "Assessments",
    "plans": "Plans, meetings, closure",
    "visits": "Visits",
    "oversight": "Oversight",
    "rights": "Information rights",
    "governance": "Who sees a family, who looked, and what became of a record",
    "register": "The rules",
    "caseload": "Home, search, the family's page",
    "measures": "Figures without names",
    "chronology": "The chronology",
    "importing": "Coming from elsewhere",
    "sharing": "Sharing with agencies",
}


@dataclass(frozen=True)
class Permission:
    """One page: its address, what it is for, whether anybody may open it, and what each role may."""

    area: str
    name: str
    address: str
    about: str
    public: bool
    roles: dict[Role, str]


def routes(patterns: list[Any] | None = None) -> Iterator[URLPattern]:
    """Every route of Baton."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns)
        else:
            yield each


def permissions() -> list[Permission]:
    """Every page in the order of the areas."""
    return [_permission(route) for route in routes()]


def permissions_by_area() -> list[tuple[str, list[Permission]]]:
    """Every page, under the name of its area."""
    areas: dict[str, list[Permission]] = {}
    for page in permissions():
        areas.setdefault(AREAS.get(page.area, page.area.capitalize()), []).append(page)
    return list(areas.items())


def _permission(route: URLPattern) -> Permission:
    view: Any = route.callback
    audience = view.audience
    inside = THEIRS if _is_about_a_family(route) else YES
    admitted = {role: audience.public or role in audience.roles for role in Role}
    return Permission(
        area=_area_of(view),
        name=str(route.name),
        address=re.sub(r"<[^>]+>", "…", str(route.pattern)) or "/",
        about=re.split(r"(?<=\.)\s", " ".join((view.__doc__ or "").split()), maxsplit=1)[0],
        public=audience.public,
        roles={role: inside if admitted[role] else NO for role in Role},
    )


def _area_of(view: Any) -> str:
    """The area that wrote a view; the platform's where a library did."""
    module = getattr(view, "page", view).__module__
    return str(module.split(".")[1]) if module.startswith("baton.") else "platform"


def _is_about_a_family(route: URLPattern) -> bool:
    """Whether the address names a family, or a record kept of one: then PostgreSQL says whose it is."""
    return any(name.endswith("_id") and name not in NOT_OF_A_FAMILY for name in route.pattern.converters)


def permissions_as_markdown() -> str:
    """The page docs/permissions.md."""
    lines = [
        "# Who may open which page",
        "Made from the routes by `./baton manage permissions`. A test compares it with them, and asks each page as",
        "each role.",
        "",
        "**Yes**: the page opens. **Theirs**: it opens for the families the role sees, and does not exist for others; "
        "PostgreSQL decides which. **–**: refused. **Everybody** needs no account.",
        "",
        "| role | does | sees | given for |",
        "|---|---|---|---|",
    ]
    for role, sheet in ROLE_SHEETS.items():
        parts = ", ".join(str(part.label).lower() for part in sheet.held_for)
        lines.append(f"| {role.label} | {sheet.does} | {sheet.sees} | {parts} |")
    for area, pages in permissions_by_area():
        lines += ["", f"## {area}", "| page | what for | " + " | ".join(role.label for role in Role) + " |"]
        lines.append("|---|---|" + "---|" * len(Role))
        lines += [_row(page) for page in pages]
    return "\n".join(lines) + "\n"


def _row(page: Permission) -> str:
    cells = ["Everybody" if page.public else IN_WORDS[page.roles[role]] for role in Role]
    return f"| `{page.address}` | {page.about} | " + " | ".join(cells) + " |"
