"""What a search finds, with what is needed to tell one family from another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baton.episodes.models import Allocation, Episode
from baton.matching.queries.finding import Findings, Found, find
from baton.platform.prepared import is_one_of, prepared

MOST_FOUND = 25


@dataclass(frozen=True)
class FoundPerson:
    """Somebody a search found in a family one may open; `episode` is the family's newest, `lead` leads it now."""

    found: Found
    episode: Episode | None
    lead: str


@dataclass(frozen=True)
class FoundFamilies:
    """All that a search found, with the help each family gets."""

    people: Sequence[FoundPerson]
    findings: Findings


def find_people(words: str, *, on: date, wide: bool = False) -> FoundFamilies:
    """People whom the words may mean, best first. Five queries at most, whatever the number found."""
    findings = find(words, on=on, wide=wide, most=MOST_FOUND)
    families = sorted({each.family.pk for each in findings.people})
    episodes = {each.family_id: each for each in _newest_episodes(families)} if families else {}
    leads = {each.family_id: each.practitioner.name for each in _leads(families)} if families else {}
    people = [
        FoundPerson(each, episodes.get(each.family.pk), leads.get(each.family.pk, "")) for each in findings.people
    ]
    return FoundFamilies(people, findings)


@prepared
def _newest_episodes(families: list[int]) -> QuerySet[Episode]:
    found = Episode.objects.filter(is_one_of("family_id", families))
    return found.order_by("family_id", "-opened_at", "-id").distinct("family_id")


@prepared
def _leads(families: list[int]) -> QuerySet[Allocation]:
    now = Allocation.objects.filter(is_one_of("family_id", families), until_at__isnull=True)
    return now.select_related("practitioner")
