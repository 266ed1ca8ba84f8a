"""Picks from the texts that stand in the records of people who do not exist."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

TEXTS = Path(__file__).with_name("texts.yaml")


@cache
def _texts() -> dict[str, list[Any]]:
    texts: dict[str, list[Any]] = yaml.safe_load(TEXTS.read_text())
    return texts


def say(random: Random, about: str) -> str:
    """One of the texts about a thing."""
    said: str = random.choice(_texts()[about])
    return said


def pick(about: str) -> list[dict[str, Any]]:
    """Everything there is about a thing."""
    return _texts()[about]


def some_goals(random: Random, most: int) -> list[dict[str, Any]]:
    """Goals with their outcome and the actions that lead to them, none twice."""
    return random.sample(_texts()["goals"], random.randint(2, most))
