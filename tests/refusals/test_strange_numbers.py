"""Every address with numbers that no record has: none, less than none, and more than PostgreSQL can hold."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from baton.accounts.presenters.permissions import routes
from tests.client import sign_in_fully
from tests.factories import a_place
from tests.factories.guarded import an_audit
from tests.refusals.asking import no_log
from tests.refusals.test_every_route import address_of

__all__ = ["no_log"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_log")]
NUMBERS = {
    "nothing": 0,
    "more than an integer": 2**31,
    "the last": 2**63 - 1,
    "more than a bigint": 2**63,
    "far more": 10**30,
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("who", ["service_manager", "governance", "administrator"])
def test_a_number_that_no_record_has_finds_nothing_and_breaks_nothing(who: str, number: int) -> None:
    place = a_place()
    client = Client(raise_request_exception=False)
    sign_in_fully(client, getattr(place, who))
    broken = []
    for route in routes():
        numbers = {
            name: number for name, converter in route.pattern.converters.items() if "Int" in type(converter).__name__
        }
        if not numbers:
            continue
        told: dict[str, Any] = {"mark_id": 1, "document": "genogram", "form": "pdf", "reference": "x"} | numbers
        address = address_of(route, told, who)
        for ask in (client.get, client.post):
            answer = ask(address)
            if answer.status_code >= 500:
                broken.append(f"{route.name} ({ask.__name__}): {answer.status_code}")
    assert broken == []


@pytest.mark.parametrize("number", ["²", "٣", "-1", "1e3", "0x1", "9" * 11, "9" * 40, " "])
def test_a_number_that_somebody_types_beside_the_address_breaks_nothing(number: str) -> None:
    place = a_place()
    client = Client(raise_request_exception=False)
    sign_in_fully(client, place.governance)
    for path in ("/restricted/?family=", "/governance/people/?family=", "/misuse-watch/?page=", "/emergencies/?page="):
        assert client.get(f"{path}{quote(number)}").status_code in (200, 302, 404), path
    sign_in_fully(client, place.service_manager)
    audit = an_audit(place)
    assert client.post(f"/audits/{audit.pk}/add/", {"number": number, "form_key": str(uuid4())}).status_code in (
        404,
        422,
    )
