"""Which pages were looked at: each kind of page is checked once in each place, and once as wide as a phone.

Workers that run at once share what they looked at, as files of a folder of this run: who makes the file looks.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page

from tests.journeys.browser import DESK, PHONE, check

Kind = tuple[str, str]
WORDS = ("step", "kind", "subject", "fact", "thing")  # of addresses that name a page, not a record

STATES = [".govuk-error-summary", ".baton-versions"]  # of a page, in which it looks otherwise


@dataclass
class Eyes:
    """Checks kinds of pages: by route, by the words in the address, and by whether errors or two versions are shown."""

    seen: Path

    def look(self, page: Page, place: str) -> None:
        """Check the page if its kind is new here; the first time in any place also as a phone shows it."""
        kind = self._kind(page)
        wide = (page.viewport_size or DESK)["width"] > PHONE["width"]
        if not self._is_new(place if wide else "phone", kind):
            return
        check(page)
        if wide and self._is_new("phone", kind):
            page.set_viewport_size(PHONE)
            check(page)
            page.set_viewport_size(DESK)

    def _is_new(self, where: str, kind: Kind) -> bool:
        name = hashlib.sha256("\n".join((where, *kind)).encode()).hexdigest()
        try:
            (self.seen / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _kind(self, page: Page) -> Kind:
        found = resolve(urlsplit(page.url).path)
        words = [str(value) for name, value in found.kwargs.items() if name in WORDS]
        shown: list[str] = page.evaluate("kinds => kinds.filter(each => document.querySelector(each))", STATES)
        return found.url_name or "", " ".join(words + shown)
