"""Which pages were looked at: each kind of page is checked once in each place, and once as wide as a phone."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page

from tests.journeys.browser import DESK, PHONE, check

Kind = tuple[str, str]
WORDS = ("step", "kind", "subject", "fact", "thing")  # of addresses that name a page, not a record


@dataclass
class Eyes:
    """Checks kinds of pages: by route, by the words in the address, and by whether errors or two versions are shown."""

    seen: set[tuple[str, Kind]] = field(default_factory=set)

    def look(self, page: Page, place: str) -> None:
        """Check the page if its kind is new here; the first time in any place also as a phone shows it."""
        kind = self._kind(page)
        wide = (page.viewport_size or DESK)["width"] > PHONE["width"]
        where = place if wide else "phone"
        if (where, kind) in self.seen:
            return
        check(page)
        self.seen.add((where, kind))
        if wide and ("phone", kind) not in self.seen:
            page.set_viewport_size(PHONE)
            check(page)
            page.set_viewport_size(DESK)
            self.seen.add(("phone", kind))

    def _kind(self, page: Page) -> Kind:
        found = resolve(urlsplit(page.url).path)
        words = [str(value) for name, value in found.kwargs.items() if name in WORDS]
        shown = [each for each in (".govuk-error-summary", ".baton-versions") if page.locator(each).count()]
        return found.url_name or "", " ".join(words + shown)
