"""Oversight and supervision, the end of help, and what the record then tells."""

from baton.practice.happenings import Happening
from tests.journeys.road.planning import GOALS
from tests.journeys.roads import NAME, Road
from tests.journeys.somebody import Somebody

TOLD_ALWAYS = (
    Happening.REQUEST_RECEIVED,
    Happening.REQUEST_SCREENED,
    Happening.LEAD_PRACTITIONER_ALLOCATED,
    Happening.VISIT_MADE,
    Happening.WRITTEN_CONSENT_RECORDED,
    Happening.ASSESSMENT_STARTED,
    Happening.ASSESSMENT_SUBMITTED,
    Happening.ASSESSMENT_RETURNED,
    Happening.ASSESSMENT_AUTHORISED,
    Happening.PLAN_AGREED,
    Happening.PLANNING_MEETING_HELD,
    Happening.REVIEW_HELD,
    Happening.OVERSIGHT_RECORDED,
    Happening.SUPERVISION_HELD,
    Happening.CLOSED,
)


def oversee(manager: Somebody, episode_id: int) -> None:
    """A note at the first point the framework offers, and supervision."""
    manager.goes_to(f"/episodes/{episode_id}/oversight/all/")
    manager.presses("Give oversight")
    manager.group("At which point?").get_by_role("radio").first.check()
    manager.writes("Your oversight", "Read the record. The plan fits what the children say.")
    manager.presses("Save oversight")
    manager.presses("Record supervision")
    manager.writes("What was discussed about this family?", "What Ashby sees in the morning.")
    manager.writes("What was agreed?", "One more visit at breakfast.")
    manager.presses("Save supervision")
    manager.reads("Management oversight", "Supervision with", "One more visit at breakfast.")


def propose_to_close(worker: Somebody, road: Road, family_id: int) -> None:
    """Say how each goal ended and who leads next."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Propose to close")
    worker.chooses("Why can help end?", road.framework.closure_reasons[0].title)
    for goal, ended in zip(GOALS, road.framework.goal_outcomes, strict=False):
        worker.chooses(goal, ended.title)
    worker.writes("Who leads next?", "Tess Teacher, Larkhill Test School")
    worker.writes("What happened, in short?", "Mornings were hard; now they are calm.")
    worker.presses("Propose to close")
    worker.reads("Mornings were hard; now they are calm.")


def close(manager: Somebody, family_id: int) -> None:
    """The manager decides; where records are missing, says why help can end without them."""
    manager.goes_to(f"/families/{family_id}/")
    manager.follows("Decide on closing")
    manager.chooses("What do you decide?", "Close: help ends")
    if manager.page.get_by_label("Why can help end without these records?").count():
        manager.writes("Why can help end without these records?", "They were not needed for so short a help.")
    manager.presses("Save my decision")
    manager.is_at("How help ended")


def is_closed(worker: Somebody, family_id: int) -> None:
    """The family's page says so, offers no more work, and its timeline tells the whole story."""
    worker.goes_to(f"/families/{family_id}/")
    worker.reads("Help as it ended")
    for way in ("Record a visit", "Propose to close"):
        assert not worker.has_way(way)
    worker.goes_to(f"/families/{family_id}/timeline/")
    worker.reads(*(each.title for each in TOLD_ALWAYS))
    worker.goes_to("/find/")
    worker.writes("Who are you looking for?", NAME)
    worker.presses("Find")
    worker.reads("Ashby")
