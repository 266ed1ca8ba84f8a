"""The score: how likely two records are of one person, rather than of strangers or of one household.

Three stories are weighed (Fellegi and Sunter's two, and a third): the records are of one person, of strangers, or of
two people of one household. Twins share a birthday, an address and a last name; a father and son may share a name. The
third story tells these apart from one person with two records.
"""

from dataclasses import dataclass
from math import log2

from baton.matching.likeness.comparing import levels_of
from baton.matching.likeness.facts import Facts
from baton.matching.likeness.names import share_of
from baton.matching.likeness.weights import HOUSEHOLD, SAME, STRANGERS, Weights, weights

ALMOST_CERTAIN, PROBABLE, POSSIBLE = 0.95, 0.6, 0.1
TELLING = 0.5  # bits below which a reason is not worth reading
NAMES = ("given", "family")


@dataclass(frozen=True)
class Reason:
    """One comparison: its level, what it weighs in bits for one person (below 0: against), and its words."""

    comparison: str
    level: str
    bits: float
    words: str


@dataclass(frozen=True)
class Likeness:
    """How likely two records are of one person, from 0 to 1, and why: the weightiest reason first."""

    sure: float
    bits: float
    reasons: tuple[Reason, ...]

    @property
    def how_sure(self) -> str:
        """The score in words."""
        if self.sure >= ALMOST_CERTAIN:
            return "Almost certainly"
        return "Probably" if self.sure >= PROBABLE else "Possibly"

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons for, in words."""
        return tuple(reason.words for reason in self.reasons if reason.words and reason.bits >= TELLING)

    @property
    def why_not(self) -> tuple[str, ...]:
        """The reasons against, in words."""
        return tuple(reason.words for reason in self.reasons if reason.words and reason.bits <= -TELLING)


def likeness(one: Facts, other: Facts, by: Weights | None = None) -> Likeness:
    """Score two records. The same whichever stands first."""
    by = by or weights()
    stories = [log2(by.same), log2(1 - by.same - by.household), log2(by.household) if by.household else float("-inf")]
    reasons = []
    for comparison, level in levels_of(one, other).items():
        seen = list(by.seen[comparison].get(level, (1, 1, 1)))
        if level == "same" and comparison in NAMES:
            seen[STRANGERS] = _share(comparison, one, other)
        for story in (SAME, STRANGERS, HOUSEHOLD):
            stories[story] += log2(seen[story])
        words = by.words.get(comparison, {}).get(level, "")
        reasons.append(Reason(comparison, level, log2(seen[SAME] / seen[STRANGERS]), words))
    against = _together(stories[STRANGERS], stories[HOUSEHOLD])
    sure = 1 / (1 + 2 ** max(-1000.0, min(1000.0, against - stories[SAME])))
    in_order = sorted(reasons, key=lambda reason: (-reason.bits, reason.comparison))
    return Likeness(sure, stories[SAME] - against, tuple(in_order))


def _share(kind: str, one: Facts, other: Facts) -> float:
    """How common the rarest name is that both bear."""
    mine, theirs = (one.given, other.given) if kind == "given" else (one.family, other.family)
    return min((share_of(kind, name) for name in set(mine) & set(theirs)), default=share_of(kind, ""))


def _together(one: float, other: float) -> float:
    """The logarithm of the sum of two likelihoods, given their logarithms."""
    more, less = max(one, other), min(one, other)
    return more + log2(1 + 2 ** max(-1000.0, less - more))
