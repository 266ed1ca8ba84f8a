"""What the home page tells at once: emergencies, restrictions to look at again, misuse, viruses, audits to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from baton.documents.queries import viruses_told_to
from baton.episodes.models import Episode
from baton.governance.queries.alerts import count_open_alerts
from baton.governance.queries.audits import count_open_audits
from baton.governance.queries.circles import OPEN, count_reviews_due
from baton.governance.queries.emergencies import MOST_AT_ONCE, emergencies_now
from baton.governance.queries.panels import count_before_panels
from baton.platform.models import User
from baton.platform.prepared import prepared
from baton.platform.roles import CASEWORKERS, MANAGERS, Role


@dataclass(frozen=True)
class Notice:
    """One card: what it counts and the route it leads to. `tone` as the card's."""

    title: str
    text: str
    route: str
    count: int | None
    tone: str


class Urgent(NamedTuple):
    """An emergency open or not reviewed, or a virus nobody dealt with; `called` is the family of an emergency."""

    kind: str
    by_id: int
    family_id: int
    until_at: datetime
    called: str


@dataclass(frozen=True)
class Notices:
    """What somebody has open in an emergency, and what waits for them to look at."""

    mine: Sequence[Urgent] = ()
    cards: list[Notice] = field(default_factory=list)


def notices_for(user: User, *, at: datetime, on: date) -> Notices:
    """What this person must be told first. One query for a practitioner, one or two more for each other role."""
    governs = user.has_role(Role.GOVERNANCE)
    urgent = [Urgent(*row) for row in _urgent(user.pk, at=at)] if governs or user.has_role(*CASEWORKERS) else []
    viruses = sum(each.kind == "virus" for each in urgent)
    found = Notices([each for each in urgent if each.kind == "emergency" and each.by_id == user.pk])
    waiting = len(urgent) - viruses - len(found.mine)
    if governs or (waiting and user.has_role(*MANAGERS)):
        found.cards.append(_card("Emergencies", "opened and not reviewed yet", "emergencies", waiting))
    if governs:
        due = count_reviews_due(on)
        found.cards.append(_card("Misuse watch", "alerts to look into", "misuse-watch", count_open_alerts()))
        found.cards.append(_card("Restrictions to review", "their day has come", "restricted-families", due))
    if viruses:
        found.cards.append(_card("Viruses found", "in files that were added", "viruses", viruses))
    if user.has_role(Role.AUDITOR):
        audits = count_open_audits(user)
        found.cards.append(Notice("Audits", "open, for you to read", "audits", audits, "calm"))
    if user.has_role(Role.PANEL_CHAIR):
        found.cards.append(Notice("Panel", "families to decide on", "panel", count_before_panels(), "calm"))
    if user.has_role(Role.ANALYST):
        found.cards.append(Notice("Figures", "of each quarter, without names", "figures", None, "calm"))
    if user.has_role(Role.COORDINATOR):
        helped = families_helped_now().count()
        found.cards.append(Notice("Families", "of your locality, helped now", "locality", helped, "calm"))
    return found


@prepared
def _urgent(asker_id: int, *, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of `Urgent`, in one query, since everybody's home page asks."""
    emergencies = emergencies_now(asker_id, at=at).annotate(kind=Value("emergency", CharField()))
    viruses = viruses_told_to(asker_id).filter(closed_at__isnull=True).order_by()
    viruses = viruses.annotate(kind=Value("virus", CharField()), called=Cast(Value(""), CharField()))
    return emergencies.values_list("kind", "user_id", "family_id", "until_at", "called").union(
        viruses.values_list("kind", "uploader_id", "family_id", "found_at", "called")[:MOST_AT_ONCE], all=True
    )


def families_helped_now() -> QuerySet[Episode]:
    """The open episodes the asker may see, by the family's name, with its team. One query a page."""
    found = Episode.objects.filter(state__in=OPEN).select_related("family", "team")
    return found.order_by("family__name", "id")


def _card(title: str, text: str, route: str, count: int) -> Notice:
    return Notice(title, text, route, count, "late" if count else "done")
