"""The manager gives a family to a lead practitioner, and sets a date of their own."""

from datetime import timedelta

from baton.platform import clock
from baton.platform.dates_in_words import day
from tests.factories import Place
from tests.journeys.roads import NAME, Road
from tests.journeys.somebody import Somebody, number_in


def allocate(manager: Somebody, road: Road, place: Place) -> tuple[int, int]:
    """From the waiting list to a lead practitioner, found by name in a partner agency. Returns episode and family."""
    manager.goes_to("/waiting/")
    manager.follows(NAME)
    episode_id = number_in(manager.path, "episodes")
    lead = getattr(place, road.lead)
    name = lead.name
    if road.lead == "teacher":
        manager.writes("Find somebody else by name or agency", lead.family_name)
        manager.presses("Find")
        name = f"{lead.name} ({lead.organisation.name})"
    manager.chooses(road.framework.terms["lead_practitioner"], name)
    manager.writes("Number of children", "2")
    manager.writes("What the family needs", "Calm mornings, and sleep.")
    manager.presses("Allocate")
    manager.reads(lead.name)
    return episode_id, number_in(manager.path, "families")


def set_another_date(manager: Somebody, family_id: int) -> None:
    """Move the first deadline that is open by a week; both dates stand on the page."""
    manager.goes_to(f"/families/{family_id}/deadlines/")
    first = (
        manager.main.get_by_role("listitem").filter(has=manager.page.get_by_role("link", name="Set another date")).first
    )
    title = first.locator("strong").first.inner_text()
    own = first.locator(".baton-due__when").inner_text().split("\n")[0].removesuffix("Set another date").strip()
    manager.follows("Set another date", inside=first)
    wanted = clock.today() + timedelta(days=2)
    manager.dates("New date", wanted)
    manager.writes("Reason", "The family is away until then.")
    manager.presses("Set this date")
    moved = (
        manager.main.get_by_role("listitem").filter(has_text=title).filter(has_text="the framework’s own date is").first
    )
    text = moved.inner_text()
    assert day(wanted) in text, text
    assert own in text.split("own date is")[1], (own, text)
