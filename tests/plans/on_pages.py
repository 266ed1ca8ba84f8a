"""Opening and sending the pages of plans, meetings and closures."""

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from django.urls import reverse

from baton.episodes.models import Episode
from baton.people.models import Person
from baton.people.queries import members_on
from tests.client import PageClient
from tests.factories.plans import (
    PLANNED,
    PLANNED_ON,
    REVIEW_ON,
)

NOW = PLANNED + timedelta(hours=3)


def parent_in(episode: Episode) -> Person:
    return next(each.person for each in members_on(episode.family_id, on=PLANNED_ON) if each.part == "parent")


def words(response: Any) -> str:
    return unescape(response.content.decode())


def day(name: str, on: date) -> dict[str, Any]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def post(client: PageClient, name: str, *args: Any, **typed: Any) -> Any:
    return client.post(reverse(name, args=args), {"form_key": uuid4(), **typed})


def meeting_typed(**typed: Any) -> dict[str, Any]:
    told = {
        **day("held_at", PLANNED_ON),
        "held_at-time": "9am",
        "rows": "3",
        "name_0": "Tess Teacher",
        "agency_0": "Larkhill Test School",
        "came_0": "on",
        "name_1": "Nina Nurse",
        "chair": "Wilf Worker",
        "note_taker": "Tess Teacher",
        "childs_voice": "represented",
        "childs_views": "Ashby wants a quiet morning.",
        "discussed": "How mornings go.",
        "decisions": "A bedtime for everybody.",
        **day("next_on", REVIEW_ON),
    }
    return told | typed
