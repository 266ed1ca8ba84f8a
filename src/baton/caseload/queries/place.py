"""Counts over the whole place: teams for the service manager, the queue for the hub, accounts for the administrator."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baton.caseload.queries.due import is_overdue
from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.allocation import Rows
from baton.platform.models import RoleHeld, Team, User
from baton.requests.models import HelpRequest


@dataclass(frozen=True)
class QueueCounts:
    """How many requests the hub has to answer, how many of them are being screened, and how many are late."""

    waiting: int
    screening: int
    late: int


@dataclass(frozen=True)
class AccountCounts:
    """How many people may sign in, and how many of them hold no role."""

    active: int
    without_role: int
    teams: int


def teams_with_counts(*, at: datetime) -> QuerySet[Team]:
    """Every team that holds families, by name, with `open_families`, `waiting` and `overdue`. One query."""
    episodes = Episode.objects.filter(team=OuterRef("pk"))
    late = Deadline.objects.filter(is_overdue(at), team=OuterRef("pk"))
    return (
        Team.objects.exclude(kind=Team.Kind.HUB)
        .annotate(
            open_families=Rows(episodes.filter(state=Episode.State.OPEN).values("pk")),
            waiting=Rows(episodes.filter(state=Episode.State.WAITING).values("pk")),
            overdue=Rows(late.values("pk")),
        )
        .order_by("name")
    )


def count_queue(*, at: datetime) -> QueueCounts:
    """What the hub has before it. One query."""
    states = HelpRequest.State
    found = HelpRequest.objects.exclude(state=states.ANSWERED).aggregate(
        waiting=Count("id", filter=Q(state=states.WAITING)),
        screening=Count("id", filter=Q(state=states.SCREENING)),
        late=Count("id", filter=Q(screen_due_at__lt=at)),
    )
    return QueueCounts(**found)


def count_accounts(*, on: date) -> AccountCounts:
    """Who has an account. Two queries, neither about any family."""
    held = RoleHeld.objects.filter(user=OuterRef("pk"), from_on__lte=on).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on)
    )
    active = User.objects.filter(is_active=True).annotate(holds_one=Exists(held))
    found = active.aggregate(active=Count("id"), without_role=Count("id", filter=Q(holds_one=False)))
    return AccountCounts(teams=Team.objects.count(), **found)
