"""The client pages are tested through: it reads every page it is given as a strict critic would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baton.platform.middleware import LAST_SEEN, seen_cookie
from baton.platform.models import User
from baton.platform.signed_in import note_second_step, note_sign_in
from tests.html import lint_page

MOST_QUERIES = 15
LATER = datetime(2100, 1, 1, tzinfo=UTC)  # however a test sets the clock, nobody has been away for long


class PageClient(Client):
    """A Django client that lints each HTML page and counts its queries."""

    queries: int = 0

    def request(self, **request: Any) -> HttpResponse:
        with CaptureQueriesContext(connection) as captured:
            response = super().request(**request)
        self.queries = sum(1 for query in captured.captured_queries if _counts(query["sql"]))
        if response.get("Content-Type", "").startswith("text/html") and response.content:
            faults = lint_page(response.content.decode())
            assert not faults, "\n".join(faults)
            assert self.queries <= MOST_QUERIES or request.get("REQUEST_METHOD") != "GET", (
                f"{self.queries} queries for one page:\n" + "\n".join(q["sql"][:150] for q in captured.captured_queries)
            )
        return response


def page_client(user: User | None = None) -> PageClient:
    """A client signed in as the person, or as nobody."""
    client = PageClient()
    if user is not None:
        sign_in_fully(client, user)
    return client


def sign_in_fully(client: Client, user: User, *, second_step: str = "totp", at: datetime = LATER) -> None:
    """Let somebody in as if both steps had been taken at that moment; given none, for as long as a test may last."""
    client.force_login(User.objects.get(pk=user.pk))  # a password may have been set since
    session = client.session
    note_sign_in(session, at=at, user_agent="Chrome Linux")
    if second_step:
        note_second_step(session, second_step)
    session.save()
    client.cookies[LAST_SEEN] = seen_cookie(session.session_key, at)


@contextmanager
def queries_counted() -> Iterator[CaptureQueriesContext]:
    """Count the queries of a block."""
    with CaptureQueriesContext(connection) as captured:
        yield captured


def _counts(sql: str) -> bool:
    return not sql.upper().startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"))
