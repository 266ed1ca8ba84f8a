"""What must be true before an episode moves on. Each sentence is what people read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AllocationFacts:
    """What is known when a manager gives a family to a lead practitioner."""

    episode_is_open: bool
    practitioner_works_here: bool
    already_leads: bool
    handover_written: bool
    has_lead: bool


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


TO_ALLOCATE = (episode_is_open, practitioner_works_here, practitioner_is_new, handover_is_written)
