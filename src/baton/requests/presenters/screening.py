"""A request and its answer, as lists of facts."""

from baton.platform.dates_in_words import moment
from baton.practice.frameworks import Framework
from baton.requests.models import HelpRequest
from baton.requests.presenters.answers import Row, lines
from baton.requests.presenters.queue import NO_TIMESCALE, decision_in_words, level_in_words


def request_facts(request: HelpRequest, framework: Framework) -> list[Row]:
    """When it came, when it is due and who has it."""
    rows = [
        ("Received", moment(request.received_at)),
        ("Screening due", moment(request.screen_due_at) or f"{NO_TIMESCALE} in {framework.name}’s framework"),
        ("Who has it", request.screener.name if request.screener else "Nobody yet"),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def agreement_rows(request: HelpRequest) -> list[Row]:
    """What the family says to the request, as far as the front door knows."""
    rows = [
        ("Who agreed", request.consent_by),
        ("How", {"verbal": "They said so", "written": "In writing"}.get(request.consent_method, "")),
        ("When", moment(request.consent_at)),
        ("Notes", lines([request.consent_notes])),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def answer_rows(request: HelpRequest, framework: Framework, *, with_reason: bool) -> list[Row]:
    """The decision and the answer. The reason is for those who screen or hold the family, not for the enquirer."""
    rows = [
        ("Decision", decision_in_words(request, framework)),
        ("Level of need", level_in_words(request, framework)),
        ("Signposted to", lines([request.signposted_to])),
        ("Team", request.team.name if request.team else ""),
        ("Reason", lines([request.decision_reason]) if with_reason else ""),
        ("What the person who asked was told", lines([request.answer])),
        ("How they were told", request.get_answered_how_display()),
        ("Answered", _by_and_when(request)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _by_and_when(request: HelpRequest) -> str:
    by = request.screener.name if request.screener else "the hub"
    return f"By {by} on {moment(request.screened_at)}" if request.screened_at else ""
