"""Finding a family by whatever is known of anybody in it. What was typed never stands in an address."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.caseload.forms import SearchForm
from baton.caseload.presenters.found import findings_in_words
from baton.caseload.queries.found import find_people
from baton.governance.permissions import may_open_in_emergency
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.rate_limits import SEARCHED_TOO_OFTEN, SEARCHES
from baton.platform.routes import holder_of


def search(request: HttpRequest) -> HttpResponse:
    """One box; the answer stands below it."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    user = cast(User, request.user)
    context: dict[str, Any] = {"title": "Find a family", "form": form}
    context["may_open_in_emergency"] = may_open_in_emergency(user, None)
    if form.is_bound and form.is_valid() and SEARCHES.is_over(who=holder_of(request), at=clock.now()):
        form.add_error("name", SEARCHED_TOO_OFTEN)
        return render(request, "caseload/find.html", context, status=429)
    if form.is_bound and form.is_valid():
        note_look(family_id=None, what="search", by=user, at=clock.now())
        found = find_people(form.cleaned_data["name"], on=clock.today(), wide=form.cleaned_data["wide"])
        context["findings"] = findings_in_words(found, on=clock.today())
    return render(request, "caseload/find.html", context, status=422 if form.errors else 200)
