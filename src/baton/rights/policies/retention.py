"""Until when a family's record is kept, and what must be true before it is disposed of. No Django."""

from dataclasses import dataclass
from datetime import date

from baton.practice.calendar import add_months
from baton.practice.frameworks import RetentionRule

ENOUGH_TO_READ = 10  # letters: less is no reason anybody could look at afterwards


@dataclass(frozen=True)
class KeptFacts:
    """What is known of a family whose record is kept: when help and requests ended, and its children's birthdays."""

    help_ended_on: date | None
    request_answered_on: date | None
    children_born: tuple[date | None, ...]


@dataclass(frozen=True)
class Kept:
    """Until when a record is kept by which rule, and why. Without a day it cannot be said."""

    rule: RetentionRule
    until: date | None
    why: str


def rule_for(rules: tuple[RetentionRule, ...], facts: KeptFacts) -> RetentionRule | None:
    """The rule of a family that was helped, or of one for whom help was only asked."""
    begins = "help_ended" if facts.help_ended_on else "request_answered"
    return next((rule for rule in rules if rule.begins == begins), None)


def kept_until(rule: RetentionRule, facts: KeptFacts) -> Kept:
    """The later of so many years after its end, and so many after the youngest child's birth."""
    ended = facts.help_ended_on if rule.begins == "help_ended" else facts.request_answered_on
    if ended is None:
        return Kept(rule, None, "Nothing has ended yet.")
    end = add_months(ended, 12 * rule.years)
    said = f"{rule.years} years after {_day(ended)}: {_day(end)}."
    if rule.whose_birthday == "nobody":
        return Kept(rule, end, said)
    if not facts.children_born or None in facts.children_born:
        return Kept(rule, None, "A child's date of birth is not known, so nobody can say how long the record is kept.")
    youngest = max(born for born in facts.children_born if born is not None)
    birthday = add_months(youngest, 12 * rule.years_from_birth)
    said = (
        f"{said} {rule.years_from_birth} years after the youngest child's birth on {_day(youngest)}: {_day(birthday)}."
    )
    return Kept(rule, max(end, birthday), f"{said} The later of the two counts.")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


@dataclass(frozen=True)
class DisposalFacts:
    """What is known of a family whose record somebody wants to dispose of, or to keep."""

    until: date | None
    today: date
    reason: str = ""
    holds: int = 0
    open_work: int = 0
    open_requests: int = 0
    keep_until: date | None = None
    decided_by: int = 0
    by: int = 1
    is_to_be_disposed_of: bool = True


def it_was_kept_long_enough(facts: DisposalFacts) -> bool:
    """The time this record is kept for is not over."""
    return facts.until is not None and facts.until < facts.today


def nobody_holds_it(facts: DisposalFacts) -> bool:
    """A legal hold stands: nothing of this record may be disposed of."""
    return facts.holds == 0


def no_work_is_open(facts: DisposalFacts) -> bool:
    """Help is open, or a request for help waits for its answer."""
    return facts.open_work == 0


def nobody_has_asked_for_it(facts: DisposalFacts) -> bool:
    """Somebody has asked for what is held on one of them: answer that first."""
    return facts.open_requests == 0


def a_reason_is_given(facts: DisposalFacts) -> bool:
    """Say why, so that somebody who asks later can be told."""
    return len(facts.reason.strip()) >= ENOUGH_TO_READ


def it_is_said_until_when(facts: DisposalFacts) -> bool:
    """Say until when it is kept: a day that has not come."""
    return facts.keep_until is not None and facts.keep_until > facts.today


def somebody_decided_so(facts: DisposalFacts) -> bool:
    """Nobody has decided that this record is disposed of."""
    return facts.is_to_be_disposed_of


def it_is_a_second_person(facts: DisposalFacts) -> bool:
    """Somebody else must approve what you decided."""
    return facts.decided_by != facts.by


NOTHING_STANDS_AGAINST_IT = (it_was_kept_long_enough, nobody_holds_it, no_work_is_open, nobody_has_asked_for_it)
TO_DECIDE_DISPOSAL = (*NOTHING_STANDS_AGAINST_IT, a_reason_is_given)
TO_KEEP = (a_reason_is_given, it_is_said_until_when)
TO_APPROVE = (somebody_decided_so, it_is_a_second_person, *NOTHING_STANDS_AGAINST_IT)
