"""The hub's queue and the requests somebody sent, as pages show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Page

from baton.platform.dates_in_words import moment
from baton.practice.frameworks import Framework
from baton.requests.models import HelpRequest
from baton.requests.queries import HubCounts, QueueRow

NO_TIMESCALE = "No timescale set"


def queue_rows(page: Page[QueueRow], at: datetime) -> list[dict[str, Any]]:
    """Each request of a page of the queue, in ready words."""
    return [
        {
            "request": row.request,
            "family": row.surnames or "No name given",
            "status": row.status,
            "due": moment(row.request.screen_due_at) or NO_TIMESCALE,
            "time_left": time_left(row.request.screen_due_at, at),
            "received": moment(row.request.received_at),
            "from_whom": from_whom(row.request),
            "who_has_it": row.request.screener.name if row.request.screener else "Nobody yet",
            "children": row.children,
            "earlier": row.earlier,
            "known": _known(row),
            "in_danger": row.request.child_in_danger,
        }
        for row in page
    ]


def answered_rows(page: Iterable[HelpRequest], framework: Framework) -> list[dict[str, Any]]:
    """Requests with what each led to, in ready words; of one that waits there is no outcome yet."""
    return [
        {
            "request": request,
            "family": request.surnames or "No name given",
            "from_whom": from_whom(request),
            "received": moment(request.received_at),
            "outcome": decision_in_words(request, framework),
            "answered": moment(request.screened_at),
            "by": request.screener.name if request.screener else "",
        }
        for request in page
    ]


def from_whom(request: HelpRequest) -> str:
    """ "Tess Teacher, Larkhill School", or what kind of enquirer it is."""
    return f"{request.enquirer_name}, {request.enquirer_organisation or request.get_source_display().lower()}"


def decision_in_words(request: HelpRequest, framework: Framework) -> str:
    """The framework's words for the decision; nothing before there is one."""
    titles = {decision.id: decision.title for decision in framework.decisions}
    return titles.get(request.decision, request.decision.replace("_", " ").capitalize())


def level_in_words(request: HelpRequest, framework: Framework) -> str:
    """ "3 Universal Partnership Plus"; nothing where no level was chosen."""
    titles = {level.number: f"{level.number} {level.title}" for level in framework.levels}
    return titles.get(request.level, str(request.level)) if request.level is not None else ""


def counts_in_words(counts: HubCounts) -> str:
    """One sentence on how the queue stands."""
    said = [
        f"{counts.waiting} waiting",
        f"{counts.screening} being screened",
        f"{counts.overdue} overdue" if counts.overdue else "",
        f"{counts.due_soon} due soon" if counts.due_soon else "",
        f"{counts.to_tell} answered whose enquirer is still to be told" if counts.to_tell else "",
    ]
    return ", ".join(part for part in said if part) + "."


def sent_requests(page: Page[HelpRequest], framework: Framework) -> list[dict[str, Any]]:
    """What became of each request somebody sent."""
    return [
        {
            "request": request,
            "family": request.surnames or "No name given",
            "sent": moment(request.received_at),
            "outcome": decision_in_words(request, framework),
            "answer": request.answer,
            "answered": moment(request.screened_at),
            "by": request.screener.name if request.screener else "",
            "expected": expected_by(request, framework),
        }
        for request in page
    ]


def expected_by(request: HelpRequest, framework: Framework) -> str:
    """By when an answer may be expected, in a sentence."""
    hub = framework.terms.get("hub", "hub")
    if request.screen_due_at is None:
        return f"The {hub} will contact you. {framework.name}’s framework sets no time for this."
    return f"The {hub} will answer by {moment(request.screen_due_at)}."


def time_left(due_at: datetime | None, at: datetime) -> str:
    """ "5 hours left", "2 days late"; nothing where nothing is due."""
    if due_at is None:
        return ""
    hours = abs((due_at - at).total_seconds()) / 3600
    number, unit = (round(hours / 24), "day") if hours >= 48 else (max(1, round(hours)), "hour")
    amount = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{amount} left" if due_at >= at else f"{amount} late"


def _known(row: QueueRow) -> str:
    if row.has_open_episode:
        return "Help under way"
    return "Known" if row.is_known else ""
