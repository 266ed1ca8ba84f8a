"""What an ecomap is drawn from."""

from dataclasses import dataclass

STRONG, ORDINARY, WEAK, STRESSFUL = "strong", "ordinary", "weak", "stressful"
TO_FAMILY, FROM_FAMILY, BOTH, NEITHER = "to_family", "from_family", "both", "neither"


@dataclass(frozen=True)
class Tie:
    """One tie: whose it is (nobody named: the whole family's), how strong, and who gives strength to whom."""

    strength: str = ORDINARY
    energy: str = NEITHER
    whose: str = ""


@dataclass(frozen=True)
class Support:
    """Somebody or something round the family, of a kind, with one tie or several."""

    name: str
    kind: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class NetworkFacts:
    """A family's network on one date; `members` are the names that stand in the middle."""

    family: str
    members: tuple[str, ...]
    supports: tuple[Support, ...]
