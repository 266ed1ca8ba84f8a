"""A session is read together with whose it is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baton.platform.models import Session, User
from baton.platform.sessions import SessionStore, person_read_with_session
from tests.client import sign_in_fully
from tests.factories import a_place

pytestmark = pytest.mark.django_db


def a_session(person: User) -> SessionStore:
    client = Client()
    sign_in_fully(client, person)
    return SessionStore(client.session.session_key)


def test_one_query_reads_the_session_and_its_person() -> None:
    person = a_place().worker
    session = a_session(person)
    with CaptureQueriesContext(connection) as captured:
        assert session.load()
        assert person_read_with_session(person.pk) == person
    assert len(captured) == 1


def test_the_person_is_given_once_and_to_nobody_else() -> None:
    place = a_place()
    a_session(place.worker).load()
    assert person_read_with_session(place.manager.pk) is None
    assert person_read_with_session(place.worker.pk) is None, "it was asked for already"


def test_a_session_that_ended_brings_nobody() -> None:
    person = a_place().worker
    session = a_session(person)
    Session.objects.update(expire_date="2001-01-01T00:00Z")
    assert session.load() == {}
    assert session.session_key is None
    assert person_read_with_session(person.pk) is None


def test_whoever_was_made_inactive_is_signed_out() -> None:
    person = a_place().worker
    client = Client()
    sign_in_fully(client, person)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").status_code == 302
