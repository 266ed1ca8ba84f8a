"""The pictures of the README and the guides, taken of the demonstration place: BATON_SCREENSHOTS=docs makes them."""

import os
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db.models import Count, F, OuterRef, Subquery
from django.urls import reverse
from playwright.sync_api import Page

from baton.assessments.models import Assessment
from baton.demonstration.loading import load_place
from baton.episodes.models import Allocation, Episode
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import RoleHeld, Team, User
from baton.platform.roles import Role
from baton.practice.loading import framework_in_force
from baton.requests.actions import Answer, screen
from tests.factories.requests import a_request
from tests.journeys.browser import Windows, check, screenshot

pytestmark = pytest.mark.skipif(os.environ.get("BATON_SCREENSHOTS") != "docs", reason="pictures are taken by choice")
FAMILIES = int(os.environ.get("BATON_FAMILIES", "200"))
MOST_BYTES = 200_000
DESK_TALL, PHONE_TALL = 1050, 1400


class Shown(NamedTuple):
    """Whom the pictures are of."""

    worker: User
    manager: User
    hub_adviser: User
    episode: Episode
    assessment: Assessment
    waiting: Episode


def test_the_pictures_of_the_documentation(windows: Windows, place_name: str) -> None:
    load_place(place=place_name, families=FAMILIES, until=clock.now(), say=lambda done: None)
    shown = somebody_with_much_to_show()
    family, episode = [shown.episode.family_id], [shown.episode.pk]
    as_worker = {
        "home": reverse("home"),
        "family": reverse("family", args=family),
        "deadlines": reverse("deadlines", args=family),
        "assessment": reverse("assessment-in-full", args=[shown.assessment.pk]),
        "plan": reverse("plan", args=episode),
        "contradictions": reverse("contradictions"),
    }
    take(windows, shown.worker, as_worker)
    as_manager = {"manager-home": reverse("home"), "allocate": reverse("allocate", args=[shown.waiting.pk])}
    take(windows, shown.manager, as_manager)
    take(windows, shown.hub_adviser, {"hub-queue": reverse("hub-queue")})
    take(windows, shown.worker, {"phone-visit": reverse("record-visit", args=episode)}, phone=True)


def take(windows: Windows, user: User, pages: dict[str, str], *, phone: bool = False) -> None:
    """A picture of each page as the person sees it, small enough to keep with the source."""
    page = windows.open(user=user, phone=phone)
    for name, path in pages.items():
        page.goto(path)
        check(page)
        if name == "deadlines":
            ask_why(page)
        file = screenshot(page, name, tall=PHONE_TALL if phone else DESK_TALL)
        assert file.stat().st_size < MOST_BYTES, f"{name} takes {file.stat().st_size} bytes"


def ask_why(page: Page) -> None:
    """Open the explanation of the first deadline that could be read otherwise."""
    page.locator("details.baton-why").filter(has_text="also be read otherwise").first.locator("summary").click()


def somebody_with_much_to_show() -> Shown:
    """Who leads the most families, that of theirs in which most has happened, and one that waits in their team."""
    hub_adviser = the_first(Role.HUB_ADVISER)
    with acting_as(the_first(Role.SERVICE_MANAGER)):
        led = Allocation.objects.filter(until_at=None, practitioner__roles_held__team=F("episode__team"))
        planned = led.filter(episode__state=Episode.State.OPEN, episode__plan__agreed_at__isnull=False)
        planned = planned.filter(episode__assessments__authorised_at__isnull=False)
        leading = led.filter(practitioner=OuterRef("practitioner")).order_by().values("practitioner")
        many = Subquery(leading.annotate(many=Count("pk")).values("many"))
        best = planned.annotate(families=many, events=Count("episode__events")).order_by("-families", "-events")
        worker, episode = best[0].practitioner, best[0].episode
        assessment = Assessment.objects.filter(episode=episode).order_by("-pk")[0]
        team = episode.team
    manager = RoleHeld.objects.get(role=Role.TEAM_MANAGER, team=team).user
    return Shown(worker, manager, hub_adviser, episode, assessment, one_who_waits(team, hub_adviser))


def one_who_waits(team: Team, hub_adviser: User) -> Episode:
    """A family for which the hub opened help an hour ago."""
    now, framework = clock.now(), framework_in_force("dorset", on=clock.today())
    asked = a_request(by=hub_adviser, at=now - timedelta(hours=30))
    opening = next(each.id for each in framework.decisions if each.kind == "opens_episode")
    told = Answer(opening, reason="Mornings", answer="The team rings", answered_how="phone", level=3, team=team)
    with acting_as(hub_adviser):
        answered = screen(request=asked, answer=told, place="dorset", by=hub_adviser, at=now - timedelta(hours=1))
    with acting_as(the_first(Role.SERVICE_MANAGER)):
        return Episode.objects.get(pk=answered.episode_id)


def the_first(role: Role) -> User:
    """Somebody who holds the role."""
    held = RoleHeld.objects.filter(role=role).order_by("pk").select_related("user").first()
    assert held
    return held.user
