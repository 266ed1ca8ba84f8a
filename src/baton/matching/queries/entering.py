"""Who somebody may be whom a member of staff enters in a family."""

from baton.matching.likeness.facts import Facts, compact, plain
from baton.matching.queries.finding import matches_for
from baton.people.policies import Told
from baton.people.queries import LikelyMatch

MOST_OFFERED = 6


def matches_for_told(told: Told) -> tuple[list[LikelyMatch], bool]:
    """The likely matches for what was typed, surest first; and whether somebody is known whom one may not open."""
    (matches,), (elsewhere,) = matches_for([facts_told(told)])
    offered = [
        LikelyMatch(match.member, match.likeness.how_sure, match.likeness.why, match.likeness.why_not)
        for match in matches[:MOST_OFFERED]
    ]
    return offered, elsewhere


def facts_told(told: Told) -> Facts:
    """What was typed, in the shape in which people are compared."""
    return Facts(
        given=_named(told.given_name, told.known_as),
        family=_named(told.family_name),
        born=told.date_of_birth,
        sex="" if told.sex == "U" else told.sex,
        schools=_named(told.school),
        phones=tuple(filter(None, [compact(told.phone)])),
        identifiers=(("nhs", told.nhs_number),) if told.nhs_number else (),
    )


def _named(*words: str) -> tuple[str, ...]:
    return tuple(filter(None, (plain(each) for each in words)))
