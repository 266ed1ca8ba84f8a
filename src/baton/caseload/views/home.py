"""Home by role: the parts of every role somebody holds stand below each other. And each list of it, whole."""

from datetime import datetime
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baton.caseload.presenters.lists import MANAGER_LISTS, PRACTITIONER_LISTS, SHOWN, beginning_of, lists_for
from baton.caseload.presenters.rows import locality_row
from baton.caseload.queries.due import counts_in, teams_managed_by
from baton.caseload.queries.notices import families_helped_now, notices_for
from baton.caseload.queries.place import count_accounts, count_queue, teams_with_counts
from baton.episodes.queries.allocation import workers_with_caseloads
from baton.platform import clock
from baton.platform.models import User
from baton.platform.roles import ROLE_SHEETS, Role
from baton.rights.queries.requests import count_by_urgency

A_PAGE = 30
MOST_WORKERS = 60
# Roles whose work has no list on this page: it says what they are for.
WITHOUT_WORK_HERE = {Role.COORDINATOR, Role.PANEL_CHAIR, Role.AUDITOR, Role.ANALYST}


def home(request: HttpRequest) -> HttpResponse:
    """What is late, what falls due soon, and what waits for this person."""
    user, at = cast(User, request.user), clock.now()
    context: dict[str, Any] = {"title": "Your work", "today": clock.today()}
    if user.has_role(Role.HUB_ADVISER):
        context["queue"] = count_queue(at=at)
    if user.has_role(Role.PRACTITIONER):
        mine = {each.key: beginning_of(each, user, at=at) for each in PRACTITIONER_LISTS}
        context |= {"mine": mine, "due": counts_in(mine["due"].records)}
    if teams_managed_by(user):
        context |= _for_manager(user, at)
    if user.has_role(Role.SERVICE_MANAGER):
        context["teams"] = list(teams_with_counts(at=at)[: SHOWN * 3 + 1])
        context["most_teams"] = SHOWN * 3
    if user.has_role(Role.ADMINISTRATOR):
        context["accounts"] = count_accounts(on=clock.today())
    if user.has_role(Role.GOVERNANCE):
        context["rights"] = count_by_urgency(on=clock.today())
    context["notices"] = notices_for(user, at=at, on=clock.today())
    held = sorted({role.label: role for role, _ in user.held if role in WITHOUT_WORK_HERE}.items())
    context["roles"] = [{"name": name, "sheet": ROLE_SHEETS[role]} for name, role in held]
    return render(request, "caseload/home.html", context)


def work_list(request: HttpRequest, key: str) -> HttpResponse:
    """One list of the home page, whole, a page at a time."""
    user, at = cast(User, request.user), clock.now()
    listed = lists_for(user.has_role(Role.PRACTITIONER), bool(teams_managed_by(user))).get(key)
    if listed is None:
        raise Http404("There is no such list for this person.")
    page = Paginator(listed.held(user.pk, teams_managed_by(user), at), A_PAGE).get_page(request.GET.get("page"))
    shown = [listed.row(record, at) for record in page]
    context = {"title": listed.title, "rows": shown, "page": page, "none_text": listed.none}
    return render(request, "caseload/work_list.html", context)


def locality(request: HttpRequest) -> HttpResponse:
    """The families of a coordinator's locality, a page at a time, by name."""
    page = Paginator(families_helped_now(), A_PAGE).get_page(request.GET.get("page"))
    shown = [locality_row(episode) for episode in page]
    context = {
        "title": "Families of your locality",
        "rows": shown,
        "page": page,
        "none_text": "No family is helped now.",
    }
    return render(request, "caseload/work_list.html", context)


def teams(request: HttpRequest) -> HttpResponse:
    """Every team of the place with its counts, a page at a time."""
    page = Paginator(teams_with_counts(at=clock.now()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "caseload/teams.html", {"title": "Teams", "page": page})


def _for_manager(user: User, at: datetime) -> dict[str, Any]:
    lists = {each.key: beginning_of(each, user, at=at) for each in MANAGER_LISTS}
    workers = workers_with_caseloads(teams_managed_by(user), at=at, on=clock.today())
    return {"managed": lists, "workers": list(workers[:MOST_WORKERS])}
