"""Reads of families and their members, and search."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.people.models import Family, FamilyMember, Person
from baton.platform.prepared import is_one_of, prepared, the_one

# The hub sees who is known; who changes a family must hold it.
IS_HELD = Func(F("pk"), function="guard.holds", output_field=BooleanField())
HELD = Func(F("family_id"), function="guard.holds", output_field=BooleanField())
SURE_ENOUGH = 0.55  # half of the name, and the date of birth


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
    """The children who are in the family now."""
    return FamilyMember.objects.filter(
        family_id=family_id, part=FamilyMember.Part.CHILD, until_on__isnull=True
    ).select_related("person")


@dataclass(frozen=True)
class Found:
    """Somebody a search found. Without `person` it is only known that there is such a person, held elsewhere."""

    person: Person | None
    family: Family | None
    sure: float


def search_people(words: str, *, born: date | None, most: int = 25) -> list[Found]:
    """People whose name, as somebody heard it, and date of birth fit, surest first. Two queries, however many."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, family_id, sure from guard.search_people(%s, %s, %s)", [words, born, most])
        rows = cursor.fetchall()
    members = _with_their_families([row[0] for row in rows if row[0]])
    known = {(member.person_id, member.family_id): member for member in members}
    return [_found(known.get((person_id, family_id)), sure) for person_id, family_id, sure in rows]


@prepared
def _with_their_families(person_ids: list[int]) -> QuerySet[FamilyMember]:
    now = FamilyMember.objects.filter(is_one_of("person_id", person_ids), until_on__isnull=True)
    return now.select_related("person", "family__team")


def _found(member: FamilyMember | None, sure: float) -> Found:
    return Found(member.person if member else None, member.family if member else None, sure)


def likely_matches(words: str, *, born: date | None, family_id: int) -> tuple[list[Found], bool]:
    """People who may be the one about to join a family: those the asker may open; and whether one is known elsewhere.

    Whoever is in the family now is left out. Three queries.
    """
    members = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True)
    here = set(members.values_list("person_id", flat=True))
    found = [each for each in search_people(words, born=born, most=8) if each.sure >= SURE_ENOUGH]
    known = {each.person.pk: each for each in found if each.person and each.person.pk not in here}
    return list(known.values()), any(each.person is None for each in found)
