"""When a framework wants the next review, and whether it may be done without a meeting."""

from dataclasses import dataclass
from datetime import date

from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.stories import framework_of
from baton.plans.policies.reviews import may_be_collected, review_rules
from baton.practice.calendar import OutsideCalendarError
from baton.practice.facts import EpisodeFacts
from baton.practice.timescales import Timescale


@dataclass(frozen=True)
class ReviewAsked:
    """What the framework asks of an episode's reviews. `due_on` is the last day in time while a review is owed."""

    rules: tuple[Timescale, ...]
    may_be_collected: bool
    due_on: date | None

    def next_after(self, held_on: date) -> date | None:
        """The last day in time for a review that follows one on this day; None where no interval is set."""
        due = [
            rule.within.due_on(held_on) for rule in self.rules if rule.within is not None and not rule.within.in_hours
        ]
        return min(due, default=None)

    def says_after(self, held_on: date) -> tuple[date | None, str]:
        """The same with the rule's own words; nothing where no interval is set, or no calendar holds the day."""
        try:
            return self.next_after(held_on), " ".join(rule.says for rule in self.rules)
        except OutsideCalendarError:
            return None, ""


def review_asked(episode: Episode) -> ReviewAsked:
    """What the episode's framework asks of its reviews. One query."""
    framework, facts = framework_of(episode), facts_of(episode)
    rules = review_rules(framework, facts)
    owed = Deadline.objects.filter(
        episode=episode, timescale__in=[rule.id for rule in rules], state=Deadline.State.OPEN, due_on__isnull=False
    )
    return ReviewAsked(
        rules=rules,
        may_be_collected=may_be_collected(framework, facts),
        due_on=owed.order_by("due_on").values_list("due_on", flat=True).first(),
    )


def facts_of(episode: Episode) -> EpisodeFacts:
    """What decides which rules of the whole episode apply. No query, and no children."""
    return EpisodeFacts(
        level=episode.level,
        route="step_down" if episode.route == Episode.Route.STEP_DOWN else "request",
        flags=frozenset(episode.flags),
    )
