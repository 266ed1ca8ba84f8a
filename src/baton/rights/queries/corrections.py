"""Reads of what people said is wrong in their record, and of what it may be about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.episodes.models import Event
from baton.people.models import FamilyMember, FamilyWarning
from baton.relationships.models import NetworkTie, Relationship
from baton.rights.models import Correction

# Records somebody may say are wrong, by the table they are kept in; what each is called stands in the presenters.
RECORDS = (
    "visits_visit",
    "plans_meeting",
    "assessments_assessment",
    "plans_plan",
    "plans_closure",
    "consent_consent",
    "consent_refusal",
    "chronology_entry",
    "people_familywarning",
    "relationships_relationship",
    "relationships_networktie",
)
AT_MOST = 150
STANDS_BESIDE = Q(decision="") | (Q(decision=Correction.Decision.NOT_CORRECTED) & ~Q(statement=""))


@dataclass(frozen=True)
class About:
    """What somebody says is wrong: a subject of a person's record, or one record; nothing set is the whole."""

    title: str = ""
    person_id: int | None = None
    subject: str = ""
    record: str = ""
    record_id: int | None = None

    @property
    def key(self) -> str:
        """How a form and an address name it: "person-12-names", "visits_visit-7"."""
        return f"person-{self.person_id}-{self.subject}" if self.person_id else f"{self.record}-{self.record_id}"


THE_WHOLE = About()


def is_of_family(about: About, family_id: int) -> bool:
    """Whether what it is about belongs to this family, as far as the asker may see. At most one query."""
    if about.person_id:
        return FamilyMember.objects.filter(family_id=family_id, person=about.person_id).exists()
    if not about.record:
        return True
    if about.record not in RECORDS:
        return False
    area, model = about.record.split("_", 1)
    found = apps.get_model(area, model)._base_manager.filter(pk=about.record_id, family_id=family_id)
    return bool(found.exists())


def members_ever(family_id: int) -> QuerySet[FamilyMember]:
    """Everybody who is or was in the family, each once. One query."""
    found = FamilyMember.objects.filter(family_id=family_id).select_related("person")
    return found.order_by("person_id", "-from_on").distinct("person_id")


def recorded(family_id: int) -> list[Event]:
    """What the work recorded that somebody may say is wrong, each record once by its first event, the newest first."""
    events = Event.objects.filter(family_id=family_id, record__in=RECORDS).order_by("-at", "-pk")
    found: dict[tuple[str, int], Event] = {}
    for event in events[: 2 * AT_MOST]:
        found[event.record, event.record_id] = event  # where the record came first, with what was told of it first
    return list(found.values())[:AT_MOST]


def standing(family_id: int) -> list[About]:
    """Warnings about a family, how its people are related and its network, that nobody struck out. Three queries."""
    warnings = FamilyWarning.objects.filter(family_id=family_id).order_by("-made_at", "-pk")
    related = Relationship.objects.filter(family_id=family_id, struck_at__isnull=True)
    ties = NetworkTie.objects.filter(family_id=family_id, struck_at__isnull=True).order_by("name", "pk")
    said: list[tuple[FamilyWarning | Relationship | NetworkTie, str]] = []
    said += [(each, f"A warning: {each.text}") for each in warnings[:AT_MOST]]
    said += [
        (each, f"How {each.person.name} and {each.relative.name} are related")
        for each in related.select_related("person", "relative").order_by("pk")[:AT_MOST]
    ]
    said += [(each, f"The network: {each.name}") for each in ties[:AT_MOST]]
    return [About(title[:200], record=each._meta.db_table, record_id=each.pk) for each, title in said]


def beside_records(family_id: int) -> QuerySet[Correction]:
    """What stands beside records of a family: said and not decided, or not changed and disagreed with. One query."""
    return Correction.objects.filter(STANDS_BESIDE, family_id=family_id).order_by("received_on", "pk")


def beside_person(person_ids: Iterable[int]) -> QuerySet[Correction]:
    """What stands beside the records of these people, from whichever family it was said. One query."""
    return Correction.objects.filter(STANDS_BESIDE, person__in=list(person_ids)).order_by("received_on", "pk")


def corrections_of(family_id: int) -> QuerySet[Correction]:
    """What was asked to be put right in a family's record, the newest first, at most a hundred. One query."""
    found = Correction.objects.filter(family_id=family_id).select_related("registered_by", "decided_by")
    return found.order_by("-received_on", "-pk")[:100]


def open_corrections() -> QuerySet[Correction]:
    """What waits for a decision, the first to come first. One query a page."""
    return Correction.objects.filter(decision="").select_related("registered_by").order_by("received_on", "pk")


def get_correction(correction_id: int) -> Correction:
    """One request to put something right, if the asker may see it; `Http404` otherwise. One query."""
    return get_object_or_404(Correction, pk=correction_id)
