"""What must be true while a request for what is held on somebody is worked on. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date

from baton.rights.policies.clock import Asked, starts_on, tell_of_extension_by, waits_for


@dataclass(frozen=True)
class AskedFacts:
    """What is known of a request about to be changed. `on` is the day somebody typed; `today` the day they type."""

    clock: Asked
    today: date
    on: date
    is_answered: bool = False
    for_another: bool = False
    authority: str = ""
    reason: str = ""
    asked_on: date | None = None


def it_is_not_answered(facts: AskedFacts) -> bool:
    """This request was answered already."""
    return not facts.is_answered


def it_is_not_in_the_future(facts: AskedFacts) -> bool:
    """Enter a day that has come."""
    return facts.on <= facts.today


def it_is_after_the_request_came(facts: AskedFacts) -> bool:
    """Enter a day on or after the one on which the request came."""
    return facts.on >= facts.clock.received_on


def it_is_after_they_were_asked(facts: AskedFacts) -> bool:
    """Enter a day on or after the one on which they were asked."""
    return facts.asked_on is None or facts.on >= facts.asked_on


def it_is_said_why_they_may_ask(facts: AskedFacts) -> bool:
    """Say how you know that they may ask for somebody else."""
    return not facts.for_another or bool(facts.authority.strip())


def nothing_is_awaited(facts: AskedFacts) -> bool:
    """The clock stands already: the person has not answered yet."""
    return waits_for(facts.clock) is None


def a_reason_is_given(facts: AskedFacts) -> bool:
    """Say why it takes longer, in the words the person was told."""
    return bool(facts.reason.strip())


def it_was_not_extended(facts: AskedFacts) -> bool:
    """The time was extended once already: the law allows no more."""
    return facts.clock.extended_on is None


def they_are_told_within_the_first_month(facts: AskedFacts) -> bool:
    """The first month is over: the person had to be told within it that it takes longer (Article 12(3))."""
    last = tell_of_extension_by(facts.clock)
    return starts_on(facts.clock) is None or last is None or facts.on <= last


TO_REGISTER = (it_is_not_in_the_future, it_is_said_why_they_may_ask)
TO_STOP = (it_is_not_answered, nothing_is_awaited, it_is_not_in_the_future, it_is_after_the_request_came)
TO_GO_ON = (it_is_not_answered, it_is_not_in_the_future, it_is_after_they_were_asked)
TO_EXTEND = (
    it_is_not_answered,
    a_reason_is_given,
    it_was_not_extended,
    it_is_not_in_the_future,
    it_is_after_the_request_came,
    they_are_told_within_the_first_month,
)
TO_CHECK_IDENTITY = (it_is_not_answered, it_is_not_in_the_future)


@dataclass(frozen=True)
class AnsweringFacts:
    """What is known of a request about to be answered."""

    is_answered: bool
    identity_is_checked: bool
    clock_stands: bool
    released: bool
    outcome: str
    told_how: str


def nobody_answered_it(facts: AnsweringFacts) -> bool:
    """This request was answered already."""
    return not facts.is_answered


def identity_is_checked(facts: AnsweringFacts) -> bool:
    """Write down first how you know who they are."""
    return facts.identity_is_checked or facts.outcome in ("refused", "taken_back")


def what_is_sent_was_released(facts: AnsweringFacts) -> bool:
    """Release the copy first: what is sent is the copy that is kept."""
    return facts.outcome != "sent" or facts.released


def it_is_said_how_they_were_told(facts: AnsweringFacts) -> bool:
    """Say how the person was told."""
    return bool(facts.told_how.strip())


TO_ANSWER = (nobody_answered_it, identity_is_checked, what_is_sent_was_released, it_is_said_how_they_were_told)
