"""Reads of audits: which families may be drawn, which were, and who reads them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.shortcuts import get_object_or_404

from baton.episodes.models import Episode
from baton.governance.models import Audit, Restriction, Sample
from baton.people.models import Family
from baton.platform.models import RoleHeld, Team, User
from baton.platform.roles import Role

LATELY = timedelta(days=183)
OPEN = (Episode.State.WAITING, Episode.State.OPEN)


@dataclass(frozen=True)
class Pool:
    """Families to draw from: of one team or all, whose help is open or ended within the last half year."""

    team_id: int | None
    is_open: bool


@dataclass(frozen=True)
class Drawn:
    """The families drawn, and how many there were to draw from."""

    family_ids: list[int]
    pool_size: int


def families_in(pool: Pool, *, auditor: User, at: datetime) -> QuerySet[Family]:
    """The families of a pool that the asker sees, without restricted ones and what the auditor reads already."""
    helped = Episode.objects.filter(family=OuterRef("pk"))
    helped = helped.filter(state__in=OPEN) if pool.is_open else helped.filter(ended_at__gt=at - LATELY)
    closed = Restriction.objects.filter(family=OuterRef("pk"), lifted_at__isnull=True)
    mine = Sample.objects.filter(family=OuterRef("pk"), auditor=auditor, closed_at__isnull=True)
    found = Family.objects.filter(Exists(helped), ~Exists(closed), ~Exists(mine))
    return found.filter(team_id=pool.team_id) if pool.team_id else found


def draw(pool: Pool, *, number: int, seed: int, auditor: User, at: datetime) -> Drawn:
    """So many families of the pool, in an order that the seed alone decides: the same seed draws the same. Two queries.

    Families are ordered by MD5 of "seed:id", which anybody can work out again.
    """
    if not number:
        return Drawn([], 0)
    found = families_in(pool, auditor=auditor, at=at)
    lot = MD5(Concat(Value(f"{seed}:"), Cast(F("pk"), CharField())))
    return Drawn(list(found.order_by(lot, "pk").values_list("pk", flat=True)[:number]), found.count())


def audits_seen() -> QuerySet[Audit]:
    """The audits the asker may see, open ones first, the newest above, with `cases`. One query."""
    counted = Audit.objects.annotate(cases=Count("samples"), is_over=Q(closed_at__isnull=False))
    return counted.select_related("auditor", "made_by").order_by("is_over", "-made_at", "-id")


def get_audit(audit_id: int) -> Audit:
    """One audit that the asker may see; `Http404` otherwise."""
    return get_object_or_404(Audit.objects.select_related("auditor", "made_by", "closed_by"), pk=audit_id)


def samples_of(audit: Audit) -> QuerySet[Sample]:
    """The families of an audit, in the order in which they came into it. One query."""
    return Sample.objects.filter(audit=audit).select_related("closed_by").order_by("id")


def get_sample(sample_id: int) -> Sample:
    """One family in an audit, still read; `Http404` otherwise."""
    return get_object_or_404(Sample.objects.filter(closed_at__isnull=True).select_related("audit"), pk=sample_id)


def names_of(family_ids: list[int]) -> dict[int, str]:
    """The names of those families that the asker may see. One query."""
    return dict(Family.objects.filter(pk__in=family_ids).values_list("pk", "name"))


def auditors(on: datetime) -> list[tuple[str, str]]:
    """Everybody who is an auditor now, for a list to choose from. One query."""
    day = on.date()
    held = RoleHeld.objects.filter(role=Role.AUDITOR, from_on__lte=day, user__is_active=True)
    held = held.exclude(until_on__lt=day).select_related("user").order_by("user__family_name", "user__given_name")
    return list({str(each.user_id): (str(each.user_id), each.user.name) for each in held}.values())


def teams_with_families() -> list[tuple[str, str]]:
    """Every team that holds families, for a list to choose from. One query."""
    found = Team.objects.exclude(kind=Team.Kind.HUB).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def get_user(user_id: int) -> User:
    """An account by its number; `Http404` otherwise."""
    return get_object_or_404(User, pk=user_id)


def count_open_audits(auditor: User) -> int:
    """How many audits somebody reads now. One query."""
    return Audit.objects.filter(auditor=auditor, closed_at__isnull=True).count()
