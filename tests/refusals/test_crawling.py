"""Everybody asks every address there is with the ids of families that are not theirs.

The addresses come from the routes themselves, so that a new one cannot be forgotten.
"""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.test import TransactionTestCase
from django.urls import URLPattern, reverse
from pytest_django import DjangoDbBlocker

from baton.accounts.presenters.permissions import routes
from baton.platform.models import Locality, Team
from baton.platform.roles import Role
from tests.factories import a_user
from tests.refusals.asking import (
    NOT_FOUND,
    OF_A_REQUEST,
    asked_with,
    client_of,
    is_about_a_family,
    is_named,
    is_refused_alike,
    no_log,
)
from tests.refusals.marked import Families, three_families
from tests.refusals.test_every_route import address_of

__all__ = ["no_log"]
pytestmark = [pytest.mark.commits, pytest.mark.usefixtures("no_log")]

# Those whose own pages are read too, for what is others': a worker, and who sees all teams but what is restricted.
READ_THEIR_OWN = ("worker", "service_manager")
# About looks at a family, or who may look: information governance opens these, and they say nothing of the family.
OF_GOVERNANCE = {
    *("looks", "restrict-family", "restriction", "name-person", "unname-person", "keep-restricted", "lift-restriction"),
    *("emergency-opened", "review-emergency", "close-virus"),
}
# Where information governance decides how long a record is kept: it is told whose, and never of a restricted one.
OF_RETENTION = {"retention", "holds", "retention-family", "review-record", "approve-disposal", "take-back-disposal"}
OF_RETENTION |= {"decide-correction"}
# Requests that became nobody's record: they are no family's.
OF_RETENTION |= {"retention-request", "review-request", "approve-request-disposal", "take-back-request-disposal"}
LEAVES = {"sign-out", "end-session", "end-sessions"}
# Somebody of a team that none of these families met: a page on which they stand offers everybody who has an account.
BYSTANDER = "Bystandersby"
LISTS_OF_STAFF = {"accounts", "staff-activity"}  # a page at a time, with a search


@pytest.fixture(scope="module")
def families(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Families]:
    """Made once for both: whoever only asks changes nothing of them."""
    with django_db_blocker.unblock():
        families = three_families()
        _bystander(families)
        yield families
        TransactionTestCase._fixture_teardown(cast(Any, None))


def _bystander(families: Families) -> None:
    place = families.own.place
    locality = Locality.objects.create(name="Elsewhere")
    team = Team.objects.create(
        name="Elsewhere team", kind="locality", locality=locality, organisation=place.team.organisation
    )
    a_user((Role.PRACTITIONER, team), name=f"Bea {BYSTANDER}")


def governs_retention(who: str, route: URLPattern) -> bool:
    """Whether this is information governance where it must know whose record it decides on."""
    return who == "governance" and route.name in OF_RETENTION


def faults_in(response: Any, asked: str, forbidden: list[str]) -> Iterator[str]:
    if response.status_code >= 500:
        yield f"{asked}: {response.status_code}"
    said = b"".join(response) if response.streaming else response.content
    for mark in forbidden:
        if mark.lower().encode() in said.lower():
            yield f"{asked} ({response.status_code}) shows {mark}"


def test_nobody_meets_a_family_that_is_not_theirs_at_any_address(families: Families) -> None:
    found: list[str] = []
    asked, refused = 0, set[tuple[str, frozenset[str]]]()
    for who, user in families.people.items():
        client = client_of(user)
        marks = {family.family_id: family.forbidden_to(user) for family in families}
        forbidden = [mark for each in marks.values() for mark in each]
        for route in routes():
            if route.name in LEAVES or is_refused_alike(route, user, refused):
                continue
            for family in asked_with(route, user, families):
                if is_about_a_family(route) and not marks[family.family_id] and who not in READ_THEIR_OWN:
                    continue
                address = address_of(route, family.records, who)
                response = client.get(address)
                asked += 1
                told = f"{who} at {route.name} ({address})"
                names = {families.own.name, families.other.name} if governs_retention(who, route) else set()
                too_many = set() if route.name in LISTS_OF_STAFF else {BYSTANDER}
                found += faults_in(response, told, [*(mark for mark in forbidden if mark not in names), *too_many])
                if len(marks[family.family_id]) == 2 and is_about_a_family(route) and not is_named(route, user, family):
                    found += _opened(response, who, str(route.name), told)
    assert not found, "\n".join(found)
    assert asked > 4_500, asked


def _opened(response: Any, who: str, name: str, told: str) -> Iterator[str]:
    excepted = (
        (who == "governance" and name in OF_GOVERNANCE | OF_RETENTION)
        or name in OF_A_REQUEST
        or name.startswith("ask-")
    )
    if response.status_code not in NOT_FOUND and not excepted:
        yield f"{told} answered {response.status_code}"


def test_nobody_finds_a_family_that_is_not_theirs_by_search(families: Families) -> None:
    found: list[str] = []
    for who, user in families.people.items():
        client = client_of(user)
        for family in families:
            # What was typed stands on the page again: so the family is looked for by a name, and met by its text.
            mark = family.forbidden_to(user)[:1]
            if len(family.forbidden_to(user)) == 2:
                response = client.post(reverse("search"), {"name": f"Ashby{family.name.lower()} {family.name}last"})
                links = reverse("family", args=[family.family_id]).encode()
                if links in response.content:
                    found.append(f"{who} finds {mark}")
                known = b"is known to early help" in response.content
                if family is families.closed and known:
                    found.append(f"{who} is told that {mark} is known")
    assert not found, "\n".join(found)
