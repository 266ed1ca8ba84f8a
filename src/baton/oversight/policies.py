"""What must be true of managers' notes. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SupervisionFacts:
    """What is known when the discussion of a family in supervision is written down."""

    held_at: datetime
    now: datetime
    there_is_a_practitioner: bool


def supervision_was_held(facts: SupervisionFacts) -> bool:
    """Supervision can be written down once it has been held."""
    return facts.held_at <= facts.now


def somebody_was_supervised(facts: SupervisionFacts) -> bool:
    """Nobody leads the work with this family yet. Allocate it first."""
    return facts.there_is_a_practitioner


TO_RECORD_SUPERVISION = (supervision_was_held, somebody_was_supervised)


@dataclass(frozen=True)
class NoteFacts:
    """What is known when a manager gives oversight at a point."""

    point: str
    points: frozenset[str]


def point_is_the_frameworks(facts: NoteFacts) -> bool:
    """Select one of the points at which your framework asks for oversight, or oversight at another time."""
    return not facts.point or facts.point in facts.points


TO_RECORD_OVERSIGHT = (point_is_the_frameworks,)


@dataclass(frozen=True)
class SignOffFacts:
    """What is known when a senior manager agrees that help goes on."""

    framework_asks_for_it: bool
    episode_is_open: bool


def the_framework_asks_for_it(facts: SignOffFacts) -> bool:
    """Your framework sets no limit that a senior manager could lift."""
    return facts.framework_asks_for_it


def help_goes_on(facts: SignOffFacts) -> bool:
    """Help for this family has ended."""
    return facts.episode_is_open


TO_SIGN_OFF = (the_framework_asks_for_it, help_goes_on)
