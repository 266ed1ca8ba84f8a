"""What must be true when somebody asks for their record to be put right. No Django."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CorrectionFacts:
    """What is known of a request to put something right. `on` is the day that was typed."""

    on: date
    today: date
    received_on: date
    is_decided: bool = False
    is_of_the_family: bool = True
    changes_nothing: bool = False
    statement: str = ""


def it_is_not_in_the_future(facts: CorrectionFacts) -> bool:
    """Enter a day that has come."""
    return facts.on <= facts.today


def it_was_not_decided(facts: CorrectionFacts) -> bool:
    """This was decided already."""
    return not facts.is_decided


def they_were_told_after_they_asked(facts: CorrectionFacts) -> bool:
    """Enter a day on or after the one on which they asked."""
    return facts.on >= facts.received_on


def it_is_of_this_family(facts: CorrectionFacts) -> bool:
    """Choose something of this family's record."""
    return facts.is_of_the_family


def what_they_say_is_written(facts: CorrectionFacts) -> bool:
    """Write what they say, or that they wanted nothing to be kept: it stands beside the record from now on."""
    return not facts.changes_nothing or bool(facts.statement.strip())


TO_ASK = (it_is_not_in_the_future, it_is_of_this_family)
TO_DECIDE = (
    it_was_not_decided,
    it_is_not_in_the_future,
    they_were_told_after_they_asked,
    what_they_say_is_written,
)
