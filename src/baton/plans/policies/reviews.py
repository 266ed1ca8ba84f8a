"""What a framework says of an episode's reviews: which rules ask for them, and whether they must be meetings."""

from collections.abc import Iterator

from baton.practice.facts import EpisodeFacts
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.timescales import Timescale


def review_rules(framework: Framework, facts: EpisodeFacts) -> tuple[Timescale, ...]:
    """The rules that ask for a review of this episode; none where no interval is set or an open level decides."""
    return tuple(
        rule
        for rule in _rules_about_reviews(framework)
        if not rule.applies.excludes(facts) and not rule.applies.level_is_awaited(facts)
    )


def may_be_collected(framework: Framework, facts: EpisodeFacts) -> bool:
    """Whether a review may be updates that were collected, without a meeting (DLP, Team Around the Family).

    Only a framework that says which reviews must be meetings leaves the others free; elsewhere a review is a meeting.
    """
    place_tells_them_apart = any(_demands_a_meeting(rule) for rule in _rules_about_reviews(framework))
    rules = review_rules(framework, facts)
    return place_tells_them_apart and bool(rules) and not any(_demands_a_meeting(rule) for rule in rules)


def _rules_about_reviews(framework: Framework) -> Iterator[Timescale]:
    for rule in framework.clocks:
        if rule.within is not None and any(stop.event == Happening.REVIEW_HELD for stop in rule.stops_with):
            yield rule


def _demands_a_meeting(rule: Timescale) -> bool:
    return any(stop.event == Happening.REVIEW_HELD and stop.meeting is True for stop in rule.stops_with)
