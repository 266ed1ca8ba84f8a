"""Who looked at a record, what became of it, and what one person did."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.governance.presenters.changes import changes_in_words
from baton.governance.presenters.logs import activity_in_words, looks_in_words, people_in_words
from baton.governance.queries.accounts import staff_found
from baton.governance.queries.logs import (
    activity_of,
    changes_of,
    family_to_watch,
    get_person,
    looks_at,
    people_who_looked,
)
from baton.people.models import Family
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.roles import MANAGERS, Role

A_PAGE = 50
MOST_PEOPLE = 30
LONGEST_NUMBER, LONGEST_NAME = 12, 100


def looks(request: HttpRequest, family_id: int) -> HttpResponse:
    """Who has looked at a family's record: each person once, then every look."""
    user = cast(User, request.user)
    family = family_to_watch(family_id, user)
    note_look(family_id=family_id, what="list of looks", by=user, at=clock.now())
    page = Paginator(looks_at(family_id), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Who has looked at this record",
        "family": family,
        "family_id": family_id,
        "people": people_in_words(people_who_looked(family_id)[:MOST_PEOPLE]),
        "lines": looks_in_words(page),
        "page": page,
    }
    return render(request, "governance/looks.html", context)


def history(request: HttpRequest, family_id: int) -> HttpResponse:
    """What each record of a family was and became, by whom, through which action."""
    user = cast(User, request.user)
    family = get_held_family(family_id)
    note_look(family_id=family_id, what="history", by=user, at=clock.now())
    page = Paginator(changes_of(family_id), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "History of this record",
        "family": family,
        "told": changes_in_words(list(page)),
        "page": page,
        "may_watch": user.has_role(*MANAGERS, Role.GOVERNANCE),
    }
    return render(request, "governance/history.html", context)


def your_activity(request: HttpRequest) -> HttpResponse:
    """What the reader looked at and did."""
    return _activity(request, cast(User, request.user), title="What you looked at and did")


def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, to read what they looked at and did; and the looks at one family, by its number."""
    number = request.GET.get("family", "")
    if number.isdecimal() and len(number) < LONGEST_NUMBER:
        return HttpResponseRedirect(reverse("looks", args=[int(number)]))
    text = request.GET.get("q", "")[:LONGEST_NAME]
    page = Paginator(staff_found(text), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "Who looked at what", "text": text, "page": page, "people": page.object_list}
    return render(request, "governance/people.html", context)


def activity(request: HttpRequest, user_id: int) -> HttpResponse:
    """What one person looked at and did, for information governance."""
    person = get_person(user_id)
    note_look(family_id=None, what=f"activity of account {user_id}", by=cast(User, request.user), at=clock.now())
    return _activity(request, person, title=f"What {person.name} looked at and did")


def _activity(request: HttpRequest, person: User, *, title: str) -> HttpResponse:
    page = Paginator(activity_of(person), A_PAGE).get_page(request.GET.get("page"))
    rows: list[dict[str, Any]] = list(page)
    families = Family.objects.filter(pk__in={row["family_id"] for row in rows if row["family_id"]})
    known = dict(families.values_list("pk", "name"))
    is_own = person == request.user
    context = {"title": title, "lines": activity_in_words(rows, known), "page": page, "is_own": is_own}
    return render(request, "governance/activity.html", context)
