"""What a search finds, with what is needed to tell one family from another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baton.episodes.models import Allocation, Episode
from baton.people.models import Family, Person
from baton.people.queries import search_people
from baton.platform.prepared import is_one_of, prepared

MOST_FOUND = 25


@dataclass(frozen=True)
class FoundPerson:
    """Somebody a search found in a family one may open; `episode` is the family's newest, `lead` leads it now."""

    person: Person
    family: Family
    sure: float
    episode: Episode | None
    lead: str


@dataclass(frozen=True)
class Findings:
    """All that a search found. `known_elsewhere` says that others are known whom the asker may not open."""

    people: Sequence[FoundPerson]
    known_elsewhere: bool


def find_people(words: str, *, born: date | None) -> Findings:
    """People whose name and date of birth fit, surest first. Four queries, whatever the number found."""
    found = search_people(words, born=born, most=MOST_FOUND)
    families = {each.family.pk for each in found if each.family}
    episodes = {each.family_id: each for each in _newest_episodes(sorted(families))}
    leads = {each.family_id: each.practitioner.name for each in _leads(sorted(families))}
    people = [
        FoundPerson(each.person, each.family, each.sure, episodes.get(each.family.pk), leads.get(each.family.pk, ""))
        for each in found
        if each.person and each.family
    ]
    return Findings(people, any(each.person is None for each in found))


@prepared
def _newest_episodes(families: list[int]) -> QuerySet[Episode]:
    found = Episode.objects.filter(is_one_of("family_id", families))
    return found.order_by("family_id", "-opened_at", "-id").distinct("family_id")


@prepared
def _leads(families: list[int]) -> QuerySet[Allocation]:
    now = Allocation.objects.filter(is_one_of("family_id", families), until_at__isnull=True)
    return now.select_related("practitioner")
