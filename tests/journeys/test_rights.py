"""Somebody asks for what is held on them: a teacher writes it down, information governance answers it."""

import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Place
from tests.journeys.browser import check, screenshot
from tests.journeys.conftest import SignIn
from tests.journeys.roads import in_each_place_at_a_desk_or_a_phone
from tests.refusals.test_every_route import a_record_of_each_kind

pytestmark = [pytest.mark.browser, pytest.mark.commits]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def seen(page: Page, name: str, phone: bool) -> None:
    check(page)
    screenshot(page, f"rights-{name}-{'phone' if phone else 'desk'}")


@in_each_place_at_a_desk_or_a_phone
def test_somebody_gets_what_is_held_on_them(place: Place, person: SignIn, place_name: str, phone: bool) -> None:
    # Given a mother whose family has a record of every kind
    a_record_of_each_kind(place, framework=place_name)

    # When she asks a teacher, who writes it down
    page = person("teacher", phone=phone)
    page.goto("/rights/register/")
    seen(page, "register", phone)
    page.get_by_label("Who asks?").fill("Marigold Quillfeather")
    page.get_by_label("For themselves").check()
    page.get_by_label("Whose record do they want?").fill("Marigold Quillfeather, 3 February 1988")
    page.get_by_label("Where does the answer go?").fill("1 Test Street, DT1 1XJ")
    page.get_by_label("Said to a member of staff").check()
    page.get_by_label("How do you know who they are? (optional)").fill("Known to the school")
    press(page, "Register the request")
    seen(page, "registered", phone)
    number = page.url.split("/")[-3]

    # Then an officer finds it, with the day it must be answered by
    page = person("governance", phone=phone)
    seen(page, "home", phone)
    page.goto("/rights/")
    seen(page, "list", phone)
    page.get_by_role("link", name=f"SAR {int(number):05}").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Say whose record is meant").click()
    page.get_by_label("First name").fill("Marigold")
    page.get_by_label("Last name").fill("Quillfeather")
    for box, value in (("Day", "3"), ("Month", "2"), ("Year", "1988")):
        page.get_by_label(box).fill(value)
    press(page, "Add them")
    page.get_by_role("button", name="Gather what is held").click()
    seen(page, "gather", phone)
    press(page, "Gather it")
    seen(page, "through", phone)

    # And nothing is released before everything that names others is decided
    page.goto(f"/rights/requests/{number}/release/")
    press(page, "Release it")
    expect(page.get_by_text("Decide first on everything that may concern other people").first).to_be_visible()
    page.goto(f"/rights/requests/{number}/through/")
    while page.get_by_role("link", name="Decide on all").count():
        with page.expect_navigation():
            page.get_by_role("link", name="Decide on all").first.click()
        page.get_by_label("Hide it").check()
        press(page, "Save")
    page.get_by_role("link", name="Change").first.click()
    seen(page, "decide", phone)

    # And before it is decided whether the file of each document is given
    page.goto(f"/rights/requests/{number}/release/")
    press(page, "Release it")
    expect(page.get_by_text("Decide first for each document whether its file").first).to_be_visible()
    page.goto(f"/rights/requests/{number}/through/")
    seen(page, "files-to-decide", phone)
    page.get_by_role("link", name="Decide on the file of row").first.click()
    seen(page, "decide-file", phone)
    with page.expect_download() as opened:
        page.get_by_role("button", name="Open the file").click()
    assert opened.value.path().read_bytes() == b"Ashby was never absent."
    page.get_by_label("Give it with the copy").check()
    press(page, "Save")
    while page.get_by_role("link", name="Decide on the file of row").count():
        with page.expect_navigation():
            page.get_by_role("link", name="Decide on the file of row").first.click()
        page.get_by_label("Withhold it").check()
        page.get_by_label("Why is it withheld?").select_option(index=1)
        press(page, "Save")

    # Then the copy is released, downloaded and sent
    page.goto(f"/rights/requests/{number}/release/")
    seen(page, "release", phone)
    press(page, "Release it")
    seen(page, "request", phone)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="PDF").first.click()
    assert downloaded.value.suggested_filename.endswith(".pdf")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="All of it, with the files (ZIP)").click()
    with zipfile.ZipFile(downloaded.value.path()) as archive:
        assert archive.namelist() == ["copy.pdf", "copy.html", "copy.json", "files/01-letter.txt"]
    with page.expect_navigation():
        page.get_by_role("button", name="Answer the request").click()
    page.get_by_label("A copy was given").check()
    page.get_by_label("How was the person told?").fill("By recorded delivery")
    press(page, "It is answered")
    page.goto("/rights/?show=answered")
    expect(page.get_by_text("A copy was given")).to_be_visible()
    check(page)
