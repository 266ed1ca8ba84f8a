"""Who somebody about to be entered may be. The area of matching answers; this one only knows how to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from baton.people.models import FamilyMember
from baton.people.policies import Told


@dataclass(frozen=True)
class LikelyMatch:
    """A known person who may be meant, in a family the asker may open: how surely, and why, in words."""

    member: FamilyMember
    how_sure: str
    why: tuple[str, ...]
    why_not: tuple[str, ...]


Finder = Callable[[Told], tuple[Sequence[LikelyMatch], bool]]
_finders: list[Finder] = []


def matches_are_found_by(finder: Finder) -> None:
    """For the area that stands on this one and compares people: answer with this when somebody is entered."""
    _finders.append(finder)


def likely_matches(told: Told, *, family_id: int) -> tuple[list[LikelyMatch], bool]:
    """People who may be the one about to join a family, surest first; and whether one is known whom one may not open.

    Whoever is in the family now is left out. Three queries.
    """
    here = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True).values_list("person_id", flat=True)
    left_out = set(here)
    found: list[LikelyMatch] = []
    known_elsewhere = False
    for finder in _finders:
        matches, elsewhere = finder(told)
        found += [match for match in matches if match.member.person_id not in left_out]
        known_elsewhere = known_elsewhere or elsewhere
    return found, known_elsewhere
