"""The figures by which comparisons are weighed, read from `weights.yaml` beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SAME, STRANGERS, HOUSEHOLD = range(3)


@dataclass(frozen=True)
class Weights:
    """For each comparison and level how often it is seen of one person, of strangers, and within a household.

    `same` and `household` are how likely two records taken at random are of one person, or of one household.
    """

    same: float
    household: float
    seen: Mapping[str, Mapping[str, tuple[float, float, float]]]
    words: Mapping[str, Mapping[str, str]]


@cache
def weights() -> Weights:
    """The weights Baton comes with."""
    read = yaml.safe_load((Path(__file__).parent / "weights.yaml").read_text())
    seen = {
        name: {level: (row[SAME], row[STRANGERS], row[HOUSEHOLD]) for level, row in levels.items()}
        for name, levels in read["comparisons"].items()
    }
    return Weights(read["prior"]["same"], read["prior"]["household"], seen, read["words"])
