"""Requests for what is held on somebody: registered by anybody, answered by information governance."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction

from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from baton.rights.actions import (
    add_subject,
    answer_request,
    ask_the_person,
    check_identity,
    extend_request,
    note_their_answer,
    register_request,
    remove_subject,
)
from baton.rights.models import AccessRequest, RestrictedPart, Subject
from baton.rights.queries.gathering import requests_of_restricted_families
from baton.rights.queries.requests import asked_of, get_request, open_requests, state_of
from tests.factories import a_place, an_allocated_episode
from tests.factories.rights import a_request_about, an_access_request, what_is_told
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict

pytestmark = pytest.mark.django_db
RECEIVED = MONDAY.date()
LATER = MONDAY + timedelta(days=10)


def test_anybody_registers_a_request_and_sees_that_it_is_there() -> None:
    # Given a teacher whom a mother asked
    place = a_place()
    request = an_access_request(by=place.teacher)
    # Then the teacher and information governance see it, and nobody else
    for who, sees in (("teacher", True), ("governance", True), ("worker", False), ("service_manager", False)):
        with acting_as(getattr(place, who)):
            assert AccessRequest.objects.filter(pk=request.pk).exists() == sees, who
    with acting_as(place.governance):
        assert AuditEntry.objects.filter(action="register_request", record_id=request.pk, by=place.teacher).exists()


def test_nobody_registers_in_the_name_of_another() -> None:
    place = a_place()
    with acting_as(place.teacher), pytest.raises(Error, match="row-level security"), transaction.atomic():
        register_request(told=what_is_told(), by=place.worker, at=MONDAY)


def test_who_asks_for_another_says_why_they_may() -> None:
    place = a_place()
    with acting_as(place.teacher):
        with pytest.raises(Refused, match="how you know that they may"):
            register_request(told=what_is_told(asks_as="solicitor"), by=place.teacher, at=MONDAY)
        with pytest.raises(Refused, match="has come"):
            register_request(told=what_is_told(received_on=date(2026, 12, 1)), by=place.teacher, at=MONDAY)


def test_only_information_governance_works_on_it() -> None:
    place = a_place()
    request = an_access_request(by=place.worker)
    with acting_as(place.worker), pytest.raises(NotAllowed):
        check_identity(request=request, how="Passport", on=RECEIVED, by=place.worker, at=MONDAY)


def test_the_clock_stands_while_the_person_is_asked_and_runs_when_they_answer() -> None:
    place = a_place()
    officer = place.governance
    request = an_access_request(by=officer)
    with acting_as(officer):
        asked_on = RECEIVED + timedelta(days=2)
        stop = ask_the_person(
            request=request, kind="clarification", what="Which years?", on=asked_on, by=officer, at=LATER
        )
        assert state_of(get_request(request.pk), on=LATER.date()) == "stopped"
        with pytest.raises(Refused, match="clock stands already"):
            ask_the_person(request=request, kind="identity", what="Who?", on=asked_on, by=officer, at=LATER)
        with pytest.raises(Refused, match="on which they were asked"):
            note_their_answer(stop=stop, answer="All", on=RECEIVED, by=officer, at=LATER)
        note_their_answer(stop=stop, answer="All", on=LATER.date(), by=officer, at=LATER)
        assert state_of(get_request(request.pk), on=LATER.date()) == "running"


def test_two_months_more_are_taken_once_with_a_reason_told_within_the_first() -> None:
    place = a_place()
    officer = place.governance
    request = an_access_request(by=officer)
    late = MONDAY + timedelta(days=40)
    with acting_as(officer):
        with pytest.raises(Refused, match="Say why"):
            extend_request(request=request, because=" ", told_on=RECEIVED, by=officer, at=LATER)
        with pytest.raises(Refused, match="first month is over"):
            extend_request(request=request, because="Eleven years", told_on=late.date(), by=officer, at=late)
        extend_request(request=request, because="Eleven years", told_on=LATER.date(), by=officer, at=LATER)
        with pytest.raises(Refused, match="once already"):
            extend_request(request=request, because="More", told_on=LATER.date(), by=officer, at=LATER)
        assert asked_of(get_request(request.pk)).extended_on == LATER.date()


def test_what_is_overdue_stands_before_what_is_due_and_what_stands_still_comes_last() -> None:
    place = a_place()
    officer = place.governance
    still = an_access_request(by=officer)
    due = an_access_request(by=officer, received_on=RECEIVED - timedelta(days=3))
    overdue = an_access_request(by=officer, received_on=RECEIVED - timedelta(days=60))
    with acting_as(officer):
        ask_the_person(request=still, kind="identity", what="Who?", on=RECEIVED, by=officer, at=LATER)
        assert [each.pk for each in open_requests()] == [overdue.pk, due.pk, still.pk]
        assert state_of(get_request(overdue.pk), on=LATER.date()) == "overdue"
        assert state_of(get_request(due.pk), on=RECEIVED + timedelta(days=25)) == "due_soon"


def test_a_person_is_found_by_name_and_birthday_whatever_the_spelling_of_accents_and_case() -> None:
    place = a_place()
    an_allocated_episode(place)
    request = a_request_about(place, given_name="marigold", family_name="QUILLFEATHER")
    with acting_as(place.governance):
        assert [each.name for each in get_request(request.pk).subjects.all()] == ["Marigold Quillfeather"]
        add_subject(
            request=request, given_name="Marigold", family_name="Quillfeather", born=date(1988, 2, 4),
            by=place.governance, at=MONDAY,
        )  # fmt: skip
        subject = Subject.objects.get()
        remove_subject(subject=subject, by=place.governance, at=MONDAY)
        assert not Subject.objects.exists()


def test_people_of_a_restricted_family_are_not_found_by_an_officer_who_is_not_named() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    restrict(place, episode.family_id, place.worker)
    request = a_request_about(place)
    with acting_as(place.governance):
        assert not get_request(request.pk).subjects.exists()
    # But whoever is named for the family is told
    with acting_as(place.worker):
        assert [each["request"] for each in requests_of_restricted_families()] == [request.pk]
    for who in ("governance", "manager", "service_manager"):
        with acting_as(getattr(place, who)):
            assert requests_of_restricted_families() == [], who
            assert not RestrictedPart.objects.exists(), who


def test_a_subject_is_hidden_once_their_family_is_restricted() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_request_about(place)
    restrict(place, episode.family_id, place.worker)
    with acting_as(place.governance):
        assert not Subject.objects.exists()


def test_it_is_answered_by_who_knows_who_they_are_and_says_how() -> None:
    place = a_place()
    officer = place.governance
    request = an_access_request(by=officer, identity_how="")
    on = LATER.date()
    with acting_as(officer):
        with pytest.raises(Refused, match="how you know who they are"):
            answer_request(request=request, outcome="nothing_held", told_how="Letter", on=on, by=officer, at=LATER)
        check_identity(request=request, how="Passport seen", on=on, by=officer, at=LATER)
        with pytest.raises(Refused, match="Release the copy first"):
            answer_request(request=request, outcome="sent", told_how="Letter", on=on, by=officer, at=LATER)
        answer_request(request=request, outcome="nothing_held", told_how="Letter", on=on, by=officer, at=LATER)
        assert state_of(get_request(request.pk), on=on) == "answered"
        with pytest.raises(Refused, match="answered already"):
            extend_request(request=request, because="More", told_on=on, by=officer, at=LATER)
