"""A family is drawn in the browser: relatives and supports are added, the picture changes, nonsense is refused."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Place
from tests.journeys.browser import check, screenshot
from tests.journeys.conftest import SignIn
from tests.journeys.roads import in_each_place_and_one_at_both_widths, in_each_place_at_a_desk_or_a_phone
from tests.relationships.large_family import a_large_family
from tests.relationships.recorded import a_known_family

pytestmark = [pytest.mark.browser, pytest.mark.commits]
NEAR = 20  # pixels


def says(page: Page, person: str, kind: str, relative: str) -> None:
    page.get_by_role("button", name="Say how two people are related").click()
    page.get_by_label("Who?").select_option(label=_starting(page, "Who?", person))
    page.get_by_label("is or was the").select_option(label=kind)
    page.get_by_label("of whom?").select_option(label=_starting(page, "of whom?", relative))
    page.get_by_label("It is so now").check()
    page.get_by_role("button", name="Add", exact=True).click()


def focus_from_middle(page: Page) -> float:
    """How far the place where the picture opens is from the middle of what one sees of it, in pixels."""
    where = """() => {
        const box = document.querySelector('.baton-drawn').getBoundingClientRect()
        const focus = document.getElementById('focus').getBoundingClientRect()
        return Math.abs(box.left + box.width / 2 - focus.left - focus.width / 2)
    }"""
    return float(page.evaluate(where))


def drawn(page: Page) -> str:
    return page.locator("svg.baton-picture").text_content() or ""


def _starting(page: Page, field: str, name: str) -> str:
    offered = page.get_by_label(field).locator("option").filter(has_text=re.compile(rf"^\s*{name}"))
    return offered.first.inner_text()


@in_each_place_at_a_desk_or_a_phone
def test_a_worker_draws_a_family(place: Place, person: SignIn, place_name: str, phone: bool) -> None:
    # Given a family nobody has drawn yet
    known = a_known_family(place, framework=place_name)
    page = person("worker", phone=phone)
    page.goto(f"/families/{known.family.pk}/")
    page.get_by_role("link", name="How they are related").click()
    check(page)

    # When the worker says who is whose mother
    says(page, "Marigold", "birth mother of", "Ashby")

    # Then the picture and the words show it
    expect(page.get_by_role("img", name="Genogram of the")).to_be_visible()
    expect(page.get_by_text("Marigold Quillfeather is the birth mother of Ashby Quillfeather").first).to_be_visible()
    check(page)

    # And nonsense is refused, with what was typed
    says(page, "Ashby", "birth mother of", "Nora")
    expect(page.get_by_role("alert").get_by_text("at least 10 years older than the child")).to_be_visible()
    check(page)

    # And a relative who was missing stands in the picture too
    page.goto(f"/families/{known.family.pk}/genogram/")
    page.get_by_role("button", name="Add a relative").click()
    check(page)
    page.get_by_label("First name").fill("Ted")
    page.get_by_label("Last name").fill("Otterdown")
    page.get_by_label("Male", exact=True).check()
    page.get_by_label("They are or were the").select_option(label="birth father of")
    page.get_by_label("of whom?").select_option(label=_starting(page, "of whom?", "Marigold"))
    page.get_by_role("button", name="Add", exact=True).click()
    assert "Otterdown" in drawn(page)
    check(page)


@in_each_place_at_a_desk_or_a_phone
def test_a_worker_draws_a_network(place: Place, person: SignIn, place_name: str, phone: bool) -> None:
    known = a_known_family(place, framework=place_name)
    page = person("worker", phone=phone)
    page.goto(f"/families/{known.family.pk}/network/")
    check(page)
    page.get_by_role("button", name="Add to the network").click()
    check(page)
    page.get_by_label("Who or what is it?").fill("Boxing club")
    page.get_by_label("What kind of support is it?").select_option(label="Clubs and leisure")
    page.get_by_label("Strong", exact=True).check()
    page.get_by_label("It gives the family strength").check()
    page.get_by_role("button", name="Add", exact=True).click()
    assert "Boxing club" in drawn(page)
    page.get_by_role("link", name="It has changed").click()
    check(page)


@in_each_place_and_one_at_both_widths
def test_a_worker_reads_a_large_family_and_a_busy_network(
    place: Place, person: SignIn, place_name: str, phone: bool
) -> None:
    known, size = a_large_family(place, framework=place_name), "phone" if phone else "desk"
    page = person("worker", phone=phone)
    page.goto(f"/families/{known.family.pk}/genogram/")
    expect(page.get_by_role("img", name="Genogram of the")).to_be_visible()
    for name in known.people:
        assert name in drawn(page)
    expect(page.get_by_text("Marigold Quillfeather is the birth mother of Hazel Quillfeather").first).to_be_visible()
    check(page)
    expect(page.get_by_text("The picture is wider than this page")).to_be_visible()
    screenshot(page, f"large-genogram-{size}", tall=1800)

    # It opens on the children, and a link leads back to them where a browser does not
    assert focus_from_middle(page) < NEAR
    page.locator(".baton-drawn").evaluate("box => { box.scrollLeft = 0 }")
    page.get_by_role("link", name="Go to the children").click()
    assert focus_from_middle(page) < NEAR
    page.get_by_role("link", name="see all of it, made smaller").click()
    expect(page.get_by_role("link", name="Show it at its full size")).to_be_visible()
    width, room = page.locator(".baton-drawn").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert width <= room
    check(page)
    screenshot(page, f"large-genogram-whole-{size}", tall=1800)
    page.goto(f"/families/{known.family.pk}/network/")
    assert "Speech and" in drawn(page)
    check(page)
    screenshot(page, f"busy-ecomap-{size}", tall=1800)
