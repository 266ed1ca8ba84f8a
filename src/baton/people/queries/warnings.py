"""Reads of warnings."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.people.models import FamilyMember, FamilyWarning
from baton.platform.prepared import is_one_of, prepared


@prepared
def warnings_now(family_id: int) -> QuerySet[FamilyWarning]:
    """The warnings about a family and about the people now in it, whichever family they were given in. One query."""
    now = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True)
    return (
        _about(family_id, now)
        .filter(ended_at__isnull=True)
        .select_related("person", "made_by")
        .order_by("made_at", "id")
    )


def warnings_ever(family_id: int) -> QuerySet[FamilyWarning]:
    """The same, with those that ended, the latest first. Two queries with their reviews."""
    found = _about(family_id, FamilyMember.objects.filter(family_id=family_id))
    found = found.select_related("person", "made_by", "ended_by").prefetch_related("reviews__by")
    return found.order_by("ended_at", "-made_at", "-id")


def get_warning(warning_id: int, *, family_id: int) -> FamilyWarning:
    """A warning that concerns a family and has not ended; `Http404` otherwise."""
    return get_object_or_404(warnings_ever(family_id).filter(ended_at__isnull=True), pk=warning_id)


def _about(family_id: int, members: QuerySet[FamilyMember]) -> QuerySet[FamilyWarning]:
    """As an array, so that PostgreSQL finds both kinds by an index; by a subquery it asks of each who may see it."""
    people = ArraySubquery(members.values("person_id"))
    return FamilyWarning.objects.filter(Q(family_id=family_id) | Q(is_one_of("person_id", people)))
