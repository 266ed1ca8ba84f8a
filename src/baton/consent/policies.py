"""What must be true of agreement to help. Each sentence is what people read. None of it refers a family anywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordingFacts:
    """What is known when somebody's agreement is written down."""

    giver_is_named: bool
    is_of_the_family: bool
    given_in_the_future: bool


def giver_is_named(facts: RecordingFacts) -> bool:
    """Say who agreed."""
    return facts.giver_is_named


def giver_is_of_the_family(facts: RecordingFacts) -> bool:
    """Choose somebody who belongs to this family."""
    return facts.is_of_the_family


def agreement_was_given(facts: RecordingFacts) -> bool:
    """Enter a date and time that have passed: agreement is recorded once it was given."""
    return not facts.given_in_the_future


TO_RECORD = (giver_is_named, giver_is_of_the_family, agreement_was_given)


@dataclass(frozen=True)
class WithdrawalFacts:
    """What is known when somebody no longer agrees."""

    still_stands: bool
    reason_is_written: bool
    after_it_was_given: bool
    in_the_future: bool


def consent_still_stands(facts: WithdrawalFacts) -> bool:
    """This agreement was withdrawn already."""
    return facts.still_stands


def reason_is_written(facts: WithdrawalFacts) -> bool:
    """Write what they said about why, or that they gave no reason."""
    return facts.reason_is_written


def withdrawn_after_it_was_given(facts: WithdrawalFacts) -> bool:
    """Enter a time after the agreement was given, and not in the future."""
    return facts.after_it_was_given and not facts.in_the_future


TO_WITHDRAW = (consent_still_stands, reason_is_written, withdrawn_after_it_was_given)


@dataclass(frozen=True)
class ConsiderationFacts:
    """What is known when a manager writes what they considered after a withdrawal."""

    is_withdrawn: bool
    considered_before: bool
    note_is_written: bool


def consent_was_withdrawn(facts: ConsiderationFacts) -> bool:
    """This agreement still stands, so there is no withdrawal to consider."""
    return facts.is_withdrawn


def nobody_considered_it_yet(facts: ConsiderationFacts) -> bool:
    """A manager has written what they considered already."""
    return not facts.considered_before


def note_is_written(facts: ConsiderationFacts) -> bool:
    """Write what you considered and what you decided."""
    return facts.note_is_written


TO_CONSIDER = (consent_was_withdrawn, nobody_considered_it_yet, note_is_written)
