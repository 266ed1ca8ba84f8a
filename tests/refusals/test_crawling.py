"""Everybody asks every address there is with the ids of families that are not theirs, and posts to it what they like.

The addresses come from the routes themselves, so that a new one cannot be forgotten.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import URLPattern, reverse
from psycopg import sql

from baton.accounts.presenters.permissions import NOT_OF_A_FAMILY, routes
from baton.platform import clock
from baton.platform.date_fields import DayField, MomentField
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.client import sign_in_fully
from tests.refusals.marked import Families, Marked, as_owner, three_families, what_is_kept
from tests.refusals.test_every_route import address_of

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]

NOT_FOUND = (403, 404)
# Those whose own pages are read too, for what is others': a worker, and who sees all teams but what is restricted.
READ_THEIR_OWN = ("worker", "service_manager")
# About looks at a family, or who may look: information governance opens these, and they say nothing of the family.
OF_GOVERNANCE = {
    *("looks", "restrict-family", "restriction", "name-person", "unname-person", "keep-restricted", "lift-restriction"),
    *("emergency-opened", "review-emergency"),
}
# Where information governance decides how long a record is kept: it is told whose, and never of a restricted one.
OF_RETENTION = {"retention", "holds", "retention-family", "review-record", "approve-disposal", "take-back-disposal"}
OF_RETENTION |= {"decide-correction"}
# The hub answers requests before there is a family, and the teacher sent this one.
OF_A_REQUEST = {"request", "ask-sent", "take-request", "give-back-request", "request-agreement", "link-person"}
OF_A_REQUEST |= {"screen-request", "tell-enquirer"}
LEAVES = {"sign-out", "end-session", "end-sessions"}


@pytest.fixture(autouse=True)
def no_log() -> Iterator[None]:
    """Thousands of refusals would each leave a page of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def is_about_a_family(route: URLPattern) -> bool:
    return bool({name for name in route.pattern.converters if name.endswith("_id")} - NOT_OF_A_FAMILY)


def asked_with(route: URLPattern, user: User, families: Families) -> tuple[Marked, ...]:
    """The families whose ids stand in the address: all three, but one where the role alone is refused."""
    view: Any = route.callback
    is_refused = not view.audience.admits(user)  # by the roles that `client_of` read
    if not is_about_a_family(route):
        return (families.own,)
    return (families.closed,) if is_refused else tuple(families)


def governs_retention(who: str, route: URLPattern) -> bool:
    """Whether this is information governance where it must know whose record it decides on."""
    return who == "governance" and route.name in OF_RETENTION


def is_named(route: URLPattern, user: Any, family: Marked) -> bool:
    """Whether the address is of the restriction among the records, for which two of the team are named."""
    return "restriction_id" in route.pattern.converters and user in (family.place.worker, family.place.manager)


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    sign_in_fully(client, user)
    with acting_as(user):  # reads their roles
        assert user.held
    return client


def faults_in(response: Any, asked: str, forbidden: list[str]) -> Iterator[str]:
    if response.status_code >= 500:
        yield f"{asked}: {response.status_code}"
    said = b"".join(response) if response.streaming else response.content
    for mark in forbidden:
        if mark.lower().encode() in said.lower():
            yield f"{asked} ({response.status_code}) shows {mark}"


def test_nobody_meets_a_family_that_is_not_theirs_at_any_address() -> None:
    families = three_families()
    found: list[str] = []
    asked = 0
    for who, user in families.people.items():
        client = client_of(user)
        marks = {family.family_id: family.forbidden_to(user) for family in families}
        forbidden = [mark for each in marks.values() for mark in each]
        for route in routes():
            if route.name in LEAVES:
                continue
            for family in asked_with(route, user, families):
                if is_about_a_family(route) and not marks[family.family_id] and who not in READ_THEIR_OWN:
                    continue
                address = address_of(route, family.records, who)
                response = client.get(address)
                asked += 1
                told = f"{who} at {route.name} ({address})"
                names = {families.own.name, families.other.name} if governs_retention(who, route) else set()
                found += faults_in(response, told, [mark for mark in forbidden if mark not in names])
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


def test_nobody_finds_a_family_that_is_not_theirs_by_search() -> None:
    families = three_families()
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


def typed_for(page: Any, family: Marked, strangers: Marked) -> dict[str, str]:
    """Something for each field of a form, and the ids of somebody else's family wherever an id could stand."""
    typed: dict[str, str] = {}
    ids = {name: str(value) for name, value in strangers.records.items() if isinstance(value, int)}
    for name, field in page.form_class.base_fields.items():
        typed |= _typed(name, field, ids)
    return typed | {"version": "1"} | {name: ids[name] for name in ids if name in typed}


def _typed(name: str, field: forms.Field, ids: dict[str, str]) -> dict[str, str]:
    on = clock.today() - timedelta(days=3)
    if isinstance(field, DayField | MomentField):
        told = {"day": on.day, "month": on.month, "year": on.year, "hour": 10, "minute": 30, "time": "10:30am"}
        return {f"{name}-{part}": str(value) for part, value in told.items()}
    if isinstance(field, forms.ChoiceField):
        offered = [str(value) for value, _ in field.choices if value not in ("", None) and not isinstance(_, list)]
        return {name: offered[0] if offered else ids["person_id"]}
    if isinstance(field, forms.IntegerField):
        return {name: ids["family_id"]}
    if isinstance(field, forms.BooleanField):
        return {name: "on"}
    return {name: "Words that are long enough to be a reason"}


def pages() -> Iterator[tuple[URLPattern, Any]]:
    """Every route about a family that takes a form."""
    for route in routes():
        page = getattr(route.callback, "page", None)
        if page is not None and is_about_a_family(route) and hasattr(page, "form_class"):
            yield route, page


def test_nothing_that_is_forged_changes_a_family_that_is_not_theirs() -> None:
    families = three_families()
    found, sent = [], 0
    before = {family.family_id: what_is_kept(family.family_id) for family in families}
    for who, user in families.people.items():
        client = client_of(user)
        for family in families:
            if len(family.forbidden_to(user)) != 2 or who == "governance":
                continue
            for route, page in pages():
                if (
                    family not in asked_with(route, user, families)
                    or route.name in OF_A_REQUEST
                    or is_named(route, user, family)
                ):
                    continue
                response = client.post(address_of(route, family.records, who), typed_for(page, family, family))
                sent += 1
                if response.status_code not in NOT_FOUND:
                    found.append(f"{who} posts to {route.name}: {response.status_code}")
        after = {family.family_id: what_is_kept(family.family_id) for family in families}
        found += [
            f"{who} changed {_differences(before[each], after[each])}" for each in after if before[each] != after[each]
        ]
        before = after
    assert not found, "\n".join(found)
    assert sent > 1_500, sent


def test_ids_of_another_family_in_ones_own_forms_change_nothing_of_it_and_bring_nobody_over() -> None:
    families = three_families()
    client = client_of(families.own.place.worker)
    strangers = (families.other, families.closed)
    before = {each.family_id: what_is_kept(each.family_id) for each in strangers}
    named_before = _people_brought_over(families)  # two people of one name, in a request for what is held
    taken = 0
    for route, page in pages():
        for each in strangers:
            typed = typed_for(page, families.own, each)
            for name in page.form_class.base_fields:  # also where a list of the page itself would offer other ids
                if name in ("person", "child", "holder", "who", "of_whom", "member", "other", "witness", "known"):
                    typed[name] = str(each.records["person_id"])
            response = client.post(address_of(route, families.own.records, "worker"), typed)
            assert response.status_code < 500, f"{route.name}: {response.status_code}"
            taken += response.status_code == 302
    assert taken > 3, "no form was taken: nothing was tried"
    assert {each.family_id: what_is_kept(each.family_id) for each in strangers} == before
    assert _people_brought_over(families) == named_before


def _people_brought_over(families: Families) -> list[str]:
    """The columns of one's own family's rows that name somebody of another family."""
    with as_owner() as cursor:
        cursor.execute(
            "select person_id from people_familymember where family_id = any(%s)",
            [[families.other.family_id, families.closed.family_id]],
        )
        others = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "select k.conrelid::regclass::text, a.attname::text from pg_constraint k"
            " join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)"
            " where k.contype = 'f' and k.confrelid = 'people_person'::regclass and exists (select from pg_attribute f"
            " where f.attrelid = k.conrelid and f.attname = 'family_id')"
        )
        named = []
        for table, column in cursor.fetchall():
            asked = sql.SQL("select count(*) from {} where family_id = %s and {} = any(%s)")
            cursor.execute(
                asked.format(sql.Identifier(table), sql.Identifier(column)), [families.own.family_id, others]
            )
            if cursor.fetchone()[0]:
                named.append(f"{table}.{column}")
        return named


def _differences(before: dict[str, Any], after: dict[str, Any]) -> str:
    return ", ".join(table for table in after if before.get(table) != after[table])
