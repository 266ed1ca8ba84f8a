"""Everything that happened to a family, across its episodes."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from baton.episodes.models import Event
from baton.people.models import Family, FamilyMember
from baton.people.queries.members import IS_HELD
from baton.platform.prepared import prepared, the_one
from baton.visits.models import Seen, Visit


@dataclass(frozen=True)
class Chosen:
    """What a reader wants to see of a timeline: one kind of event, one person, or all."""

    kind: str = ""
    person_id: int | None = None


def get_known_family(family_id: int) -> Family:
    """The family with `is_held`, for those who hold it and for the hub; `Http404` for others. One query."""
    return the_one(_known_family(family_id))


@prepared
def _known_family(family_id: int) -> QuerySet[Family]:
    return Family.objects.filter(pk=family_id).select_related("team").annotate(is_held=IS_HELD)


def happenings(family_id: int, chosen: Chosen) -> QuerySet[Event]:
    """What happened, newest first. A person's timeline is what was about them and the visits that saw them."""
    found = Event.objects.filter(family_id=family_id)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.person_id:
        visits = Seen.objects.filter(person_id=chosen.person_id).values("visit_id")
        seen = Q(record=Visit._meta.db_table, record_id__in=visits)
        found = found.filter(Q(person_id=chosen.person_id) | seen)
    return found.select_related("recorded_by", "person").order_by("-at", "-id")


def kinds_of(family_id: int) -> list[str]:
    """The kinds of event this family has. One query."""
    return sorted(Event.objects.filter(family_id=family_id).values_list("kind", flat=True).distinct())


def members_ever(family_id: int) -> QuerySet[FamilyMember]:
    """Everybody who is or was in the family, each person once, in the order they came. One query."""
    found = FamilyMember.objects.filter(family_id=family_id).select_related("person")
    return found.order_by("person_id", "-from_on").distinct("person_id")
