"""What must be true of a visit before it is kept. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import datetime

from baton.practice.calendar import day_of

PUBLIC = "public"
IN_PUBLIC = "Confidential talk does not belong in a public place. If there was any, write down how privacy was kept."


@dataclass(frozen=True)
class Told:
    """What a practitioner tells of a visit. `seen` and `alone` are ids of persons; who was seen alone was seen."""

    happened_at: datetime
    made: bool
    place: str = ""
    purpose: str = ""
    action: str = ""
    reflection: str = ""
    analysis: str = ""
    failed_because: str = ""
    seen: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()

    @property
    def everybody_seen(self) -> frozenset[int]:
        """All who were seen, alone or with others."""
        return self.seen | self.alone if self.made else frozenset()

    @property
    def is_written_up(self) -> bool:
        """Whether purpose, action, reflection and analysis are all there: then the visit counts as recorded."""
        return all(text.strip() for text in (self.purpose, self.action, self.reflection, self.analysis))


@dataclass(frozen=True)
class VisitFacts:
    """What is known when a visit is written down."""

    told: Told
    now: datetime
    requested_at: datetime
    ended_at: datetime | None
    family: frozenset[int]
    state: str = "planned"


def visit_has_happened(facts: VisitFacts) -> bool:
    """A visit can be written down once it has happened. Plan it until then."""
    return facts.told.happened_at <= facts.now


def visit_follows_the_request(facts: VisitFacts) -> bool:
    """The visit would be before the family asked for help. Check the date."""
    return day_of(facts.told.happened_at) >= day_of(facts.requested_at)


def help_had_not_ended(facts: VisitFacts) -> bool:
    """Help had ended before this visit. Check the date."""
    return facts.ended_at is None or day_of(facts.told.happened_at) <= day_of(facts.ended_at)


def somebody_was_seen(facts: VisitFacts) -> bool:
    """Say who was seen, or that nobody was."""
    return not facts.told.made or bool(facts.told.everybody_seen)


def a_failed_visit_says_why(facts: VisitFacts) -> bool:
    """Write why nobody was seen."""
    return facts.told.made or bool(facts.told.failed_because.strip())


def only_the_family_was_seen(facts: VisitFacts) -> bool:
    """Somebody ticked as seen is not in this family. Add them to the family first."""
    return facts.told.everybody_seen <= facts.family


def visit_was_not_called_off(facts: VisitFacts) -> bool:
    """This visit was called off. Record another one."""
    return facts.state != "cancelled"


TO_RECORD = (
    visit_has_happened,
    visit_follows_the_request,
    help_had_not_ended,
    somebody_was_seen,
    a_failed_visit_says_why,
    only_the_family_was_seen,
    visit_was_not_called_off,
)


@dataclass(frozen=True)
class PlanFacts:
    """What is known when a visit is planned or called off."""

    planned_for: datetime
    now: datetime
    episode_is_open: bool
    is_planned: bool = True


def plan_is_ahead(facts: PlanFacts) -> bool:
    """Plan a visit for a time still to come. Record it if it has been."""
    return facts.planned_for >= facts.now


def help_goes_on(facts: PlanFacts) -> bool:
    """Help for this family has ended, so no visit can be planned."""
    return facts.episode_is_open


def visit_is_still_planned(facts: PlanFacts) -> bool:
    """This visit has been recorded or called off already."""
    return facts.is_planned


TO_PLAN = (plan_is_ahead, help_goes_on)
TO_MOVE = (visit_is_still_planned, help_goes_on, plan_is_ahead)
TO_CALL_OFF = (visit_is_still_planned,)
