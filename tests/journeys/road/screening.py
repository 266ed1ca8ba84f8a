"""The hub's work with a request."""

from tests.journeys.roads import Road
from tests.journeys.somebody import Somebody


def take(hub: Somebody, road: Road, reference: str) -> None:
    """Find the request in the queue, with its clock where the framework sets one, and take it."""
    hub.goes_to("/requests/")
    hub.reads(reference)
    if any(rule.id == "screen_request" for rule in road.framework.clocks):
        hub.reads("hours left")
    hub.follows(f"request {reference}")
    hub.is_at(reference)
    hub.presses("Take this request")
    hub.reads("Answer this request")


def open_for_team(hub: Somebody, road: Road, team: str) -> None:
    """Decide that a locality team helps, and say what the enquirer was told."""
    hub.presses("Answer this request")
    hub.presses("Record the decision", refused=True)  # a request cannot be ended without an outcome and an answer
    hub.reads("nobody is left without an answer")
    level = road.level_of_need
    hub.chooses("Level of need", f"{level.number} {level.title}")
    hub.chooses("What does this request lead to?", road.opening.title)
    hub.picks("Which team will hold the family?", team)
    hub.writes("Why?", "Sleep and mornings need several people at once.")
    hub.writes("What was the person who asked told?", "The team will ring on Monday.")
    hub.chooses("How were they told?", "By telephone")
    hub.presses("Record the decision")
    hub.reads("is answered")
