"""The pages of one family: its record in short, what happened, what is due."""

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.caseload.forms import TimelineForm
from baton.caseload.presenters import deadlines as due_words
from baton.caseload.presenters import family as family_words
from baton.caseload.presenters.events import told
from baton.caseload.presenters.ways import step_up_url, ways_for
from baton.caseload.queries.family import (
    FamilyRecord,
    deadline_ids,
    episodes_of,
    family_record,
    lead_of,
)
from baton.caseload.queries.timeline import get_known_family, happenings, kinds_of, members_ever
from baton.episodes.permissions import may_manage
from baton.episodes.queries.deadlines import explained
from baton.episodes.queries.stories import framework_of
from baton.people.models import Family
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.practice.loading import framework_in_force
from baton.requests.presenters.queue import answered_rows
from baton.requests.queries import requests_of_family

NEXT_SHOWN = 6
A_PAGE = 50
REQUESTS_ON_A_PAGE = 20


def family(request: HttpRequest, family_id: int) -> HttpResponse:
    """The record of one family in short, and what may be done now. The hub sees only who holds the family."""
    user, at, on = cast(User, request.user), clock.now(), clock.today()
    found = get_known_family(family_id)
    note_look(family_id=family_id, what="family page", by=user, at=at)
    record = family_record(found, on=on)
    context = _about(found, record) | {
        "members": family_words.members_in_words(record.members, on=on),
        "requests": record.requests,
        "earlier": family_words.earlier_in_words(record),
        "lead_now": record.lead_now,
    }
    if not found.is_held:  # type: ignore[attr-defined]
        return render(request, "caseload/family_known.html", context)
    if record.episode:
        framework = framework_of(record.episode)
        upcoming = due_words.next_of(record.deadlines(at=at))
        names = _names(record)
        context |= {
            "facts": family_words.help_now(record, framework, on=on),
            "due": [due_words.in_words(each, framework, names) for each in upcoming[:NEXT_SHOWN]],
            "due_count": len(upcoming),
        }
    context |= {
        "latest": told(record.latest),
        "goals": record.goals,
        "ways": ways_for(user, record, at=at),
        "step_up": step_up_url(user, record),
    }
    return render(request, "caseload/family.html", context)


def requests(request: HttpRequest, family_id: int) -> HttpResponse:
    """Every request that was about this family, with what it led to; the hub sees them too."""
    found = get_known_family(family_id)
    note_look(family_id=family_id, what="requests", by=cast(User, request.user), at=clock.now())
    page = Paginator(requests_of_family(family_id), REQUESTS_ON_A_PAGE).get_page(request.GET.get("page"))
    framework = framework_in_force(settings.BATON_PLACE, on=clock.today())
    context = {"title": "Requests for help", "family": found, "page": page, "rows": answered_rows(page, framework)}
    return render(request, "caseload/family_requests.html", context)


def timeline(request: HttpRequest, family_id: int) -> HttpResponse:
    """Everything that happened, across episodes, newest first."""
    user, at = cast(User, request.user), clock.now()
    found = get_held_family(family_id)
    note_look(family_id=family_id, what="timeline", by=user, at=at)
    form = TimelineForm(request.GET, kinds=kinds_of(family_id), members=members_ever(family_id))
    page = Paginator(happenings(family_id, form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    chosen = {name: request.GET[name] for name in ("kind", "person") if request.GET.get(name)}
    context = {
        "title": "Timeline",
        "form": form,
        "page": page,
        "entries": told(page),
        "query": f"{urlencode(chosen)}&" if chosen else "",
    }
    episode = next(iter(episodes_of(family_id)), None)
    bar = {"family": found, "episode": episode, "lead": lead_of(episode)}
    return render(request, "caseload/timeline.html", bar | context)


def deadlines(request: HttpRequest, family_id: int) -> HttpResponse:
    """Every deadline of an episode, by what became of it, with its rule, its source and its other readings."""
    user, at = cast(User, request.user), clock.now()
    found = get_held_family(family_id)
    note_look(family_id=family_id, what="deadlines", by=user, at=at)
    episodes = episodes_of(family_id)
    shown = next((each for each in episodes if str(each.pk) == request.GET.get("episode")), None)
    shown = shown or next(iter(episodes), None)
    context: dict[str, Any] = {
        "title": "Deadlines",
        "shown": shown,
        "groups": [],
        "quiet": due_words.QUIET,
        "others": [e for e in episodes if e != shown],
    }
    if shown:
        names = {str(each.person_id): each.person.given_name for each in members_ever(family_id)}
        ids = deadline_ids(shown) if may_manage(user, shown) else {}
        context["groups"] = due_words.by_state(explained(shown, at=at), framework_of(shown), names, ids)
    bar = {"family": found, "episode": next(iter(episodes), None), "lead": lead_of(next(iter(episodes), None))}
    return render(request, "caseload/deadlines.html", bar | context)


def _about(found: Family, record: FamilyRecord) -> dict[str, Any]:
    return {
        "title": f"{found.name} family",
        "family": found,
        "episode": record.episode,
        "lead": record.lead,
    }


def _names(record: FamilyRecord) -> dict[str, str]:
    return {str(member.person_id): member.person.given_name for member in record.members}
