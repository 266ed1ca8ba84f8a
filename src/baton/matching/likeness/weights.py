"""The figures by which comparisons are weighed, read from `weights.yaml` beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

SAME, STRANGERS, HOUSEHOLD = range(3)


@dataclass(frozen=True)
class Weights:
    """For each comparison and level how often it is seen of one person, of strangers, and within a household.

    `same` and `household` are how likely two records taken at random are of one person, or of one household;
    `known_already` is the share of those entered who are known. These follow from who is compared: see `among()`.
    """

    same: float
    household: float
    seen: Mapping[str, Mapping[str, tuple[float, float, float]]]
    words: Mapping[str, Mapping[str, str]]
    known_already: float = 0.25

    def among(self, people: int, *, at_home: float) -> "Weights":
        """The same figures among another number of people, each of whom shares a home with so many others known."""
        return replace(self, same=self.known_already / people, household=at_home / people)


@cache
def weights() -> Weights:
    """The weights Baton comes with."""
    read = yaml.safe_load((Path(__file__).parent / "weights.yaml").read_text())
    seen = {
        name: {level: (row[SAME], row[STRANGERS], row[HOUSEHOLD]) for level, row in levels.items()}
        for name, levels in read["comparisons"].items()
    }
    known, at_home, people = (read["prior"][name] for name in ("known_already", "at_home", "people"))
    return Weights(known / people, at_home / people, seen, read["words"], known)
