"""What must be true before a family is closed or opened."""

from dataclasses import dataclass

ENOUGH_TO_READ = 10  # letters: less is no reason anybody could look at afterwards


@dataclass(frozen=True)
class ClosingFacts:
    """What is known of a restriction about to be set."""

    reason: str
    named: int
    is_restricted_already: bool


def a_reason_is_given(facts: ClosingFacts) -> bool:
    """Say why nobody else may see this family."""
    return len(facts.reason.strip()) >= ENOUGH_TO_READ


def somebody_may_see_it(facts: ClosingFacts) -> bool:
    """Name at least one person who may see the family, so that work with it goes on."""
    return facts.named > 0


def it_is_open_to_others_now(facts: ClosingFacts) -> bool:
    """This family is restricted already: change who is named."""
    return not facts.is_restricted_already


TO_RESTRICT = (a_reason_is_given, somebody_may_see_it, it_is_open_to_others_now)
