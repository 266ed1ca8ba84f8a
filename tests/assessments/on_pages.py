"""Opening and sending the pages of an assessment."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.client import PageClient, page_client
from tests.factories import Place

NOW = datetime(2026, 10, 20, 14, 0, tzinfo=UTC)


def page(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def text(response: HttpResponse) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#39;", "'").split())


def send(client: PageClient, path: str, **typed: Any) -> HttpResponse:
    return client.post(path, {"form_key": str(uuid4()), **typed})


def of(user: User) -> PageClient:
    return page_client(user)


def ashby(place: Place, episode: Episode) -> Person:
    with acting_as(place.manager):
        return FamilyMember.objects.get(family_id=episode.family_id, person__given_name="Ashby").person


PLAN = {"focus": "Mornings and school.", "when_and_where": "", "who_to_speak_to": "", "aids": ""}
