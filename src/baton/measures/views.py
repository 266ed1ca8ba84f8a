"""Figures of a quarter, on a page and as a file."""

from datetime import date
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baton.measures.presenters import Names, Sheet, quarter_in_words, rows_to_download, sheets_in_words
from baton.measures.queries import figures_of, names_of_localities, names_of_teams, quarters
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.spreadsheets import csv_file
from baton.practice.loading import framework_in_force


def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one quarter that is over; small numbers are hidden, and no family is named."""
    offered = quarters(clock.today())
    quarter = _quarter(request.GET.get("quarter", offered[0].isoformat()), offered)
    note_look(
        family_id=None, what=f"figures of the quarter from {quarter}", by=cast(User, request.user), at=clock.now()
    )
    context = {
        "title": "Figures",
        "quarter": quarter,
        "called": quarter_in_words(quarter),
        "offered": [(each.isoformat(), quarter_in_words(each)) for each in offered],
        "sheets": _sheets(quarter),
    }
    return render(request, "measures/figures.html", context)


def download(request: HttpRequest, quarter: str) -> HttpResponse:
    """The same figures as a file for a spreadsheet."""
    asked = _quarter(quarter, quarters(clock.today()))
    what = f"download of the figures of the quarter from {asked}"
    note_look(family_id=None, what=what, by=cast(User, request.user), at=clock.now())
    return csv_file(f"figures-{asked}", rows_to_download(_sheets(asked), asked))


def _quarter(asked: str, offered: list[date]) -> date:
    found = next((each for each in offered if each.isoformat() == asked), None)
    if found is None:
        raise Http404("There are no figures of this quarter.")
    return found


def _sheets(quarter: date) -> list[Sheet]:
    framework = framework_in_force(settings.BATON_PLACE, on=quarter)
    names = Names(framework, quarter, teams=names_of_teams(), localities=names_of_localities())
    return sheets_in_words(figures_of(quarter), names)
