"""Somebody at a browser: reads, follows links, fills forms in, and looks at each new kind of page they come to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from baton.platform import clock
from baton.platform.clock import LONDON
from baton.platform.jobs import midnight
from tests.journeys.browser import DESK, PHONE
from tests.journeys.looking import Eyes


@dataclass
class Somebody:
    """One person in one window. `looks` is false where the browser runs no script, and so no accessibility check."""

    page: Page
    place: str
    eyes: Eyes
    looks: bool = True

    # Going about

    def goes_to(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self._look()

    def follows(self, link: str, *, inside: Locator | None = None) -> None:
        """Follow the first link that begins with these words."""
        found = (inside or self.page).get_by_role("link", name=link).first
        with self.page.expect_navigation():
            found.click()
        self._look()

    def presses(self, button: str, *, refused: bool = False) -> None:
        """Send a form. Unless it should be, it is not refused."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).first.click()
        faults = self.page.locator(".govuk-error-summary, .baton-versions")
        assert bool(faults.count()) == refused, f"{self.page.url}: {faults.all_inner_texts() or 'nothing was refused'}"
        self._look()

    def _look(self) -> None:
        if self.looks:
            self.eyes.look(self.page, self.place)

    # Reading

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        """The page without its header, menu and footer."""
        return self.page.get_by_role("main")

    def is_at(self, heading: str) -> None:
        """The page's heading is this."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def reads(self, *texts: str) -> None:
        """Each of these stands on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_read(self, *texts: str) -> None:
        """None of these stands on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    @property
    def is_on_a_phone(self) -> bool:
        """Whether their window is as wide as a phone."""
        return (self.page.viewport_size or DESK)["width"] <= PHONE["width"]

    def has_way(self, link: str) -> bool:
        """Whether there is such a link."""
        return self.page.get_by_role("link", name=link).count() > 0

    # Filling in

    def writes(self, label: str, text: str) -> None:
        """Type into a box."""
        self.page.get_by_label(label, exact=True).fill(text)

    def picks(self, label: str, option: str) -> None:
        """Select from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def chooses(self, question: str, answer: str) -> None:
        """Choose one answer."""
        self.group(question).get_by_label(answer, exact=True).check()

    def ticks(self, question: str, *answers: str) -> None:
        """Tick each of these answers."""
        for answer in answers:
            self.group(question).get_by_label(answer, exact=True).check()

    def dates(self, question: str, day: date) -> None:
        """Type a date."""
        boxes = self.group(question)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(number))

    def times(self, question: str, at: datetime) -> None:
        """Type a date and a time."""
        local = at.astimezone(LONDON)
        self.dates(question, local.date())
        self.group(question).get_by_label("Time", exact=True).fill(f"{local:%H:%M}")

    def group(self, question: str) -> Locator:
        """The boxes or answers of one question."""
        return self.page.get_by_role("group", name=question, exact=True)


def earlier_today(*, minutes: int) -> datetime:
    """So many minutes ago, but no earlier than midnight: a family that asks today is seen today."""
    now = clock.now()
    return max(now - timedelta(minutes=minutes), midnight(now.astimezone(LONDON).date()))


def number_in(path: str, after: str) -> int:
    """The id that stands in an address after a word: 12 of /families/12/timeline/."""
    parts = path.strip("/").split("/")
    return int(parts[parts.index(after) + 1])
