"""Picks from the texts that stand in the records of people who do not exist."""

from functools import cache
from pathlib import Path
from random import Random

import yaml

TEXTS = Path(__file__).with_name("texts.yaml")


@cache
def _texts() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = yaml.safe_load(TEXTS.read_text())
    return texts


def say(random: Random, about: str) -> str:
    """One of the texts about a thing."""
    return random.choice(_texts()[about])
