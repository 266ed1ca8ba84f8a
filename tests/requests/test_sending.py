"""Sending requests, and who sees them."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import transaction

from baton.platform.guard import acting_as, without_account
from baton.platform.models import AuditEntry
from baton.platform.refusals import Refused
from baton.requests.actions import (
    send_request,
)
from baton.requests.actions.references import UNAMBIGUOUS, new_reference
from baton.requests.models import HelpRequest
from tests.factories import Place
from tests.factories.requests import MUM, a_public_request, a_request, what_is_asked
from tests.factories.times import MONDAY
from tests.requests.answering import opening, screened

pytestmark = pytest.mark.django_db


def test_a_request_is_due_when_the_framework_says(place: Place) -> None:
    asked = a_request(by=place.teacher)
    assert asked.screen_due_at == MONDAY + timedelta(hours=48)
    assert asked.screen_warn_from == MONDAY + timedelta(hours=36)


@pytest.mark.parametrize("where", ["doncaster", "derby"])
def test_where_the_framework_sets_no_timescale_nothing_is_due(place: Place, where: str) -> None:
    asked = a_request(by=place.teacher, place=where)
    assert asked.screen_due_at is None
    assert asked.screen_warn_from is None


def test_a_request_keeps_everybody_named_and_writes_an_audit_entry(place: Place) -> None:
    asked = a_request(by=place.teacher)
    with acting_as(place.teacher):
        assert [person.name for person in asked.people.order_by("pk")] == [
            "Nell Marshmarigold",
            "Bran Marshmarigold",
            "Maud Marshmarigold",
        ]
        entry = AuditEntry.objects.get(action="send_request")
    assert (entry.by_id, entry.record_id) == (place.teacher.pk, asked.pk)
    assert (asked.postcode, asked.consent_at) == ("DT1 1XJ", MONDAY)


def test_a_public_request_has_an_audit_entry_by_nobody() -> None:
    browser = uuid4()
    asked = a_public_request(browser=browser, consent="not_asked")
    with without_account(browser):
        entry = AuditEntry.objects.get(action="send_request")
    assert (entry.by_id, entry.record_id, entry.roles) == (None, asked.pk, [])
    assert asked.consent_at is None


def test_a_request_without_a_child_is_refused(place: Place) -> None:
    with pytest.raises(Refused, match="Name at least one child"):
        a_request(by=place.teacher, people=(MUM,))


def test_a_sender_cannot_send_in_another_ones_name(place: Place) -> None:
    with acting_as(place.teacher), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        send_request(asked=what_is_asked(), holder="u1", place="dorset", by=place.teacher, at=MONDAY)


def test_references_are_easy_to_read_out() -> None:
    for _ in range(200):
        head, four, two = new_reference().split("-")
        assert (head, len(four), len(two)) == ("EH", 4, 2)
        assert set(four + two) <= set(UNAMBIGUOUS)
    assert not set(UNAMBIGUOUS) & set("AEIOU01LISZB258")


def test_a_reference_that_is_taken_is_drawn_again(place: Place) -> None:
    first = a_request(by=place.teacher)
    with patch("baton.requests.actions.sending.new_reference", side_effect=[first.reference, "EH-3333-33"]):
        assert a_public_request().reference == "EH-3333-33"


def test_when_no_reference_is_free_nothing_is_sent(place: Place) -> None:
    first = a_request(by=place.teacher)
    with (
        patch("baton.requests.actions.sending.new_reference", return_value=first.reference),
        pytest.raises(RuntimeError, match="No free reference"),
    ):
        a_public_request()


def test_the_public_sees_its_own_request_and_no_other(asked: HelpRequest) -> None:
    mine, theirs = uuid4(), uuid4()
    a_public_request(browser=mine)
    with without_account(theirs):
        assert not HelpRequest.objects.exists()
    with without_account(mine):
        assert HelpRequest.objects.count() == 1
        assert not HelpRequest.objects.filter(pk=asked.pk).exists()


def test_the_public_can_neither_change_nor_add_to_a_request_it_sent(asked: HelpRequest) -> None:
    browser = uuid4()
    mine = a_public_request(browser=browser)
    with without_account(browser):
        assert HelpRequest.objects.update(answer="Told by myself") == 0
        assert mine.people.update(given_name="Somebody") == 0
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            asked.people.create(part="child", given_name="Not", family_name="Mine")


def test_requests_are_seen_by_the_sender_and_the_hub_only(place: Place, asked: HelpRequest) -> None:
    for person, sees in (
        (place.teacher, True),
        (place.hub_adviser, True),
        (place.worker, False),
        (place.manager, False),
        (place.service_manager, False),
        (place.administrator, False),
    ):
        with acting_as(person):
            assert HelpRequest.objects.filter(pk=asked.pk).exists() is sees, person.name


def test_the_team_that_holds_the_family_sees_its_request(place: Place, asked: HelpRequest) -> None:
    screened(place, asked, opening(place))
    for person, sees in ((place.worker, True), (place.stranger, False)):
        with acting_as(person):
            assert HelpRequest.objects.filter(pk=asked.pk).exists() is sees
            assert HelpRequest.objects.update(answer="Changed") == 0
