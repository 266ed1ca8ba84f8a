"""What must be true before a plan is changed or agreed."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class OfAnEpisode(Protocol):
    """Facts about work that is only done while help goes on."""

    @property
    def episode_is_open(self) -> bool: ...


def help_goes_on(facts: OfAnEpisode) -> bool:
    """Help for this family has ended. What was written stays as it is."""
    return facts.episode_is_open


@dataclass(frozen=True)
class ChangeFacts:
    """What is known when somebody changes a plan."""

    episode_is_open: bool


TO_CHANGE = (help_goes_on,)


@dataclass(frozen=True)
class RemovalFacts:
    """What is known when somebody takes a goal or an action out of a plan."""

    episode_is_open: bool
    plan_is_agreed: bool


def plan_is_still_being_written(facts: RemovalFacts) -> bool:
    """What was agreed stays in the plan. Say of an action that it is no longer needed, and of a goal how it ended."""
    return not facts.plan_is_agreed


TO_REMOVE = (help_goes_on, plan_is_still_being_written)


@dataclass(frozen=True)
class ActionFacts:
    """What is known when somebody says where an action of a plan stands."""

    episode_is_open: bool
    done_on: date | None
    today: date


def done_by_today(facts: ActionFacts) -> bool:
    """Enter a day that has come: an action is ticked when it has been done."""
    return facts.done_on is None or facts.done_on <= facts.today


TO_TICK = (help_goes_on, done_by_today)


@dataclass(frozen=True)
class AgreementFacts:
    """What is known when somebody says that a plan is agreed."""

    episode_is_open: bool
    is_agreed: bool
    goals: int
    goals_without_action: int
    review_on: date | None
    agreed_on: date
    agreed_with: str
    today: date


def plan_is_not_agreed_yet(facts: AgreementFacts) -> bool:
    """This plan is agreed already. Change it, and what you change is kept as a revision."""
    return not facts.is_agreed


def plan_has_a_goal(facts: AgreementFacts) -> bool:
    """Write down at least one goal that the family wants to reach."""
    return facts.goals > 0


def each_goal_has_an_action(facts: AgreementFacts) -> bool:
    """Give each goal at least one action: who does what, by when, and how everyone will know."""
    return facts.goals_without_action == 0


def review_date_is_set(facts: AgreementFacts) -> bool:
    """Set the date on which the plan will be reviewed."""
    return facts.review_on is not None


def agreed_by_today(facts: AgreementFacts) -> bool:
    """Enter a day that has come: a plan is agreed when the family has said yes to it."""
    return facts.agreed_on <= facts.today


def review_comes_after_agreement(facts: AgreementFacts) -> bool:
    """Set a review date later than the day on which the plan is agreed."""
    return facts.review_on is None or facts.review_on > facts.agreed_on


def somebody_agreed(facts: AgreementFacts) -> bool:
    """Say with whom in the family the plan was agreed."""
    return bool(facts.agreed_with.strip())


# What the plan itself must hold (DOR 13.1; DLP: outcomes, timescales for each part and a review date) …
READY_TO_AGREE = (plan_has_a_goal, each_goal_has_an_action, review_date_is_set)
# … and the rest of what makes it agreed.
TO_AGREE = (
    help_goes_on,
    plan_is_not_agreed_yet,
    *READY_TO_AGREE,
    agreed_by_today,
    review_comes_after_agreement,
    somebody_agreed,
)
