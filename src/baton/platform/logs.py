"""Keeps personal data, and what somebody typed to mislead a reader, out of the logs."""

import logging
import re
import time
from typing import Any

from django.http import HttpRequest

WITHHELD = "(message withheld)"
NO_SUCH_PAGE = "(no such page)"
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


class Line(logging.Formatter):
    """One line: the moment in UTC, how grave, who says it, what."""

    converter = time.gmtime  # type: ignore[assignment]
    default_msec_format = "%s.%03dZ"
    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")


class WithoutPersonalData(logging.Filter):
    """Tells of a request by its route and the numbers in it, and of an exception by its kind and where it came from.

    A query, a path that leads nowhere and an exception's message may all quote what somebody typed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(record.args, tuple):
            path = request.path if isinstance(request, HttpRequest) else None
            record.args = tuple(_plain(each, path, request) for each in record.args)
        if record.name.startswith("django.security.") and not record.args:  # the whole message is the exception's
            record.msg = WITHHELD
        if record.exc_info and record.exc_info[1] is not None:
            kind, _, trace = record.exc_info
            record.exc_info = (kind, Exception(f"{kind.__name__ if kind else ''} {WITHHELD}"), trace)
            record.exc_text = None  # another handler may have written the message out already
        return True


def route_of(request: HttpRequest) -> str:
    """The route that a request took, with the numbers of records and without words: they may be names, or secrets."""
    match = request.resolver_match
    if match is None:
        return NO_SUCH_PAGE

    def told(part: re.Match[str]) -> str:
        return str(match.kwargs.get(part["name"], "…")) if part["kind"] == "int" else "…"

    return "/" + PART.sub(told, match.route)


def _plain(value: Any, path: str | None, request: Any) -> Any:
    if isinstance(value, BaseException):
        return type(value).__name__
    if not isinstance(value, str):
        return value
    if path is not None and value in (path, request.get_full_path()):
        return route_of(request)
    told = value.split("?")[0]
    return told if told.isprintable() else told.encode("unicode_escape").decode()
