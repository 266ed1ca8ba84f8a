"""The client pages are tested through: it reads every page it is given as a strict critic would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baton.platform.models import User
from tests.html import lint_page

MOST_QUERIES = 15


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
        client.force_login(user)
    return client


@contextmanager
def queries_counted() -> Iterator[CaptureQueriesContext]:
    """Count the queries of a block."""
    with CaptureQueriesContext(connection) as captured:
        yield captured


def _counts(sql: str) -> bool:
    return not sql.upper().startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"))
