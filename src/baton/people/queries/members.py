"""Reads of families and their members."""

from datetime import date

from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.people.models import Family, FamilyMember
from baton.platform.prepared import prepared, the_one

# The hub sees who is known; who changes a family must hold it.
IS_HELD = Func(F("pk"), function="guard.holds", output_field=BooleanField())
HELD = Func(F("family_id"), function="guard.holds", output_field=BooleanField())


def get_family(family_id: int) -> Family:
    """The family, if the asker may see it; `Http404` otherwise."""
    return get_object_or_404(Family.objects.select_related("team"), pk=family_id)


@prepared
def members_on(family_id: int, *, on: date) -> QuerySet[FamilyMember]:
    """Who was in the family on a date, children first, then by age. One query."""
    return (
        FamilyMember.objects.filter(family_id=family_id, from_on__lte=on)
        .filter(Q(until_on__isnull=True) | Q(until_on__gt=on))
        .select_related("person")
        .order_by("part", "person__date_of_birth", "person_id")
    )


def get_member(member_id: int) -> FamilyMember:
    """Somebody's place in a family, with person and family, if the asker holds the family; `Http404` otherwise."""
    members = FamilyMember.objects.filter(HELD).select_related("person", "family__team")
    return get_object_or_404(members, pk=member_id)


def get_held_family(family_id: int) -> Family:
    """The family, if the asker works with it; `Http404` otherwise, also for the hub, which only knows of it."""
    return the_one(_held_family(family_id))


@prepared
def _held_family(family_id: int) -> QuerySet[Family]:
    return Family.objects.filter(IS_HELD, pk=family_id).select_related("team")


def children_of(family_id: int) -> QuerySet[FamilyMember]:
    """The children who are in the family now, and alive."""
    return FamilyMember.objects.filter(
        family_id=family_id, part=FamilyMember.Part.CHILD, until_on__isnull=True, person__died_on__isnull=True
    ).select_related("person")
