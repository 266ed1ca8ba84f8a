"""In the browser nothing typed is lost, and a button pressed in haste does its thing once."""

import re

import pytest
from playwright.sync_api import Page, expect

from baton.episodes.models import Episode
from baton.platform.guard import acting_as
from baton.platform.models import Draft
from baton.visits.models import Visit
from tests.factories import Place, an_allocated_episode
from tests.factories.accounts import app_code
from tests.journeys.browser import Windows, check, take_first_step, take_second_step
from tests.journeys.conftest import SignIn
from tests.site import Site, soon

TYPED = "She spoke about the mornings, and then the bus came"
SAVED = re.compile("Saved at")


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def open_visit_form(page: Page, episode: Episode) -> None:
    page.goto(f"/episodes/{episode.pk}/visits/record/")


def type_half(page: Page) -> None:
    page.get_by_label("Purpose", exact=True).fill(TYPED)


def test_what_was_half_typed_is_there_in_another_browser_the_next_day(
    person: SignIn, place: Place, episode: Episode, windows: Windows
) -> None:
    page = person("worker")
    open_visit_form(page, episode)
    type_half(page)
    expect(page.get_by_role("status")).to_have_text(SAVED)
    page.context.close()

    again = person("worker", phone=True)
    open_visit_form(again, episode)
    expect(again.get_by_label("Purpose", exact=True)).to_have_value(TYPED)
    expect(again.get_by_text("We kept what you typed")).to_be_visible()
    check(again)


def test_a_page_left_in_the_middle_of_a_word_loses_no_word(person: SignIn, place: Place, episode: Episode) -> None:
    page = person("worker")
    open_visit_form(page, episode)
    type_half(page)
    page.goto("about:blank")  # before the pause after which typing is saved
    with acting_as(place.worker):
        assert soon(Draft.objects.filter(typed__purpose=[TYPED]).exists)
    open_visit_form(page, episode)
    expect(page.get_by_label("Purpose", exact=True)).to_have_value(TYPED)


def test_while_the_server_is_away_the_page_says_so_and_saves_when_it_is_back(
    person: SignIn, episode: Episode, live_site: Site
) -> None:
    page = person("worker")
    open_visit_form(page, episode)
    page.context.set_offline(True)
    type_half(page)
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text(SAVED, timeout=20_000)


def test_a_form_sent_after_the_session_ended_is_kept(person: SignIn, place: Place, episode: Episode) -> None:
    page = person("worker")
    open_visit_form(page, episode)
    type_half(page)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save the visit").click()
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    check(page)
    take_first_step(page, place.worker.email)
    take_second_step(page, app_code())
    expect(page.get_by_label("Purpose", exact=True)).to_have_value(TYPED)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_records_one_visit(windows: Windows, place: Place, episode: Episode, script: bool) -> None:
    page = windows.open(user=place.worker, script=script)
    open_visit_form(page, episode)
    page.get_by_role("radio", name="Somebody was seen").check()
    page.get_by_role("group", name="Who was seen?").get_by_role("checkbox").first.check()
    page.get_by_label("Purpose", exact=True).fill("Pressed twice")
    page.get_by_role("button", name="Save the visit").dblclick()
    expect(page).to_have_url(re.compile(r"/visits/\d+/$"))
    expect(page.get_by_text("Pressed twice")).to_be_visible()
    with acting_as(place.worker):
        assert Visit.objects.filter(purpose="Pressed twice").count() == 1
