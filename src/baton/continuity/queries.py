"""Everything that a pack says of one team's families, in nine queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from baton.episodes.models import Allocation, Episode
from baton.governance.models import Restriction
from baton.people.models import ContactPoint, FamilyMember, FamilyWarning, Residence
from baton.platform.models import Team, User
from baton.rights.models import Correction
from baton.rights.queries.corrections import STANDS_BESIDE
from baton.visits.models import Visit

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Known:
    """What is known of the open families of a team; lists by the id of the family, or of the person."""

    episodes: list[Episode]
    leads: dict[int, User]
    members: dict[int, list[FamilyMember]]
    warnings: list[FamilyWarning]
    contacts: dict[int, list[ContactPoint]]
    homes: dict[int, list[Residence]]
    visits: list[Visit]
    said_against: list[Correction]  # what people say is wrong, not decided or not changed


def teams_managed(user: User) -> list[Team]:
    """Those that hold an open family which this person may open, in the order of their names."""
    return list(Team.objects.filter(pk__in=open_episodes().values("team")).order_by("name"))


def open_episodes() -> QuerySet[Episode]:
    """Without the families that are closed to all but named people: a file cannot ask who reads it (decision 15)."""
    found = Episode.objects.filter(state__in=[Episode.State.WAITING, Episode.State.OPEN])
    return found.exclude(family__in=_closed().values("family"))


def known_of(team: Team, *, at: datetime) -> Known:
    """What the person whose context is open may see of the team's families."""
    episodes = list(open_episodes().filter(team=team).select_related("family").order_by("family__name", "id"))
    families = [each.family_id for each in episodes]
    leads = Allocation.objects.filter(episode__in=episodes, until_at__isnull=True).select_related("practitioner")
    members = list(
        FamilyMember.objects.filter(family__in=families, until_on__isnull=True)
        .select_related("person")
        .order_by("part", "person__date_of_birth", "id")
    )
    people = [each.person_id for each in members]
    still = Q(until_on__isnull=True) | Q(until_on__gt=at.date())
    begun = Q(from_on__isnull=True) | Q(from_on__lte=at.date())
    visits = Visit.objects.filter(family__in=families, state=Visit.State.PLANNED)
    return Known(
        episodes=episodes,
        leads={each.family_id: each.practitioner for each in leads},
        members=_by("family_id", members),
        warnings=list(
            FamilyWarning.objects.filter(ended_at__isnull=True)
            .filter(Q(family__in=families) | Q(person__in=people))
            .select_related("person", "made_by")
            .order_by("made_at", "id")
        ),
        contacts=_by(
            "person_id",
            ContactPoint.objects.filter(still, begun, person__in=people).order_by("-is_preferred", "kind", "id"),
        ),
        homes=_by(
            "person_id",
            Residence.objects.filter(still, begun, person__in=people).select_related("address").order_by("kind", "id"),
        ),
        visits=list(
            visits.filter(planned_for__gte=at - timedelta(days=1), planned_for__lt=at + AHEAD)
            .select_related("practitioner")
            .order_by("planned_for", "id")
        ),
        said_against=_said_against(families, people),
    )


def _said_against(families: list[int], people: list[int]) -> list[Correction]:
    """What people say is wrong; not what was said in a family that is closed."""
    found = Correction.objects.filter(STANDS_BESIDE, Q(family__in=families) | Q(person__in=people))
    return list(found.exclude(family__in=_closed().values("family")).order_by("received_on", "id"))


def _closed() -> QuerySet[Restriction]:
    return Restriction.objects.filter(lifted_at__isnull=True)


def _by(name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
