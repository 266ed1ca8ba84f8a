"""What must be true of an entry and of a copy. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EntryFacts:
    """What is known of an entry when it is written."""

    happened_on: date
    until_on: date | None
    today: date
    is_significant: bool
    why: str
    has_been_withdrawn: bool = False


def it_has_happened(facts: EntryFacts) -> bool:
    """A chronology tells what happened: the date must be today or in the past."""
    return facts.happened_on <= facts.today and (facts.until_on is None or facts.until_on <= facts.today)


def it_ended_after_it_began(facts: EntryFacts) -> bool:
    """It ended before it began. Check both dates."""
    return facts.until_on is None or facts.happened_on <= facts.until_on


def what_is_significant_says_why(facts: EntryFacts) -> bool:
    """Say why it is significant: what it meant for the children."""
    return not facts.is_significant or bool(facts.why.strip())


def it_stands(facts: EntryFacts) -> bool:
    """This entry was taken back already."""
    return not facts.has_been_withdrawn


TO_WRITE = (it_stands, it_has_happened, it_ended_after_it_began, what_is_significant_says_why)


@dataclass(frozen=True)
class CopyFacts:
    """What is known of a copy when it is made."""

    entries: int


def something_was_chosen(facts: CopyFacts) -> bool:
    """Choose at least one entry."""
    return facts.entries > 0


TO_COPY = (something_was_chosen,)
