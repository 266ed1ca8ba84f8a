"""Reads of how a family's people are related, and of its network."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.people.models import FamilyMember, ParentalResponsibility, Person
from baton.relationships.models import NetworkTie, Relationship
from baton.relationships.states import PARENTS


@dataclass(frozen=True)
class FamilyTies:
    """A family's people, each with their latest membership, and what is recorded between any two of them."""

    members: tuple[FamilyMember, ...]
    relationships: tuple[Relationship, ...]
    responsibilities: tuple[ParentalResponsibility, ...] = ()

    @property
    def people(self) -> dict[int, Person]:
        return {member.person_id: member.person for member in self.members}


def members_ever(family_id: int) -> list[FamilyMember]:
    """Everybody who is or was in the family, once, by their latest membership; children first. One query."""
    rows = FamilyMember.objects.filter(family_id=family_id).select_related("person").order_by("from_on", "pk")
    latest = {member.person_id: member for member in rows}
    return sorted(latest.values(), key=lambda m: (m.part, m.person.date_of_birth or date.max, m.person_id))


def family_ties(family_id: int) -> FamilyTies:
    """Who is in the family and how they are related, whichever family it was written down for. Three queries."""
    members = tuple(members_ever(family_id))
    ids = [member.person_id for member in members]
    between = Relationship.objects.filter(struck_at__isnull=True, person__in=ids, relative__in=ids)
    responsible = ParentalResponsibility.objects.filter(child__in=ids, holder__in=ids)
    return FamilyTies(members, tuple(between.order_by("from_on", "pk")), tuple(responsible.order_by("pk")))


def standing_between(people: Iterable[int]) -> QuerySet[Relationship]:
    """What stands of any of these people."""
    ids = list(people)
    return Relationship.objects.filter(Q(person__in=ids) | Q(relative__in=ids), struck_at__isnull=True)


def parents_by_child(relationships: Iterable[Relationship]) -> dict[int, frozenset[int]]:
    """The parents of each child, of any kind."""
    found: dict[int, set[int]] = defaultdict(set)
    for each in relationships:
        if each.kind in PARENTS:
            found[each.relative_id].add(each.person_id)
    return {child: frozenset(parents) for child, parents in found.items()}


def get_relationship(relationship_id: int) -> Relationship:
    """A relationship that stands, with its two people, if the asker holds its family; `Http404` otherwise."""
    rows = Relationship.objects.filter(struck_at__isnull=True).select_related("family__team", "person", "relative")
    return get_object_or_404(rows, pk=relationship_id)


def ties_of(family_id: int) -> QuerySet[NetworkTie]:
    """The ties of a family's network that stand, those of the present first."""
    rows = NetworkTie.objects.filter(family_id=family_id, struck_at__isnull=True).select_related("member")
    return rows.order_by("kind", "name", "pk")


def get_tie(tie_id: int) -> NetworkTie:
    """A tie that stands, if the asker holds its family; `Http404` otherwise."""
    rows = NetworkTie.objects.filter(struck_at__isnull=True).select_related("family__team", "member")
    return get_object_or_404(rows, pk=tie_id)
