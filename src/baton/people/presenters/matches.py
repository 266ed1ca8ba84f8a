"""Phrases about people."""

from collections.abc import Sequence

from baton.people.queries.matches import LikelyMatch
from baton.platform.dates_in_words import long_day


def matches_offered(found: Sequence[LikelyMatch]) -> list[tuple[str, str, str]]:
    """Ids, descriptions and reasons: "Ashby Quillfeather, born 1 May 2013, in the Quillfeather family"."""
    return [(str(each.member.person_id), _described(each), _reasons(each)) for each in found]


def _described(found: LikelyMatch) -> str:
    person, family = found.member.person, found.member.family
    born = f", born {long_day(person.date_of_birth)}" if person.date_of_birth else ""
    was = "was " if found.member.until_on else ""
    return f"{person}{born}, {was}in the {family} family"


def _reasons(found: LikelyMatch) -> str:
    against = f"; but {', '.join(found.why_not)}" if found.why_not else ""
    return f"{found.how_sure}: {', '.join(found.why)}{against}"
