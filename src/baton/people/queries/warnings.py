"""Reads of warnings."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.people.models import FamilyMember, FamilyWarning
from baton.platform.prepared import prepared


@prepared
def warnings_now(family_id: int) -> QuerySet[FamilyWarning]:
    """The warnings about a family and about the people now in it, whichever family they were given in. One query."""
    people = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True).values("person_id")
    now = FamilyWarning.objects.filter(ended_at__isnull=True).filter(Q(family_id=family_id) | Q(person__in=people))
    return now.select_related("person", "made_by").order_by("made_at", "id")


def warnings_ever(family_id: int) -> QuerySet[FamilyWarning]:
    """The same, with those that ended, the latest first. Two queries with their reviews."""
    people = FamilyMember.objects.filter(family_id=family_id).values("person_id")
    found = FamilyWarning.objects.filter(Q(family_id=family_id) | Q(person__in=people))
    found = found.select_related("person", "made_by", "ended_by").prefetch_related("reviews__by")
    return found.order_by("ended_at", "-made_at", "-id")


def get_warning(warning_id: int, *, family_id: int) -> FamilyWarning:
    """A warning that concerns a family and has not ended; `Http404` otherwise."""
    return get_object_or_404(warnings_ever(family_id).filter(ended_at__isnull=True), pk=warning_id)
