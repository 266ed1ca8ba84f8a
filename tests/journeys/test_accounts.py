"""Passkeys, apps, recovery codes, invitations, leavers, and sessions that end without taking typed work along."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from baton.platform import clock
from baton.platform.middleware import LAST_SEEN, seen_cookie
from baton.platform.models import Session
from tests.factories import Place, an_allocated_episode
from tests.factories.accounts import app_code, recovery_code
from tests.journeys.browser import DESK, PHONE, Windows, check, screenshot, sign_in, take_first_step, take_second_step
from tests.journeys.conftest import SignIn
from tests.site import Site

PASSWORD = "marmalade bicycle gravel"
TYPED = "She spoke about the mornings, and then the bus came"


@pytest.fixture
def at_localhost(windows: Windows, live_site: Site) -> Iterator[Windows]:
    """Browsers give passkeys to names, not to numbers: the same site by its name."""
    named = Windows(windows.browser, f"http://localhost:{live_site.port}")
    yield named
    named.close()
    assert not named.complaints, named.complaints


def with_a_fingerprint(page: Page) -> None:
    """Give the browser a virtual authenticator that recognises whoever touches it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    reader = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": reader | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def both_ways(page: Page) -> None:
    """Check the page as a desk and as a phone shows it."""
    check(page)
    page.set_viewport_size(PHONE)
    check(page)
    page.set_viewport_size(DESK)


def invited(person: SignIn, place: Place) -> str:
    """The administrator invites Nora and gives her a role. Returns the way her link leads."""
    page = person("administrator")
    page.get_by_role("link", name="Accounts").first.click()
    both_ways(page)
    page.get_by_role("button", name="Invite somebody").click()
    both_ways(page)
    page.get_by_label("Given name").fill("Nora")
    page.get_by_label("Family name").fill("New")
    page.get_by_label("E-mail address").fill("nora.new@example.org")
    page.get_by_label("Organisation").select_option(label=place.team.organisation.name)
    page.get_by_role("button", name="Invite them").click()
    link = re.search(r"/join/#[\w-]+", page.get_by_role("main").inner_text())
    assert link
    both_ways(page)
    page.get_by_role("button", name="Give a role").click()
    both_ways(page)
    page.get_by_role("radio", name="Practitioner").check()
    page.get_by_label("For which part of the place?").select_option(label=place.team.name)
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text(f"Practitioner, {place.team.name}").first).to_be_visible()
    return link[0]


def test_somebody_invited_comes_in_with_a_passkey_and_later_with_it_alone(
    person: SignIn, place: Place, at_localhost: Windows
) -> None:
    way = invited(person, place)
    page = at_localhost.open()
    with_a_fingerprint(page)
    page.goto(way)
    expect(page.get_by_label("Code of your invitation")).to_have_value(way.partition("#")[2])
    expect(page).to_have_url(re.compile("/join/$"))
    both_ways(page)
    page.get_by_role("button", name="Continue").click()
    both_ways(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second step")
    both_ways(page)
    page.get_by_role("link", name="A passkey").click()
    both_ways(page)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("Keep them now")).to_be_visible()
    both_ways(page)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.get_by_role("link", name="Signed in as").click()
    expect(page.get_by_text("Passkey").first).to_be_visible()
    both_ways(page)
    screenshot(page, "your-sign-in")
    page.get_by_role("button", name="Sign out", exact=True).first.click()

    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.get_by_role("button", name="Sign out").click()

    take_first_step(page, "nora.new@example.org", PASSWORD)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.goto(way)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    check(page)


def test_somebody_without_passkeys_sets_up_an_app(place: Place, windows: Windows) -> None:
    Authenticator.objects.filter(user=place.worker).delete()
    page = windows.open(phone=True)
    sign_in(page, place.worker.email)
    page.get_by_role("link", name="An app on your phone").click()
    check(page)
    page.get_by_text("I cannot use the camera").click()
    key = page.locator("details code").inner_text()
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert").first).to_contain_text("Check the code")
    check(page)
    code = app_code(key)
    page.get_by_label("Code that the app shows").fill(code)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Keep them now")).to_be_visible()


def test_a_recovery_code_lets_in_who_lost_the_phone(place: Place, windows: Windows) -> None:
    page = windows.open()
    sign_in(page, place.worker.email)
    take_second_step(page, recovery_code(place.worker.email))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")


def test_a_leaver_is_out_with_the_next_page(person: SignIn, place: Place, windows: Windows) -> None:
    worker, administrator = person("worker"), person("administrator")
    administrator.goto(f"/accounts/{place.worker.pk}/close/")
    both_ways(administrator)
    administrator.get_by_role("button", name="Close the account").click()
    expect(administrator.get_by_text("The account is closed.")).to_be_visible()
    worker.goto("/find/")
    expect(worker.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
    take_first_step(worker, place.worker.email)
    expect(worker.get_by_role("alert")).to_contain_text("Check your e-mail address and password")


def test_after_half_an_hour_somebody_is_back_in_the_half_written_form(person: SignIn, place: Place) -> None:
    episode = an_allocated_episode(place)
    page = person("worker")
    form = f"/episodes/{episode.pk}/visits/record/"
    page.goto(form)
    page.get_by_label("Purpose", exact=True).fill(TYPED)
    an_hour_passes(page)
    page.get_by_role("button", name="Save the visit").click()
    expect(page.get_by_text("nothing happened for a while")).to_be_visible()
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    both_ways(page)
    take_first_step(page, place.worker.email)
    take_second_step(page, app_code())
    expect(page).to_have_url(re.compile(re.escape(form)))
    expect(page.get_by_label("Purpose", exact=True)).to_have_value(TYPED)


def an_hour_passes(page: Page) -> None:
    """The browser was last seen an hour ago."""
    key = Session.objects.latest("expire_date").session_key
    cookie = next(each for each in page.context.cookies() if each.get("name") == LAST_SEEN)
    old = seen_cookie(key, clock.now() - timedelta(hours=1))
    page.context.add_cookies(
        [{"name": LAST_SEEN, "value": old, "domain": cookie.get("domain", ""), "path": cookie.get("path", "/")}]
    )


def test_who_may_do_what_can_be_read(person: SignIn) -> None:
    page = person("governance")
    page.goto("/permissions/")
    page.locator("details summary").first.click()
    both_ways(page)


def test_a_page_left_open_goes_with_the_session(person: SignIn, place: Place) -> None:
    """In every window of the browser; what was typed meanwhile is kept."""
    episode = an_allocated_episode(place)
    form = f"/episodes/{episode.pk}/visits/record/"
    page = person("worker")
    page.clock.install()
    page.goto(form)
    page.get_by_label("Purpose", exact=True).fill(TYPED)
    page.clock.run_for(2_000)
    expect(page.get_by_text("Saved at")).to_be_visible()
    an_hour_passes(page)
    page.clock.run_for(29 * 60_000)
    expect(page.get_by_label("Purpose", exact=True)).to_have_value(TYPED)
    page.clock.run_for(2 * 60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
    take_first_step(page, place.worker.email)
    take_second_step(page, app_code())
    expect(page.get_by_label("Purpose", exact=True)).to_have_value(TYPED)


def test_who_signs_out_in_one_window_leaves_no_page_in_another(person: SignIn, place: Place) -> None:
    episode = an_allocated_episode(place)
    page = person("worker")
    other = page.context.new_page()
    other.goto(f"/families/{episode.family_id}/")
    page.bring_to_front()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in to Baton")
