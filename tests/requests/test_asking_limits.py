"""Asking for help too often: the public is told to telephone, staff are not held up, robots send nothing."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest

from baton.platform.clock import stopped_at
from baton.requests.forms.steps import TRAP
from tests.client import page_client
from tests.factories import Place
from tests.factories.times import MONDAY
from tests.requests.filling_in import BY_A_PARENT, BY_A_TEACHER, fill_in, send

pytestmark = pytest.mark.django_db


def test_one_address_sends_only_so_many_requests_an_hour(place: Place) -> None:
    with patch("baton.requests.views.sending.MOST_PUBLIC_FROM_ONE_ADDRESS", 1), stopped_at(MONDAY):
        first = page_client()
        assert send(first, fill_in(first, BY_A_PARENT)).status_code == 302
        second = page_client()
        key = fill_in(second, BY_A_PARENT)
        refused = send(second, key)
        elsewhere = page_client()
        other = fill_in(elsewhere, BY_A_PARENT)
        posted = elsewhere.post(f"/ask/{other}/check/", {"form_key": str(other)}, REMOTE_ADDR="10.0.0.9")
    assert refused.status_code == 429
    assert "telephone the council" in refused.content.decode()
    assert posted.status_code == 302
    assert "Mornings are hard." in second.get(f"/ask/{key}/worries/").content.decode()


def test_all_addresses_together_send_only_so_many(place: Place) -> None:
    with patch("baton.requests.views.sending.MOST_PUBLIC_IN_ALL", 0):
        client = page_client()
        assert send(client, fill_in(client, BY_A_PARENT)).status_code == 429


def test_pages_too_are_limited_for_the_public(place: Place) -> None:
    with patch("baton.requests.views.asking.MOST_PUBLIC_PAGES_FROM_ONE_ADDRESS", 0):
        assert page_client().post(f"/ask/{uuid4()}/who/", {"source": "family"}).status_code == 429
        assert page_client(place.teacher).post(f"/ask/{uuid4()}/who/", {"source": "family"}).status_code == 302


def test_a_robot_that_fills_in_every_box_is_told_to_telephone(place: Place) -> None:
    client = page_client()
    key = fill_in(client, BY_A_PARENT)
    page = client.get(f"/ask/{key}/check/").content.decode()
    assert f'name="{TRAP}" value="" tabindex="-1" autocomplete="off"' in page
    answer = client.post(f"/ask/{key}/check/", {"form_key": str(key), TRAP: "https://example.org"})
    assert answer.status_code == 429
    assert "telephone the council" in answer.content.decode()
    assert client.post(f"/ask/{key}/check/", {"form_key": str(key), TRAP: ""}).status_code == 302


def test_staff_meet_no_box_for_robots(place: Place) -> None:
    client = page_client(place.teacher)
    key = fill_in(client, BY_A_TEACHER)
    assert TRAP not in client.get(f"/ask/{key}/check/").content.decode()


def test_staff_are_not_limited(place: Place) -> None:
    with patch("baton.requests.views.sending.MOST_PUBLIC_IN_ALL", 0):
        client = page_client(place.teacher)
        assert send(client, fill_in(client, BY_A_TEACHER)).status_code == 302


def test_the_limit_opens_again_after_an_hour(place: Place) -> None:
    with patch("baton.requests.views.sending.MOST_PUBLIC_FROM_ONE_ADDRESS", 0), stopped_at(MONDAY):
        client = page_client()
        key = fill_in(client, BY_A_PARENT)
        assert send(client, key).status_code == 429
    with stopped_at(MONDAY + timedelta(hours=1)):
        assert send(client, key).status_code == 302
