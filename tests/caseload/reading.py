"""What a page says, for tests that read it."""

from datetime import UTC, datetime

from django.http import HttpResponse

from baton.platform.models import User
from tests.client import page_client
from tests.html import parse, text_of

# A Friday in London, seven weeks after the Monday on which the factories' families ask for help.
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def words_of(response: HttpResponse) -> str:
    """The words between the header and the footer, the family's bar among them."""
    body = parse(response.content.decode()).find(".//body")
    assert body is not None
    return text_of(body).split("Skip to main content", 1)[-1]


def read(user: User, path: str) -> str:
    """What the page says to this person, who may open it."""
    response = page_client(user).get(path)
    assert response.status_code == 200, response.status_code
    return words_of(response)


def links_of(response: HttpResponse) -> dict[str, str]:
    """Every link of a page by its words; the last one where words repeat."""
    found = parse(response.content.decode()).findall(".//a")
    return {text_of(link): link.get("href", "") for link in found}


def section(response: HttpResponse, key: str) -> str:
    """The words of the part of a page with this id."""
    found = parse(response.content.decode()).find(f".//*[@id='{key}']")
    return "" if found is None else text_of(found)
