"""Requests that became nobody's record: in the schedule, held, reviewed, disposed of by two officers, and certified."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from baton.people.models import Person
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from baton.platform.refusals import Refused
from baton.platform.roles import Role
from baton.platform.seals import faults_of_the_chain
from baton.requests.actions import Answer, link_person, screen
from baton.requests.models import HelpRequest, RequestPerson
from baton.rights.actions import (
    add_subject,
    approve_request_disposal,
    hold_family,
    review_request,
    take_back_request_disposal,
)
from baton.rights.models import Disposal, RequestReview
from baton.rights.queries.retention import kept_request, requests_due_for_review
from tests.client import page_client
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.factories.requests import a_request
from tests.factories.rights import a_request_about
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict

pytestmark = pytest.mark.django_db
LATER = datetime(2033, 3, 1, 10, 0, tzinfo=UTC)  # the request was answered in October 2026, and is kept for six years
BECAUSE = "Nobody has needed it for years"


def a_signposted_request(place: Place, *, person: Person | None = None, framework: str = "dorset") -> HelpRequest:
    """Answered without a family or an episode; somebody named in it may be known."""
    request = a_request(by=place.teacher, place=framework)
    with acting_as(place.hub_adviser):
        if person:
            named = RequestPerson.objects.filter(request=request)[0]
            link_person(named=named, person=person, by=place.hub_adviser, at=MONDAY)
        answer = Answer(
            decision="signpost", reason="A club is enough", answer="Try the club", answered_how="email",
            signposted_to="The club", is_new_family=True,
        )  # fmt: skip
        at = MONDAY + timedelta(hours=3)
        return screen(request=request, answer=answer, place=framework, by=place.hub_adviser, at=at)


def decide(place: Place, request: HelpRequest, **changes: Any) -> RequestReview:
    told = {"decision": "dispose", "because": BECAUSE} | changes
    with acting_as(place.governance):
        return review_request(request_id=request.pk, **told, by=place.governance, at=LATER)


def another_officer() -> User:
    return a_user((Role.GOVERNANCE, None), name="Olive Officer")


def due(by: User) -> list[int]:
    with acting_as(by):
        return [each.id for each in requests_due_for_review(on=LATER.date())]


def test_a_request_without_a_family_is_due_six_years_after_its_answer_and_not_before() -> None:
    place = a_place()
    request = a_signposted_request(place)
    with acting_as(place.governance):
        assert requests_due_for_review(on=datetime(2032, 10, 4, tzinfo=UTC).date()) == []
        kept = kept_request(request.pk, on=LATER.date())
        assert (kept.name, kept.kept.until.isoformat()) == (f"Request {request.reference}, Marshmarigold", "2032-10-05")
    assert due(place.governance) == [request.pk]
    for who in ("service_manager", "hub_adviser", "analyst"):
        assert due(getattr(place, who)) == [], who


def test_nothing_goes_that_waits_or_became_a_familys_record() -> None:
    place = a_place()
    waiting = a_request(by=place.teacher)
    with acting_as(place.governance), pytest.raises(Refused, match="not over"):
        review_request(request_id=waiting.pk, decision="dispose", because=BECAUSE, by=place.governance, at=LATER)
    an_allocated_episode(place)
    assert due(place.governance) == []


def test_it_is_kept_longer_or_taken_back() -> None:
    place = a_place()
    request = a_signposted_request(place)
    until = (LATER + timedelta(days=90)).date()
    decide(place, request, decision="keep", keep_until=until)
    assert due(place.governance) == []
    review = decide(place, request)
    with pytest.raises(Refused, match="decided already"):
        decide(place, request)
    with acting_as(place.governance):
        take_back_request_disposal(review=review, by=place.governance, at=LATER)
        with pytest.raises(Refused, match="nothing to take back"):
            take_back_request_disposal(review=review, by=place.governance, at=LATER)
    second = another_officer()
    with acting_as(second):
        review.refresh_from_db()
    with acting_as(second), pytest.raises(Refused, match="Nobody has decided"):
        approve_request_disposal(review=review, by=second, at=LATER)


def test_a_hold_on_a_known_childs_family_or_a_request_for_its_record_stops_it() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        child = Person.objects.filter(first_family=family_id, given_name="Ashby")[0]
    request = a_signposted_request(place, person=child)
    with acting_as(place.governance):
        on = (LATER + timedelta(days=90)).date()
        hold_family(family_id=family_id, reason="The inquiry asked", review_on=on, by=place.governance, at=LATER)
    with pytest.raises(Refused, match="legal hold stands"):
        decide(place, request)
    other = a_signposted_request(place, person=child)
    asked = a_request_about(place)
    with acting_as(place.governance):
        named = {"given_name": "Ashby", "family_name": "Quillfeather", "born": child.date_of_birth}
        add_subject(request=asked, **named, by=place.governance, at=LATER)
        assert kept_request(other.pk, on=LATER.date()).open_requests == 1


def test_the_pages_lead_from_the_list_to_the_certificate() -> None:
    place = a_place()
    request = a_signposted_request(place)
    first, second = page_client(place.governance), page_client(another_officer())
    with clock.stopped_at(LATER):
        said = first.get(reverse("retention")).content.decode()
        assert f"Request {request.reference}, Marshmarigold" in said
        said = first.get(reverse("retention-request", args=[request.pk])).content.decode()
        assert "Kept until <strong>5 October 2032</strong>" in said
        typed = {"decision": "dispose", "because": BECAUSE}
        said = first.post(reverse("review-request", args=[request.pk]), typed, follow=True).content.decode()
        assert "Another officer must approve it" in said
        assert "Approve the disposal" not in said
        assert "Approve the disposal" in second.get(reverse("retention-request", args=[request.pk])).content.decode()
        assert f"Request {request.reference}" in second.get(reverse("retention")).content.decode()
        with acting_as(place.governance):
            review_id = RequestReview.objects.get().pk
        address = reverse("approve-request-disposal", args=[review_id])
        assert "Somebody else must approve" in first.post(address, {}).content.decode()
        said = second.post(address, {}, follow=True).content.decode()
    assert f"Request {request.reference}" in said
    assert "People named in requests" in said
    assert "Marshmarigold" not in said
    with acting_as(place.hub_adviser):
        assert not HelpRequest.objects.exists()
        assert not RequestPerson.objects.exists()


def test_what_names_somebody_only_restricted_families_know_is_on_no_list() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        child = Person.objects.filter(first_family=family_id, given_name="Ashby")[0]
    request = a_signposted_request(place, person=child)
    assert due(place.governance) == [request.pk]
    restrict(place, family_id, place.worker)
    assert due(place.governance) == []
    assert page_client(place.governance).get(reverse("retention-request", args=[request.pk])).status_code == 404


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_chain_of_seals_holds_and_no_row_speaks_of_it_any_more() -> None:
    place = a_place()
    request = a_signposted_request(place)
    call_command("audit_seal")
    review, second = decide(place, request), another_officer()
    with acting_as(second):
        made = approve_request_disposal(review=review, by=second, at=LATER)
    assert (made.reference, made.number, made.people) == (request.reference, None, 3)
    assert made.history > 3
    with as_owner():
        assert faults_of_the_chain() == []
    call_command("audit_seal")
    call_command("audit_verify")
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from platform_change where before::text like '%Marshmarigold%'")
        assert cursor.fetchone() == (0,)
    with acting_as(place.governance):
        assert Disposal.objects.get().reference == request.reference


def test_each_opening_of_a_request_of_no_family_is_noted_by_its_reference() -> None:
    place = a_place()
    request = a_signposted_request(place)
    officer, hub = page_client(place.governance), page_client(place.hub_adviser)
    with clock.stopped_at(LATER):
        officer.get(reverse("retention-request", args=[request.pk]))
        officer.get(reverse("review-request", args=[request.pk]))
    hub.get(reverse("request", args=[request.pk]))
    with acting_as(place.governance):
        noted = AccessEntry.objects.filter(what__contains=request.reference).order_by("pk")
        assert list(noted.values_list("by", "family_id", "what")) == [
            (place.governance.pk, None, f"retention of request {request.reference}"),
            (place.governance.pk, None, f"retention of request {request.reference}"),
            (place.hub_adviser.pk, None, f"request {request.reference}"),
        ]
    said = officer.get(reverse("activity", args=[place.hub_adviser.pk])).content.decode()
    assert f"Opened the request {request.reference}" in said
    assert "Marshmarigold" not in said


def test_a_sender_who_may_not_open_the_family_looked_at_no_family() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    request = a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        HelpRequest.objects.filter(pk=request.pk).update(family=episode.family_id)
    for who, family_id in ((place.teacher, None), (place.hub_adviser, episode.family_id)):
        page_client(who).get(reverse("request", args=[request.pk]))
        with acting_as(place.governance):
            assert AccessEntry.objects.filter(by=who).latest("pk").family_id == family_id
