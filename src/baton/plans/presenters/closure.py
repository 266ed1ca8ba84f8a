"""How help ends, in words."""

from collections.abc import Sequence

from baton.episodes.models import Episode
from baton.plans.models import Closure, Meeting
from baton.plans.presenters.meetings import title_of
from baton.platform.dates_in_words import long_day, moment
from baton.practice.frameworks import Framework


def reason_choices(framework: Framework) -> list[tuple[str, str]]:
    """The framework's reasons, without stepping up, which has a page of its own and never waits for a manager."""
    return [(each.id, each.title) for each in framework.closure_reasons if each.id != Episode.State.STEPPED_UP]


def result_choices(framework: Framework) -> list[tuple[str, str]]:
    """How a goal may have ended."""
    return [(each.id, each.title) for each in framework.goal_outcomes]


def state_of(closure: Closure) -> str:
    """Where it stands: "proposed", "returned" or "closed"."""
    if closure.closed_at:
        return "closed"
    return "returned" if closure.returned_because else "proposed"


def facts_of_closure(closure: Closure, framework: Framework) -> list[tuple[str, str]]:
    """The rows of its summary."""
    reasons = {each.id: each.title for each in framework.closure_reasons}
    rows = [
        ("Why help ends", reasons.get(closure.reason, closure.reason)),
        ("Who leads next", closure.leads_next),
        ("What keeps the changes going", closure.sustaining),
        ("What the family says", closure.familys_view),
        ("What happened, in short", closure.summary),
        ("Proposed", f"{moment(closure.proposed_at)}, by {closure.proposed_by.name}"),
    ]
    if closure.closed_by:
        rows.append(("Closed", f"{moment(closure.closed_at)}, by {closure.closed_by.name}"))
    return [(key, value) for key, value in rows if value]


def before_help_ends(meetings: Sequence[Meeting]) -> list[tuple[str, str]]:
    """What an ending well done has behind it, and whether it is on record (DOR 16.1)."""
    ending = next((each for each in meetings if each.kind == Meeting.Kind.ENDING), None)
    said = f"{title_of(ending)} on {long_day(ending.held_at)}" if ending else "No ending meeting is on record"
    return [("Ending meeting", said)]
