"""What must be true before a meeting, or a review without one, is on record."""

from dataclasses import dataclass
from datetime import date

from baton.plans.policies.plan import help_goes_on


@dataclass(frozen=True)
class MeetingFacts:
    """What is known when somebody records a planning meeting, a review or an ending meeting."""

    episode_is_open: bool
    is_review: bool
    is_ending: bool
    met: bool
    may_be_collected: bool
    chair: str
    note_taker: str
    asked: int
    answered: int
    childs_views: str
    decision: str
    help_ends: bool
    shared_back: str
    held_on: date
    next_on: date | None
    today: date
    help_ended_on: date | None = None


def it_has_happened(facts: MeetingFacts) -> bool:
    """Record a meeting after it was held."""
    return facts.held_on <= facts.today


def help_had_not_ended(facts: MeetingFacts) -> bool:
    """Help had ended before this day. Check the date."""
    return facts.help_ended_on is None or facts.held_on <= facts.help_ended_on


def a_review_meets_where_it_must(facts: MeetingFacts) -> bool:
    """At this level of need a review is a meeting. Record when it was held and who came."""
    return facts.met or facts.may_be_collected


def somebody_came(facts: MeetingFacts) -> bool:
    """Say who came to the meeting."""
    return not facts.met or facts.answered > 0


def an_update_was_collected(facts: MeetingFacts) -> bool:
    """Write down at least one update that you collected."""
    return facts.met or facts.answered > 0


def chair_and_note_taker_are_named(facts: MeetingFacts) -> bool:
    """Say who chaired the meeting and who took the notes."""
    return not facts.met or bool(facts.chair.strip() and facts.note_taker.strip())


def chair_and_note_taker_are_two_people(facts: MeetingFacts) -> bool:
    """Name another note taker: it is hard to chair a meeting and take its notes at the same time."""
    return not facts.chair.strip() or as_one_name(facts.chair) != as_one_name(facts.note_taker)


def the_childs_views_are_written(facts: MeetingFacts) -> bool:
    """Write what the children think, as they said it or as somebody brought it for them."""
    return bool(facts.childs_views.strip())


def a_review_decides(facts: MeetingFacts) -> bool:
    """Say what the review decided: carry on, step up, less help, or work towards closing."""
    return not facts.is_review or bool(facts.decision)


def updates_were_shared_back(facts: MeetingFacts) -> bool:
    """Say how everybody heard what the updates said together."""
    return facts.met or bool(facts.shared_back.strip())


def the_next_date_is_set(facts: MeetingFacts) -> bool:
    """Set the date of the next review, unless you work towards closing or step up."""
    return facts.is_ending or facts.help_ends or facts.next_on is not None


def the_next_date_comes_after(facts: MeetingFacts) -> bool:
    """Set a next date later than the day you are recording."""
    return facts.next_on is None or facts.next_on > facts.held_on


WHATEVER_IS_WRITTEN = (
    it_has_happened,
    somebody_came,
    an_update_was_collected,
    chair_and_note_taker_are_named,
    chair_and_note_taker_are_two_people,
    the_childs_views_are_written,
    a_review_decides,
    updates_were_shared_back,
    the_next_date_is_set,
    the_next_date_comes_after,
)
TO_RECORD_MEETING = (help_goes_on, a_review_meets_where_it_must, *WHATEVER_IS_WRITTEN)
TO_CORRECT_MEETING = (help_had_not_ended, *WHATEVER_IS_WRITTEN)


def as_one_name(name: str) -> str:
    """A name without regard to capitals and spaces, to tell whether two are one person."""
    return " ".join(name.split()).casefold()
