"""Reads of possible duplicates, and of records that were made one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from baton.matching.models import Merge, Moved, PossibleDuplicate
from baton.people.models import FamilyMember, Person

# What the numbers in addresses name, of which merging makes one of two.
FOLLOWED = {
    "member_id": "people_familymember",
    "relationship_id": "relationships_relationship",
    "responsibility_id": "people_parentalresponsibility",
    "tie_id": "relationships_networktie",
    "person_id": "people_person",
}


def waiting_pairs() -> QuerySet[PossibleDuplicate]:
    """The pairs somebody must look at whom the asker may see both of, surest first; none of a record merged away."""
    either = Q(merged=OuterRef("one")) | Q(merged=OuterRef("other"))
    merged = Merge.objects.filter(either, undone_at__isnull=True)
    waiting = PossibleDuplicate.objects.filter(~Exists(merged), state=PossibleDuplicate.State.WAITING)
    return waiting.select_related("one", "other").order_by("-sure", "pk")


def told_apart() -> QuerySet[PossibleDuplicate]:
    """The pairs of which somebody said that they are two people, the latest first."""
    apart = PossibleDuplicate.objects.filter(state=PossibleDuplicate.State.DIFFERENT)
    return apart.select_related("one", "other", "decided_by").order_by("-decided_at", "-pk")


def get_pair(pair_id: int) -> PossibleDuplicate:
    """A pair with both people, if the asker may see both; `Http404` otherwise."""
    return get_object_or_404(PossibleDuplicate.objects.select_related("one", "other", "decided_by"), pk=pair_id)


def get_person_to_compare(person_id: int) -> Person:
    """Somebody whom the asker may join with another; `Http404` otherwise, and where they are part of another record."""
    merged = Merge.objects.filter(merged=person_id, undone_at__isnull=True)
    if not _may_join(person_id, person_id) or merged.exists():
        raise Http404("There is nobody of this number to compare.")
    return get_object_or_404(Person, pk=person_id)


def pair_of(one_id: int, other_id: int) -> PossibleDuplicate:
    """The pair of two people, not yet kept where nobody asked about them; `Http404` unless the asker may join them."""
    low, high = sorted((one_id, other_id))
    if low == high or not _may_join(low, high):
        raise Http404("There are no such two people to compare.")
    known = PossibleDuplicate.objects.select_related("one", "other", "decided_by").filter(one=low, other=high).first()
    if known:
        return known
    return PossibleDuplicate(one=get_person_to_compare(low), other=get_person_to_compare(high), sure=0)


def _may_join(one_id: int, other_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select guard.may_merge(%s, %s)", [one_id, other_id])
        return bool(cursor.fetchall()[0][0])


def merges_made() -> QuerySet[Merge]:
    """Records that were made one, newest first."""
    return Merge.objects.select_related("survivor", "merged", "made_by", "undone_by").order_by("-made_at", "-pk")


def get_merge(merge_id: int) -> Merge:
    """A merge with both people, if the asker may see both; `Http404` otherwise."""
    return get_object_or_404(merges_made(), pk=merge_id)


def standing_merge_of(pair: PossibleDuplicate) -> Merge | None:
    """The merge that made the two records of a pair one, unless it was undone."""
    both = (pair.one_id, pair.other_id)
    return Merge.objects.filter(survivor__in=both, merged__in=both, undone_at__isnull=True).first()


def rows_moved(merge: Merge) -> QuerySet[Any, dict[str, Any]]:
    """How many rows of each table a merge moved or folded into another: `what`, `table_name` and `rows`."""
    moved = Moved.objects.filter(merge=merge).exclude(what=Moved.What.CHANGED)
    rows: QuerySet[Any, Any] = moved.values("what", "table_name").annotate(rows=Count("row_id", distinct=True))
    return rows.order_by("table_name")


def facts_taken(merge: Merge) -> QuerySet[Moved]:
    """What the record that is kept says of the person since, and said before: a column each."""
    return Moved.objects.filter(merge=merge, what=Moved.What.CHANGED, table_name="people_person").order_by("pk")


def survivor_of(person_id: int) -> int:
    """Who somebody is now: themselves, or the record that theirs was made one with. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.survivor_of(%s)", [person_id])
        return int(cursor.fetchall()[0][0])


def where_it_is_now(asked: Mapping[str, Any]) -> dict[str, int]:
    """Of the numbers in an address those that another stands for since two records were made one. A query for each."""
    found = {}
    followed = FOLLOWED | ({"row_id": "people_residence"} if asked.get("thing") == "home" else {})
    for name, table in followed.items():
        if name in asked and (now := _now_at(table, int(asked[name]))) is not None:
            found[name] = now
    return found


def _now_at(table: str, number: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("select guard.now_at(%s, %s)", [table, number])
        found: int | None = cursor.fetchall()[0][0]
        return found


def memberships_of(people: Sequence[int]) -> Mapping[int, list[FamilyMember]]:
    """The families each person is or was in, the present ones first. One query."""
    members = (
        FamilyMember.objects.filter(person_id__in=people).select_related("family__team").order_by("person_id", "pk")
    )
    found: dict[int, list[FamilyMember]] = {person: [] for person in people}
    for member in sorted(members, key=lambda each: (each.until_on is not None, each.pk)):
        found[member.person_id].append(member)
    return found
