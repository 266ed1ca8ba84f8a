"""The plan in words that a family reads as easily as a practitioner."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from baton.plans.models import Goal, Plan, PlanAction, SeenAlone
from baton.plans.queries.reviews import ReviewAsked
from baton.platform.dates_in_words import day, long_day
from baton.platform.statuses import Status, status_of
from baton.practice.frameworks import Framework


@dataclass(frozen=True)
class ActionInWords:
    """One action, as its line reads."""

    id: int
    what: str
    owner: str
    due: str
    how_we_know: str
    status: Status
    ended: str
    note: str


@dataclass(frozen=True)
class GoalInWords:
    """One goal, as its sheet reads. `keys` are the one-time keys of its two buttons."""

    id: int
    number: int
    wanted: str
    outcome: str
    result: Status | None
    actions: list[ActionInWords]
    is_last: bool
    keys: tuple[UUID, UUID] = field(default_factory=lambda: (uuid4(), uuid4()), compare=False)


RESULT_COLOURS = {"met": "green", "partly_met": "yellow", "not_met": "red", "no_longer_wanted": "grey"}


def goals_in_words(plan: Plan | None, framework: Framework, *, on: date) -> list[GoalInWords]:
    """The goals in the family's order."""
    goals = list(plan.goals.all()) if plan else []
    outcomes = dict(outcome_choices(framework))
    return [
        GoalInWords(
            id=goal.pk,
            number=number,
            wanted=goal.wanted,
            outcome=outcomes.get(goal.outcome, goal.outcome),
            result=_result(goal, framework),
            actions=[action_in_words(each, on=on) for each in goal.actions.all()],
            is_last=number == len(goals),
        )
        for number, goal in enumerate(goals, start=1)
    ]


def action_in_words(action: PlanAction, *, on: date) -> ActionInWords:
    """One action on a day."""
    late = action.stands == "todo" and action.due_on < on
    ended = {"todo": "", "done": "Done on", "dropped": "No longer needed since"}[action.stands]
    return ActionInWords(
        id=action.pk,
        what=action.what,
        owner=action.owner,
        due=long_day(action.due_on),
        how_we_know=action.how_we_know,
        status=status_of("plan_action", "late" if late else action.stands),
        ended=f"{ended} {long_day(action.done_on)}" if ended else "",
        note=action.note,
    )


def terms_in_words(plan: Plan | None) -> list[tuple[str, str]]:
    """How everybody works together, as rows of a summary."""
    if plan is None:
        return []
    weeks = plan.visit_every_weeks
    visits = "" if weeks is None else "Every week" if weeks == 1 else f"Every {weeks} weeks"
    alone = [(f"{_called(row)} is seen alone", row.how_often) for row in plan.children_alone.all()]
    rows = [("The family is visited", visits), *alone, ("If things get worse", plan.contingency)]
    return [(key, value or "Not said yet") for key, value in [*rows, ("The plan is reviewed", day(plan.review_on))]]


def state_of(plan: Plan | None, *, episode_is_open: bool) -> str:
    """Where the plan stands: "draft", "agreed" or "ended"."""
    if not episode_is_open:
        return "ended"
    return "agreed" if plan is not None and plan.is_agreed else "draft"


def outcome_choices(framework: Framework) -> list[tuple[str, str]]:
    """The framework's outcomes, as a form offers them."""
    return [(each.id, each.title) for each in framework.outcomes]


def review_hint(asked: ReviewAsked, *, from_on: date) -> str:
    """By when a review is owed; before one is, what the framework asks of the first."""
    if asked.due_on is None:
        return next_review_hint(asked, from_on=from_on)
    return f"The review is due by {day(asked.due_on)}. {asked.says_after(from_on)[1]}"


def next_review_hint(asked: ReviewAsked, *, from_on: date) -> str:
    """What the framework asks of the review after one on this day, for the line under the question."""
    due, says = asked.says_after(from_on)
    if due is None:
        return "The framework sets no interval here: agree one with the family"
    return f"{says} Counted from today that is by {day(due)}"


def later_than_asked(asked: ReviewAsked, *, held_on: date, next_on: date | None) -> str:
    """A sentence when the next date is later than the framework asks; nothing when it is in time."""
    due, _ = asked.says_after(held_on)
    if due is None or next_on is None or next_on <= due:
        return ""
    return f"The date you set, {day(next_on)}, is later than the framework asks: {day(due)}."


def _called(row: SeenAlone) -> str:
    return row.person.known_as or row.person.given_name


def _result(goal: Goal, framework: Framework) -> Status | None:
    for each in framework.goal_outcomes:
        if each.id == goal.result:
            return Status(each.title, RESULT_COLOURS[each.kind])
    return None
