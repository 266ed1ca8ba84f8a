"""Debian's Chromium, driven for the journeys: people who sign in, and what every page is checked for.

A journey asks for the fixtures of conftest.py and reads:

    def test_a_worker_sees_her_families(place: Place, person: SignIn) -> None:
        page = person("worker")                      # or person(place.worker), person("worker", phone=True)
        page.get_by_role("link", name="Find a family").click()
        check(page)
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FloatRect,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

from baton.platform.models import User
from tests.factories.accounts import PASSWORD, cookies_of

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
QUIET = (
    "--no-sandbox",  # tests may run as root; every page is our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The shell is the same engine without the windows around it, which cost three times what the page costs.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESK, PHONE = ViewportSize(width=1200, height=900), ViewportSize(width=390, height=844)
NO_CHROMIUM = """The journeys need Chromium and it is not here. Install it as root (on Debian: apt-get install \
chromium), or name a browser in BATON_CHROMIUM. All else can be tested without: make test ARGS='-m "not browser"'"""
# GOV.UK's own script says aria-expanded of a radio that uncovers something. That is not in the specification, but some
# screen readers say it, so they keep it (alphagov/govuk-frontend issue 979) and so do we.
GOVUK_EXCEPTION = ("aria-allowed-attr", "govuk-radios__input")
# Nothing is loaded again for it: that is for pages with films or sounds, or with rules of other sites' style sheets.
RUN_AXE = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],
    preload: !!document.querySelector('audio, video')})"""


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this machine; none is ever downloaded."""
    wanted = (os.environ.get("BATON_CHROMIUM", ""), *BROWSERS)
    found = next((path for name in wanted if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(NO_CHROMIUM)
    browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
    yield browser
    browser.close()


@dataclass
class Windows:
    """The browser windows of one journey, each with cookies of its own, and what went wrong in them."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, *, user: User | None = None, phone: bool = False, script: bool = True) -> Page:
        """A window in which somebody has just signed in, or nobody."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=PHONE if phone else DESK,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        if user is not None:
            context.add_cookies([{"name": n, "value": v, "url": self.address} for n, v in cookies_of(user).items()])
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("console", self._listen)
        context.on("request", self._stays_at_home)
        self.contexts.append(context)
        return context.new_page()

    def close(self, failed_as: str = "") -> None:
        """Close all; of a journey that failed, keep what each window shows."""
        for number, context in enumerate(self.contexts):
            for page in context.pages if failed_as else ():
                screenshot(page, f"failed-{failed_as}-{number}")
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        """What the console calls an error; an answer such as 404 or 422 is for the journey to judge."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _stays_at_home(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Take the first step: fill in and send the sign-in page."""
    page.goto("/sign-in/")
    take_first_step(page, email, password)


def take_first_step(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in and send the sign-in page one was led to."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def take_second_step(page: Page, code: str) -> None:
    """Enter a code."""
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Continue").click()


def check(page: Page) -> None:
    """What every page of a journey must be: accessible, and no wider than its screen."""
    check_accessibility(page)
    check_fits(page)


def check_accessibility(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe-core can find."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())  # not a script of the page, which its content security policy would refuse
    found: dict[str, Any] = page.evaluate(RUN_AXE, list(RULES))
    violations = [each for each in found["violations"] if not _is_excepted(each)]
    assert not violations, f"{page.url} is not accessible:\n{_in_words(violations)}"


def check_fits(page: Page) -> None:
    """Nobody has to scroll sideways."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room, f"{page.url} is {width} wide on a screen of {room}"


def screenshot(page: Page, name: str, *, tall: int = 0) -> Path:
    """The page, or its top, into var/screenshots; into docs/screenshots when BATON_SCREENSHOTS=docs."""
    documents = os.environ.get("BATON_SCREENSHOTS") == "docs" and not name.startswith("failed-")
    folder = ROOT / ("docs" if documents else "var") / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    width, height = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    shown = FloatRect(x=0, y=0, width=width, height=min(height, tall or height))
    page.screenshot(path=file, full_page=True, clip=shown)
    return file


@cache
def _axe() -> str:
    """The one npm installed, else the one of axe-playwright-python."""
    package = find_spec("axe_playwright_python")
    assert package, "make install-dev"
    assert package.origin
    places = (ROOT / "node_modules" / "axe-core" / "axe.min.js", Path(package.origin).with_name("axe.min.js"))
    return next(place for place in places if place.exists()).read_text()


def _is_excepted(violation: dict[str, Any]) -> bool:
    rule, control = GOVUK_EXCEPTION
    return violation["id"] == rule and all(control in node["html"] for node in violation["nodes"])


def _in_words(violations: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"- {each['id']}: {each['help']}\n" + "\n".join(f"    {node['html'][:200]}" for node in each["nodes"][:5])
        for each in violations
    )
