"""What must be true of what is recorded from one day until another. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Days:
    """From a day until another, which is not included; without one, for as long as anybody knows."""

    from_on: date | None = None
    until_on: date | None = None

    def overlap(self, other: "Days") -> bool:
        """Whether both hold on some day."""
        if self.from_on and self.from_on == self.until_on:
            return False
        if other.from_on and other.from_on == other.until_on:
            return False
        return _before(self.from_on, other.until_on) and _before(other.from_on, self.until_on)

    def hold(self, on: date) -> bool:
        """Whether they hold on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True)
class TimeFacts:
    """What would be recorded, and what stands beside it of which there can be only one at a time."""

    days: Days
    today: date
    born_on: date | None = None
    others: tuple[Days, ...] = ()


def it_ends_after_it_begins(facts: TimeFacts) -> bool:
    """It ends before it begins. Check both dates."""
    days = facts.days
    return days.from_on is None or days.until_on is None or days.from_on <= days.until_on


def it_has_begun(facts: TimeFacts) -> bool:
    """The day it begins must be today or in the past."""
    return facts.days.from_on is None or facts.days.from_on <= facts.today


def it_is_not_from_before_birth(facts: TimeFacts) -> bool:
    """This would be from before they were born. Check the date."""
    return facts.born_on is None or facts.days.from_on is None or facts.days.from_on >= facts.born_on


def there_is_one_at_a_time(facts: TimeFacts) -> bool:
    """Something else is recorded for these days, and there can be only one at a time. Check the dates."""
    return not any(facts.days.overlap(other) for other in facts.others)


TO_HOLD = (it_ends_after_it_begins, it_has_begun, it_is_not_from_before_birth, there_is_one_at_a_time)


def _before(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first < last
