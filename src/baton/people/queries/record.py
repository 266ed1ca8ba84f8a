"""Reads of what is known of one person over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.people.models import (
    Address,
    ContactPoint,
    FamilyMember,
    Involvement,
    OverTime,
    ParentalResponsibility,
    Person,
    PersonChange,
    PersonName,
    Residence,
    Setting,
)

# What a person's record holds over time, by the word in its addresses.
THINGS: dict[str, type[OverTime]] = {
    "name": PersonName,
    "home": Residence,
    "contact": ContactPoint,
    "setting": Setting,
    "agency": Involvement,
}


def involved_on(members: Sequence[FamilyMember], *, on: date) -> QuerySet[Involvement]:
    """The agencies that worked with these members on a day, by whom they work with. One query."""
    began, lasts = Q(from_on__isnull=True) | Q(from_on__lte=on), Q(until_on__isnull=True) | Q(until_on__gt=on)
    found = Involvement.objects.filter(began, lasts, person__in=[member.person_id for member in members])
    return found.select_related("person").order_by("person__given_name", "organisation", "pk")


def rows_of(thing: str, person: Person) -> Sequence[OverTime]:
    """Everything of one kind about a person, what holds now first, then the latest ended. One query."""
    rows = THINGS[thing]._default_manager.filter(person=person)
    also = ("address", "recorded_by") if thing == "home" else ("recorded_by",)
    found: list[OverTime] = list(rows.select_related(*also))
    return sorted(found, key=_newest_first)


def get_row(thing: str, row_id: int, person: Person) -> OverTime:
    """One thing of a person's record; `Http404` when it is somebody else's."""
    row: OverTime = get_object_or_404(THINGS[thing]._default_manager.filter(person=person), pk=row_id)
    return row


def changes_of(person: Person, subjects: Sequence[str]) -> QuerySet[PersonChange]:
    """What stood before under these subjects, the latest first. One query."""
    found = PersonChange.objects.filter(person=person, subject__in=subjects)
    return found.select_related("by").order_by("-at", "-id")


def responsible_for(person: Person) -> QuerySet[ParentalResponsibility]:
    """Who has or had parental responsibility for a child, the present first. One query."""
    held = ParentalResponsibility.objects.filter(child=person).select_related("holder", "recorded_by")
    return held.order_by("until_on", "from_on", "id")


def get_responsibility(responsibility_id: int, child: Person) -> ParentalResponsibility:
    """Somebody's responsibility for a child; `Http404` when it is about another child."""
    held = ParentalResponsibility.objects.select_related("holder")
    return get_object_or_404(held, pk=responsibility_id, child=child)


def memberships_of(person: Person) -> QuerySet[FamilyMember]:
    """The families a person is or was in, of those the asker may see. One query."""
    return FamilyMember.objects.filter(person=person).select_related("family").order_by("-from_on", "-id")


def others_in(member: FamilyMember) -> QuerySet[FamilyMember]:
    """Who else is in the family now. One query."""
    members = FamilyMember.objects.filter(family_id=member.family_id, until_on__isnull=True)
    return members.exclude(person_id=member.person_id).select_related("person").order_by("part", "id")


def addresses_known_in(family_id: int) -> list[Address]:
    """The addresses where somebody of the family lives or lived, each once. One query."""
    people = FamilyMember.objects.filter(family_id=family_id).values("person_id")
    return list(Address.objects.filter(residences__person__in=people).distinct().order_by("id"))


@dataclass(frozen=True)
class Picture:
    """Who was in a family on a day, and where each of them lived."""

    members: Sequence[FamilyMember]
    homes: Sequence[Residence]
    responsibilities: Sequence[ParentalResponsibility]


def picture_of(family_id: int, *, on: date, members: Sequence[FamilyMember]) -> Picture:
    """The family on a day: `members` are those of that day. Two queries."""
    people = [member.person_id for member in members]
    homes = Residence.objects.filter(person__in=people).exclude(from_on__gt=on).exclude(until_on__lte=on)
    held = ParentalResponsibility.objects.filter(child__in=people).exclude(from_on__gt=on).exclude(until_on__lte=on)
    held = held.exclude(holder__died_on__lte=on)
    return Picture(
        members,
        list(homes.select_related("address").order_by("address_id", "id")),
        list(held.select_related("holder").order_by("child_id", "id")),
    )


def days_of_change(family_id: int) -> list[date]:
    """The days on which somebody came to the family, left it or moved, newest first. Two queries."""
    members = FamilyMember.objects.filter(family_id=family_id)
    homes = Residence.objects.filter(person__in=members.values("person_id"))
    dates = [*members.values_list("from_on", "until_on"), *homes.values_list("from_on", "until_on")]
    return sorted({day for pair in dates for day in pair if day}, reverse=True)


def _newest_first(row: OverTime) -> tuple[bool, int, int]:
    ended = row.until_on is not None
    when = row.until_on or row.from_on or date.min
    return ended, -when.toordinal(), -row.pk
