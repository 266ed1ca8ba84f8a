"""What must be true before an episode moves on. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AllocationFacts:
    """What is known when a manager gives a family to a lead practitioner."""

    episode_is_open: bool
    practitioner_works_here: bool
    already_leads: bool
    handover_written: bool
    has_lead: bool
    follows_the_last: bool = True


def episode_is_open(facts: AllocationFacts) -> bool:
    """Help for this family has ended. Open a new episode to allocate it again."""
    return facts.episode_is_open


def practitioner_works_here(facts: AllocationFacts) -> bool:
    """Choose somebody who has an account and works with families."""
    return facts.practitioner_works_here


def practitioner_is_new(facts: AllocationFacts) -> bool:
    """This person already leads the work with this family. Choose somebody else."""
    return not facts.already_leads


def handover_is_written(facts: AllocationFacts) -> bool:
    """Write what the new lead practitioner needs to know before you hand the family over."""
    return facts.handover_written or not facts.has_lead


def follows_the_last_allocation(facts: AllocationFacts) -> bool:
    """The present lead practitioner began later than this. Open the page again to see who leads."""
    return facts.follows_the_last


TO_ALLOCATE = (
    episode_is_open,
    practitioner_works_here,
    practitioner_is_new,
    handover_is_written,
    follows_the_last_allocation,
)


@dataclass(frozen=True)
class DateFacts:
    """What is known when a manager sets another date for a deadline."""

    deadline_is_open: bool
    due_on: date
    today: date


def deadline_is_open(facts: DateFacts) -> bool:
    """This has been done, or help has ended: its date can no longer be moved."""
    return facts.deadline_is_open


def date_is_not_past(facts: DateFacts) -> bool:
    """Set today's date or a later one."""
    return facts.due_on >= facts.today


TO_SET_DATE = (deadline_is_open, date_is_not_past)


@dataclass(frozen=True)
class CorrectionFacts:
    """What is known when somebody changes what was recorded."""

    changes_what_stood: bool
    because: str


def a_correction_says_why(facts: CorrectionFacts) -> bool:
    """Write why you change what was recorded. What stood before is kept beside it."""
    return bool(facts.because.strip()) or not facts.changes_what_stood


TO_CORRECT = (a_correction_says_why,)


@dataclass(frozen=True)
class StepUpFacts:
    """What is on record when a family is stepped up. Missing things are noted; they stop nobody."""

    has_lead: bool
    has_written_consent: bool
    has_assessment: bool
    has_plan: bool
    family_told: bool


def a_lead_was_allocated(facts: StepUpFacts) -> bool:
    """Nobody led the work with this family."""
    return facts.has_lead


def consent_was_written(facts: StepUpFacts) -> bool:
    """There is no consent in writing."""
    return facts.has_written_consent


def an_assessment_was_authorised(facts: StepUpFacts) -> bool:
    """There is no authorised assessment."""
    return facts.has_assessment


def a_plan_was_agreed(facts: StepUpFacts) -> bool:
    """There is no agreed plan."""
    return facts.has_plan


def the_family_was_told(facts: StepUpFacts) -> bool:
    """It is not written down whether the family was told, or why not."""
    return facts.family_told


STEP_UP_ASKS_FOR = (
    a_lead_was_allocated,
    consent_was_written,
    an_assessment_was_authorised,
    a_plan_was_agreed,
    the_family_was_told,
)
