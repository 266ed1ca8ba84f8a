"""Kept deadlines by what the clock makes of them: overdue and due soon are worked out when read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Window

from baton.episodes.models import Deadline
from baton.episodes.queries.allocation import ALLOCATE
from baton.platform.models import User
from baton.platform.prepared import is_one_of
from baton.platform.roles import Role


@dataclass(frozen=True)
class DueCounts:
    """How many deadlines are late, and how many fall due soon."""

    overdue: int
    due_soon: int


def teams_managed_by(user: User) -> list[int]:
    """The teams whose manager the person is. No query."""
    return sorted({team for role, team in user.held if role == Role.TEAM_MANAGER and team is not None})


def is_overdue(at: datetime) -> Q:
    """A condition on deadlines: open, and their last instant has passed."""
    return Q(state=Deadline.State.OPEN, lasts_until__lt=at)


def my_due(user: int, teams: list[int], at: datetime) -> QuerySet[Deadline]:
    """What the person owes that is late or due soon, longest overdue first; each row says how many there are."""
    mine = Deadline.objects.filter(owner=user, state=Deadline.State.OPEN, warn_from__lte=at)
    counted = mine.annotate(
        overdue=Window(Count("id", filter=Q(lasts_until__lt=at))),
        due_soon=Window(Count("id", filter=Q(lasts_until__gte=at))),
    )
    return counted.select_related("family", "person").order_by("lasts_until", "id")


def counts_in(found: Sequence[Any]) -> DueCounts:
    """How much there is in all, from the first rows of `my_due`. No query."""
    return DueCounts(found[0].overdue, found[0].due_soon) if found else DueCounts(0, 0)


def due_from_manager(user: int, teams: list[int], at: datetime) -> QuerySet[Deadline]:
    """What the person owes as a manager now: each point of oversight that has come, and what else is late or due soon.

    Allocation is left out: the waiting list shows it.
    """
    owed = Deadline.objects.filter(is_one_of("team_id", teams), owed_by="team_manager", state=Deadline.State.OPEN)
    now = Q(timescale__startswith="oversight_") | Q(warn_from__lte=at)
    return owed.filter(now).exclude(timescale=ALLOCATE).select_related("family", "person").order_by("lasts_until", "id")


def late_in_teams(user: int, teams: list[int], at: datetime) -> QuerySet[Deadline]:
    """Everything that is late in the manager's teams, longest overdue first."""
    late = Deadline.objects.filter(is_overdue(at), is_one_of("team_id", teams))
    return late.select_related("family", "person", "owner").order_by("lasts_until", "id")
