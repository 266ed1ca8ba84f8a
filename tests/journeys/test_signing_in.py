"""Somebody signs in, and meets what is theirs."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Place
from tests.factories.accounts import app_code
from tests.journeys.browser import Windows, check, screenshot, sign_in, take_second_step
from tests.journeys.conftest import SignIn

ROLES = ("hub_adviser", "worker", "manager", "service_manager", "administrator", "teacher")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_wrong_password_is_refused_and_the_right_one_leads_home(place: Place, windows: Windows, phone: bool) -> None:
    page = windows.open(phone=phone)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
    check(page)
    sign_in(page, place.worker.email, "not her password")
    expect(page.get_by_role("alert")).to_contain_text("Check your e-mail address and password")
    check(page)
    sign_in(page, place.worker.email)
    check(page)
    take_second_step(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("Check the code")
    check(page)
    take_second_step(page, app_code())
    expect(page.get_by_text(place.worker.name)).to_be_visible()
    check(page)
    screenshot(page, f"home-{'phone' if phone else 'desk'}")


def test_each_role_has_a_home(person: SignIn) -> None:
    for role in ROLES:
        check(person(role))


@pytest.mark.parametrize("place_name", ["doncaster", "derby"])
def test_each_place_has_a_site_of_its_own(person: SignIn, place_name: str) -> None:
    page: Page = person("worker")
    expect(page.get_by_role("banner")).to_contain_text(place_name.capitalize())


def test_after_signing_out_nobody_sees_the_page_by_going_back(person: SignIn) -> None:
    page: Page = person("worker")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
