"""Reads of who sees a family: the team around it, restrictions, and who answers for both."""

from datetime import date

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet
from django.shortcuts import get_object_or_404

from baton.episodes.models import Allocation, Episode
from baton.governance.models import AroundMember, NamedPerson, Restriction
from baton.platform.models import User

IS_HELD = Func(F("family_id"), function="guard.holds", output_field=BooleanField())
OPEN = (Episode.State.WAITING, Episode.State.OPEN)


def answers_for(family_id: int) -> bool:
    """Whether the asker leads the family, manages whoever does, or the team that holds it (guard.answers_for)."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.answers_for(%s)", [family_id])
        return bool(cursor.fetchone()[0])


def is_a_family(number: int) -> bool:
    """Whether there is a family of this number, for information governance, which sees none (guard.is_a_family)."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.is_a_family(%s)", [number])
        return bool(cursor.fetchone()[0])


def open_episode_of(family_id: int) -> Episode | None:
    """The family's open episode, for the bar above its pages. One query."""
    return Episode.objects.filter(family_id=family_id, state__in=OPEN).first()


def lead_of(family_id: int) -> User | None:
    """Who leads the family's help now. One query."""
    now = Allocation.objects.filter(family_id=family_id, until_at__isnull=True)
    led = now.select_related("practitioner__organisation").first()
    return led.practitioner if led else None


def members_around(family_id: int) -> QuerySet[AroundMember]:
    """Everybody who is or was in the team around a family, those in it first, then the latest to leave. One query."""
    found = AroundMember.objects.filter(family_id=family_id)
    return found.select_related("user__organisation", "added_by", "ended_by").order_by("-until_at", "from_at", "id")


def get_member_around(around_id: int) -> AroundMember:
    """Somebody in the team around a family that the asker holds, who has not left; `Http404` otherwise."""
    now = AroundMember.objects.filter(IS_HELD, until_at__isnull=True).select_related("user__organisation", "family")
    return get_object_or_404(now, pk=around_id)


def is_around(family_id: int, user: User) -> bool:
    """Whether somebody is in the team around a family now. One query."""
    return AroundMember.objects.filter(family_id=family_id, user=user, until_at__isnull=True).exists()


def restriction_of(family_id: int) -> Restriction | None:
    """The restriction of a family that the asker is named for. One query."""
    return Restriction.objects.filter(family_id=family_id, lifted_at__isnull=True).first()


def restrictions() -> QuerySet[Restriction]:
    """The restrictions that the asker may see, those that stand first, the next review above. Two queries."""
    found = Restriction.objects.select_related("set_by", "lifted_by")
    return found.order_by("-lifted_at", "review_on", "id")


def get_restriction(restriction_id: int) -> Restriction:
    """One restriction that the asker may see; `Http404` otherwise."""
    return get_object_or_404(Restriction.objects.select_related("set_by", "lifted_by"), pk=restriction_id)


def named_for(restriction: Restriction) -> QuerySet[NamedPerson]:
    """Everybody who is or was named for a restricted family, those who are first. One query."""
    found = NamedPerson.objects.filter(restriction=restriction).select_related(
        "user__organisation", "named_by", "ended_by"
    )
    return found.order_by("-until_at", "named_at", "id")


def get_named(restriction: Restriction, named_person_id: int) -> NamedPerson:
    """Somebody who is named for a restricted family now; `Http404` otherwise."""
    now = NamedPerson.objects.filter(restriction=restriction, until_at__isnull=True).select_related("user")
    return get_object_or_404(now, pk=named_person_id)


def count_reviews_due(on: date) -> int:
    """How many restrictions somebody was to look at again by that day. One query."""
    return Restriction.objects.filter(lifted_at__isnull=True, review_on__lte=on).count()
