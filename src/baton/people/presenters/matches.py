"""Phrases about people."""

from collections.abc import Sequence

from baton.people.queries import Found
from baton.platform.dates_in_words import long_day


def matches_offered(found: Sequence[Found]) -> list[tuple[str, str]]:
    """Ids and descriptions: "Ashby Quillfeather, born 1 May 2013, in the Quillfeather family"."""
    return [(str(each.person.pk), _described(each)) for each in found if each.person]


def _described(found: Found) -> str:
    person, family = found.person, found.family
    born = f", born {long_day(person.date_of_birth)}" if person and person.date_of_birth else ""
    return f"{person}{born}, in the {family} family"
