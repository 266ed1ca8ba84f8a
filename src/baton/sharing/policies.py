"""What must be true of a decision to share, or not to. Each sentence is what people read.

Nothing here stops somebody from keeping a child safe: a safeguarding reason in words is always enough.
"""

from dataclasses import dataclass

AGREEMENT, OWN = "agreement", "own"


@dataclass(frozen=True)
class Agreed:
    """What is known of the agreement that somebody chose."""

    is_about_sharing: bool
    is_of_this_family: bool
    stands: bool
    covers_the_agency: bool


@dataclass(frozen=True)
class SharingFacts:
    """What is known of a decision when it is recorded. `ground` is empty where nothing was chosen."""

    is_described: bool
    receiver_is_named: bool
    decider_is_named: bool
    in_the_future: bool
    ground: str = ""
    agreed: Agreed | None = None
    because_is_written: bool = False
    receiver_is_of_the_family: bool = False
    file_may_leave: bool = True


def it_is_described(facts: SharingFacts) -> bool:
    """Say what it is."""
    return facts.is_described


def the_receiver_is_named(facts: SharingFacts) -> bool:
    """Name the agency, or the person of the family."""
    return facts.receiver_is_named


def the_decider_is_named(facts: SharingFacts) -> bool:
    """Say who decided."""
    return facts.decider_is_named


def it_was_decided(facts: SharingFacts) -> bool:
    """Enter a date and time that have passed: a decision is recorded once it is made."""
    return not facts.in_the_future


def there_is_a_ground(facts: SharingFacts) -> bool:
    """Choose the agreement it goes under, or say the safeguarding reason or duty."""
    return bool(facts.ground) and (facts.ground != AGREEMENT or facts.agreed is not None)


def it_is_agreement_to_share(facts: SharingFacts) -> bool:
    """Choose an agreement of this family to share. Agreement to help, or to ask an agency, does not cover it."""
    return facts.agreed is None or (facts.agreed.is_about_sharing and facts.agreed.is_of_this_family)


def the_agreement_stands(facts: SharingFacts) -> bool:
    """This agreement was withdrawn. Ask the family again, or say the safeguarding reason or duty."""
    return facts.agreed is None or facts.agreed.stands


def the_agreement_covers_the_agency(facts: SharingFacts) -> bool:
    """This agreement does not cover that agency. Ask the family, or say the safeguarding reason or duty."""
    return facts.agreed is None or facts.agreed.covers_the_agency


def the_reason_is_written(facts: SharingFacts) -> bool:
    """Write why it is shared without agreement: what was known, and what was weighed."""
    return facts.ground in ("", AGREEMENT, OWN) or facts.because_is_written


def it_stays_in_the_family(facts: SharingFacts) -> bool:
    """Choose who in the family it goes to."""
    return facts.ground != OWN or facts.receiver_is_of_the_family


def the_file_may_leave(facts: SharingFacts) -> bool:
    """This document was withdrawn, or a virus was found in it. It goes to nobody."""
    return facts.file_may_leave


def why_not_is_written(facts: SharingFacts) -> bool:
    """Write why it is not shared."""
    return facts.because_is_written


WHAT_WHOM_WHO = (it_is_described, the_receiver_is_named, the_decider_is_named, it_was_decided)
TO_SHARE = (
    *WHAT_WHOM_WHO,
    there_is_a_ground,
    it_is_agreement_to_share,
    the_agreement_stands,
    the_agreement_covers_the_agency,
    the_reason_is_written,
    it_stays_in_the_family,
    the_file_may_leave,
)
NOT_TO_SHARE = (*WHAT_WHOM_WHO, why_not_is_written)
