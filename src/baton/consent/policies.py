"""What must be true of agreement to help. Each sentence is what people read. None of it refers a family anywhere."""

from dataclasses import dataclass

DECIDES_FROM = 16  # from then on people are presumed able to decide (Mental Capacity Act 2005 sections 1(2) and 2(5))


@dataclass(frozen=True)
class RecordingFacts:
    """What is known when somebody's agreement is written down."""

    giver_is_named: bool
    is_of_the_family: bool
    given_in_the_future: bool
    agency_is_named: bool = True
    giver_age: int | None = None  # None where it is not known, or the giver is not on record
    giver_is_a_child: bool = False
    understanding_is_written: bool = False
    at_the_front_door: bool = False


def giver_is_named(facts: RecordingFacts) -> bool:
    """Say who agreed."""
    return facts.giver_is_named


def giver_is_of_the_family(facts: RecordingFacts) -> bool:
    """Choose somebody who belongs to this family."""
    return facts.is_of_the_family


def agreement_was_given(facts: RecordingFacts) -> bool:
    """Enter a date and time that have passed: agreement is recorded once it was given."""
    return not facts.given_in_the_future


def agency_is_named(facts: RecordingFacts) -> bool:
    """Name the agency: agreement to share, or to ask, is given for each agency by itself."""
    return facts.agency_is_named


def understanding_is_written(facts: RecordingFacts) -> bool:
    """Write how you know that this young person understands what they agree to."""
    young = facts.giver_is_a_child if facts.giver_age is None else facts.giver_age < DECIDES_FROM
    return not young or facts.understanding_is_written or facts.at_the_front_door


TO_RECORD = (giver_is_named, giver_is_of_the_family, agreement_was_given, agency_is_named, understanding_is_written)


@dataclass(frozen=True)
class RefusalFacts:
    """What is known when somebody was asked and does not agree."""

    who_is_named: bool
    is_of_the_family: bool
    in_the_future: bool
    asker_is_named: bool
    agreement_stands: bool
    agency_is_named: bool = True
    what_follows_is_chosen: bool = True


def who_does_not_agree_is_named(facts: RefusalFacts) -> bool:
    """Say who does not agree."""
    return facts.who_is_named


def who_was_asked_is_of_the_family(facts: RefusalFacts) -> bool:
    """Choose somebody who belongs to this family."""
    return facts.is_of_the_family


def they_were_asked(facts: RefusalFacts) -> bool:
    """Enter a date and time that have passed: an answer is recorded once it was given."""
    return not facts.in_the_future


def the_asker_is_named(facts: RefusalFacts) -> bool:
    """Say who asked them."""
    return facts.asker_is_named


def the_agency_asked_about_is_named(facts: RefusalFacts) -> bool:
    """Name the agency: people are asked about each agency by itself."""
    return facts.agency_is_named


def nothing_they_agreed_to_stands(facts: RefusalFacts) -> bool:
    """They agreed to this, and it stands. Record that they no longer agree instead."""
    return not facts.agreement_stands


def what_follows_is_chosen(facts: RefusalFacts) -> bool:
    """Select what follows."""
    return facts.what_follows_is_chosen


TO_RECORD_A_REFUSAL = (
    who_does_not_agree_is_named,
    who_was_asked_is_of_the_family,
    they_were_asked,
    the_asker_is_named,
    the_agency_asked_about_is_named,
    nothing_they_agreed_to_stands,
    what_follows_is_chosen,
)


@dataclass(frozen=True)
class RenewalFacts:
    """What is known when people were asked again."""

    chosen: int
    all_stand: bool
    all_given_before: bool
    in_the_future: bool


def somebody_still_agrees(facts: RenewalFacts) -> bool:
    """Select who still agrees, and to what."""
    return facts.chosen > 0


def what_is_renewed_stands(facts: RenewalFacts) -> bool:
    """One of these was withdrawn. Record new agreement instead."""
    return facts.all_stand


def asked_after_it_was_given(facts: RenewalFacts) -> bool:
    """Enter a time after the agreement was given, and not in the future."""
    return facts.all_given_before and not facts.in_the_future


TO_RENEW = (somebody_still_agrees, what_is_renewed_stands, asked_after_it_was_given)


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
    """What is known when a manager writes what they considered after a withdrawal, or after somebody said no."""

    is_withdrawn: bool
    considered_before: bool
    note_is_written: bool
    outcome_is_chosen: bool = True
    agreed_since: bool = False


def consent_was_withdrawn(facts: ConsiderationFacts) -> bool:
    """This agreement still stands, so there is no withdrawal to consider."""
    return facts.is_withdrawn


def nobody_considered_it_yet(facts: ConsiderationFacts) -> bool:
    """A manager has written what they considered already."""
    return not facts.considered_before


def note_is_written(facts: ConsiderationFacts) -> bool:
    """Write what you considered and what you decided."""
    return facts.note_is_written


def outcome_is_chosen(facts: ConsiderationFacts) -> bool:
    """Select what you decided."""
    return facts.outcome_is_chosen


def they_have_not_agreed_since(facts: ConsiderationFacts) -> bool:
    """They agreed to this later, so there is nothing to consider."""
    return not facts.agreed_since


TO_CONSIDER = (consent_was_withdrawn, nobody_considered_it_yet, note_is_written, outcome_is_chosen)
TO_CONSIDER_A_REFUSAL = (they_have_not_agreed_since, nobody_considered_it_yet, note_is_written, outcome_is_chosen)
