"""What came from another system: numbers for the administrator, lines without names for information governance."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from baton.episodes.models import Episode
from baton.importing.jobs import bring_extract, try_extract
from baton.importing.models import Run
from baton.platform.guard import acting_as
from tests.factories import Place
from tests.factories.accounts import give_everybody_a_password
from tests.factories.episodes import REASONS
from tests.importing.extracts import a_family, a_person, an_episode, an_extract
from tests.journeys.browser import check, screenshot
from tests.journeys.conftest import SignIn
from tests.journeys.roads import Road, in_each_place_wide_or_narrow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.commits,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


NOT_THEIRS = "Worry about worries"  # a reason on nobody's list


def brought(place: Place, road: Road, folder: Path) -> Run:
    """An extract in the place's own words, but for the reason of its second episode, which the place does not know."""
    people = [*a_family(), a_person(4, "Ebrel", "DUPLICATE", "03/05/2015"), a_person(5, "Piran", "Marsh", "31/02/2019")]
    episodes = [
        an_episode(1, "P1", "01/09/2026", Why=road.reason),
        an_episode(2, "P2", "02/09/2026", Why=NOT_THEIRS),
        an_episode(3, "P9", "01/09/2026"),
    ]
    extract = an_extract(folder, team=place.team.name, people=people, episodes=episodes)
    sure = {"Almost certainly": 1, "Perhaps": 2}
    try_extract(extract=extract, place=road.place, by=place.administrator, report=lambda _: sure, say=lambda _: None)
    return bring_extract(
        extract=extract, place=road.place, by=place.administrator, report=lambda _: {}, say=lambda _: None
    )


@in_each_place_wide_or_narrow
def test_what_was_brought_is_read_in_numbers_and_by_line(
    place: Place, person: SignIn, road: Road, tmp_path: Path, phone: bool
) -> None:
    # Given an extract that was tried and brought
    brought(place, road, tmp_path)
    give_everybody_a_password()
    size = "phone" if phone else "desk"

    # When the administrator looks
    page = person("administrator", phone=phone)
    page.goto("/imports/")
    check(page)
    screenshot(page, f"imports-{size}")
    page.get_by_role("link", name="Testsystem").first.click()
    check(page)
    screenshot(page, f"import-run-{size}")

    # Then there are numbers and no names
    expect(page.get_by_text("What became of the rows")).to_be_visible()
    assert "Testcombe" not in page.content()
    assert not page.get_by_role("link", name="line by line").count()

    # And information governance reads what was found in which line
    page = person("governance", phone=phone)
    page.goto("/imports/")
    page.get_by_role("link", name="Testsystem").first.click()
    page.get_by_role("link", name="line by line").click()
    expect(page.get_by_text("people.csv, line 5").first).to_be_visible()
    assert "Ebrel" not in page.content()
    expect(page.get_by_text("is a code that nobody translated").first).to_be_visible()
    check(page)
    screenshot(page, f"import-lines-{size}")
    page.get_by_role("link", name="Not brought").click()
    check(page)

    # And a reason of the place's own list came in as that place's
    with acting_as(place.worker):
        assert [each.reasons for each in Episode.objects.filter(reasons__len__gt=0)] == [[REASONS[road.place]]]
