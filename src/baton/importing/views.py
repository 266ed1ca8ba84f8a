"""What was brought in from other systems: every run, one with its report, and what was found line by line."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.importing.presenters.pages import facts_of, levels_of, lines_in_words, runs_in_words, tables_of
from baton.importing.queries.runs import get_run, lines_kept, runs
from baton.importing.reading.rows import LEVELS
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.roles import Role

A_PAGE = 30
LINES_A_PAGE = 50


def imports(request: HttpRequest) -> HttpResponse:
    """Every run, newest first."""
    page = Paginator(runs(), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "Brought from other systems", "rows": runs_in_words(page), "page": page}
    return render(request, "importing/imports.html", context)


def import_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One run in numbers: what became of the rows, what was found, who may be known already, whether it was taken
    back."""
    run = get_run(run_id)
    may_read_lines = cast(User, request.user).has_role(Role.GOVERNANCE)
    context: dict[str, Any] = {
        "title": run.title,
        "run": run,
        "facts": facts_of(run),
        "tables": tables_of(run),
        "may_read_lines": may_read_lines and lines_kept(run).exists(),
    }
    return render(request, "importing/run.html", context)


def import_lines(request: HttpRequest, run_id: int) -> HttpResponse:
    """What was found in single rows, without anybody's values, of one level or all."""
    run, level = get_run(run_id), request.GET.get("show", "")
    level = level if level in LEVELS else ""
    note_look(family_id=None, what="report of an import", by=cast(User, request.user), at=clock.now())
    page = Paginator(lines_kept(run, level=level), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "What was found, line by line",
        "run": run,
        "levels": levels_of(level),
        "lines": lines_in_words(page),
        "page": page,
        "query": f"show={level.replace(' ', '+')}&" if level else "",
    }
    return render(request, "importing/lines.html", context)
