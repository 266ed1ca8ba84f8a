"""A family's network: the facts that an ecomap is drawn from, and the same in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baton.people.models import Family, FamilyMember
from baton.platform.dates_in_words import long_day
from baton.relationships.models import NetworkTie
from baton.relationships.presenters.ecomap import NetworkFacts, Support, Tie
from baton.relationships.states import ENERGIES, STRENGTHS, TIE_KINDS, Energy, Strength


@dataclass(frozen=True)
class TieInWords:
    """One tie as a row of the table."""

    id: int
    name: str
    kind: str
    whose: str
    strength: str
    energy: str
    since: str
    until: str
    note: str


def stood_on(tie: NetworkTie, on: date) -> bool:
    """Whether a tie held on a date."""
    return (tie.from_on is None or tie.from_on <= on) and (tie.until_on is None or on < tie.until_on)


def network_on(
    family: Family, members: Iterable[FamilyMember], ties: Iterable[NetworkTie], *, on: date
) -> NetworkFacts:
    """The network on a date, with those who lived together then in the middle."""
    at_home = [
        member.person.given_name
        for member in members
        if member.lives_with_family and member.from_on <= on and (member.until_on is None or on < member.until_on)
    ]
    supports: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        if stood_on(tie, on):
            whose = tie.member.given_name if tie.member else ""
            supports[tie.name, tie.kind].append(Tie(tie.strength, tie.energy, whose))
    drawn = tuple(Support(name, TIE_KINDS.get(kind, kind), tuple(found)) for (name, kind), found in supports.items())
    return NetworkFacts(f"{family.name} family", tuple(at_home), drawn)


def ties_in_words(ties: Iterable[NetworkTie], family: Family) -> list[TieInWords]:
    """Every tie as a row."""
    return [
        TieInWords(
            tie.pk,
            tie.name,
            TIE_KINDS.get(tie.kind, tie.kind),
            tie.member.name if tie.member else f"the {family.name} family",
            STRENGTHS[Strength(tie.strength)],
            ENERGIES[Energy(tie.energy)],
            long_day(tie.from_on),
            long_day(tie.until_on),
            tie.note,
        )
        for tie in ties
    ]


def tie_sentence(tie: TieInWords) -> str:
    """ "Larkmere School (School or nursery), with Ben Quill: strong. It gives the family strength."."""
    return f"{tie.name} ({tie.kind}), with {tie.whose}: {tie.strength.lower()}. {tie.energy}."


def in_short(facts: NetworkFacts, *, on: date) -> str:
    """What the picture shows, in a sentence."""
    count = len(facts.supports)
    supports = "1 support" if count == 1 else f"{count} supports"
    return f"A drawing of the family and {supports} round it on {long_day(on)}. The same stands in the table below it."
