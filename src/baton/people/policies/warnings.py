"""What must be true of a warning. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class WarningFacts:
    """What is known when a warning is given or looked at again."""

    review_on: date
    today: date
    has_ended: bool = False


def it_has_not_ended(facts: WarningFacts) -> bool:
    """This warning has ended already."""
    return not facts.has_ended


def it_is_looked_at_again_within_a_year(facts: WarningFacts) -> bool:
    """Choose a review date after today and within a year: nobody should meet a warning that no one looks at."""
    return facts.today < facts.review_on <= facts.today + LONGEST


TO_GIVE = (it_has_not_ended, it_is_looked_at_again_within_a_year)
