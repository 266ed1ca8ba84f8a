"""What must be true before help ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from baton.plans.policies.plan import OfAnEpisode, help_goes_on
from baton.practice.frameworks import RequiredRecord


class SaysHowItEnds(OfAnEpisode, Protocol):
    """Facts about how help ends, whether proposed or decided."""

    @property
    def goals_without_outcome(self) -> int: ...

    @property
    def leads_next(self) -> str: ...


@dataclass(frozen=True)
class ProposalFacts:
    """What is known when a lead practitioner proposes to close."""

    episode_is_open: bool
    work_began: bool
    goals_without_outcome: int
    leads_next: str


@dataclass(frozen=True)
class ClosingFacts:
    """What is known when a manager closes."""

    episode_is_open: bool
    is_proposed: bool
    is_sent_back: bool
    goals_without_outcome: int
    leads_next: str
    missing: Sequence[str]
    why_without: str


@dataclass(frozen=True)
class ReturnFacts:
    """What is known when a manager sends a proposal back."""

    episode_is_open: bool
    waits_for_manager: bool
    reason: str


@dataclass(frozen=True)
class UnstartedFacts:
    """What is known when a manager closes what nobody has begun to work on."""

    episode_is_open: bool
    work_began: bool


def work_began(facts: ProposalFacts) -> bool:
    """Nobody leads the work yet, so the manager can close it alone."""
    return facts.work_began


def each_goal_says_how_it_ended(facts: SaysHowItEnds) -> bool:
    """Say of each goal how it ended."""
    return facts.goals_without_outcome == 0


def it_is_said_who_leads_next(facts: SaysHowItEnds) -> bool:
    """Say who leads next, or that the family carries on by itself."""
    return bool(facts.leads_next.strip())


def closure_is_proposed(facts: ClosingFacts) -> bool:
    """The lead practitioner has not proposed to close yet."""
    return facts.is_proposed


def closure_is_not_sent_back(facts: ClosingFacts) -> bool:
    """You sent this back. It can be closed when the lead practitioner has proposed it again."""
    return not facts.is_sent_back


def gaps_are_explained(facts: ClosingFacts) -> bool:
    """Records are missing. Say why help can end without them, or send the proposal back."""
    return not facts.missing or bool(facts.why_without.strip())


def a_proposal_waits(facts: ReturnFacts) -> bool:
    """No proposal to close is waiting for you."""
    return facts.waits_for_manager


def a_reason_is_given(facts: ReturnFacts) -> bool:
    """Say what the lead practitioner should put right."""
    return bool(facts.reason.strip())


def nobody_leads_yet(facts: UnstartedFacts) -> bool:
    """Somebody leads the work with this family. Ask them to propose the closure."""
    return not facts.work_began


TO_PROPOSE = (help_goes_on, work_began, each_goal_says_how_it_ended, it_is_said_who_leads_next)
TO_CLOSE = (
    help_goes_on,
    closure_is_proposed,
    closure_is_not_sent_back,
    each_goal_says_how_it_ended,
    it_is_said_who_leads_next,
    gaps_are_explained,
)
TO_SEND_BACK = (help_goes_on, a_proposal_waits, a_reason_is_given)
TO_CLOSE_UNSTARTED = (help_goes_on, nobody_leads_yet)


def records_missing(records: Sequence[RequiredRecord], kinds: Collection[str]) -> tuple[RequiredRecord, ...]:
    """The records of a framework that no event of these kinds shows to be there, in the framework's order."""
    return tuple(record for record in records if not any(kind in kinds for kind in record.proved_by))
