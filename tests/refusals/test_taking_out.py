"""What is printed or downloaded is counted: whoever takes out a hundred things in ten minutes waits."""

import pytest
from django.test import Client

from baton.accounts.presenters.permissions import routes
from tests.client import page_client, sign_in_fully
from tests.factories import a_place
from tests.limits import only
from tests.refusals.test_every_route import a_record_of_each_kind, address_of
from tests.refusals.test_logs import logged

pytestmark = pytest.mark.django_db


def test_whatever_is_printed_or_downloaded_is_counted() -> None:
    """Each route that gives out a file, or a page for paper."""
    place = a_place()
    records = a_record_of_each_kind(place)
    uncounted = set()
    for who in ("worker", "manager", "governance", "analyst"):
        client = Client()
        sign_in_fully(client, getattr(place, who))
        for route in routes():
            if getattr(route.callback, "limit", None):
                continue
            answer = client.get(address_of(route, records, who))
            gives_a_file = "attachment" in answer.headers.get("Content-Disposition", "")
            if gives_a_file or str(route.name).endswith("to-print"):
                uncounted.add(route.name)
    assert uncounted == set()


def test_whoever_prints_and_downloads_all_the_time_waits() -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    client, other = page_client(place.worker), page_client(place.colleague)
    prints = [each for each in routes() if str(each.name).endswith("to-print")]
    assert len(prints) >= 3
    with only(2), logged() as log:
        answers = [client.get(address_of(each, records, "worker")).status_code for each in prints[:3]]
        assert answers == [200, 200, 429], "different ones count together"
        assert other.get(address_of(prints[0], records, "worker")).status_code == 200, "nobody else waits"
    assert "too-often what=taking-out" in log.getvalue()
