"""Everybody posts to every form with the ids of families that are not theirs: nothing of those families changes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.urls import URLPattern
from psycopg import sql

from baton.accounts.presenters.permissions import routes
from baton.platform import clock
from baton.platform.date_fields import DayField, MomentField
from tests.refusals.asking import NOT_FOUND, OF_A_REQUEST, asked_with, client_of, is_about_a_family, is_named, no_log
from tests.refusals.marked import Families, Marked, as_owner, three_families, what_is_kept
from tests.refusals.test_every_route import address_of

__all__ = ["no_log"]
pytestmark = [
    pytest.mark.commits,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("no_log"),
]


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
