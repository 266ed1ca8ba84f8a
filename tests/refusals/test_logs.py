"""No name of anybody in a small demonstration place comes into the logs, whatever is asked and whatever goes wrong."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DataError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from baton.accounts.presenters.permissions import routes
from baton.demonstration.loading import load_place
from baton.demonstration.walk import Walk
from baton.people.models import Family, FamilyMember, Person
from baton.platform import views
from baton.platform.guard import acting_as
from baton.platform.logs import Line, WithoutPersonalData, route_of
from baton.platform.models import User
from baton.requests.models import RequestPerson
from tests.client import sign_in_fully

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FAMILIES = 3
TYPED = "a-secret-nobody-knows"


@contextmanager
def logged() -> Iterator[StringIO]:
    """What the process would write: Baton's own handler, formatter and filter, and every level."""
    told = StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(Line())
    handler.addFilter(WithoutPersonalData())
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield told
    finally:
        root.removeHandler(handler)


def names_in(place: Walk) -> set[str]:
    """Each name, address, telephone number and e-mail address of anybody in the place, as those who see most see it."""
    found = {value for row in User.objects.values_list("given_name", "family_name", "email") for value in row}
    with acting_as(place.staff.service_managers[0]):
        columns = ("given_name", "family_name", "known_as", "email", "phone", "address", "postcode", "nhs_number")
        found |= {value for row in Person.objects.values_list(*columns) for value in row}
        found |= set(Family.objects.values_list("name", flat=True))
    with acting_as(place.staff.hub[0]):
        columns = ("given_name", "family_name", "phone")
        found |= {value for row in RequestPerson.objects.values_list(*columns) for value in row}
    return {value for value in found if len(value) > 2}


def named_in(written: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", written))


@pytest.mark.django_db
def test_nobody_of_a_place_is_named_in_its_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    place = load_place(place="dorset", families=FAMILIES, until=NOW, say=lambda done: None)
    worker = next(iter(place.staff.workers.values()))[0]
    with acting_as(place.staff.service_managers[0]):
        person = FamilyMember.objects.select_related("person").order_by("pk")[0].person
    words = f"{person.given_name} {person.family_name}"
    reader = Client(raise_request_exception=False, enforce_csrf_checks=True)
    sign_in_fully(reader, place.staff.service_managers[0])
    with logged() as log:
        for client in (reader, Client(raise_request_exception=False, enforce_csrf_checks=True)):
            for route in routes():
                numbers = dict.fromkeys(route.pattern.converters, 1) | {"key": uuid4(), "token": "secret-of-a-link"}
                address = reverse(str(route.name), kwargs={name: numbers[name] for name in route.pattern.converters})
                client.get(address, {"q": words, "next": f"/{words}"})
                client.post(address, {"email": worker.email, "password": TYPED, "given_name": words, "note": words})
            client.get(f"/{words}/")
            client.post("/join/", {"code": TYPED})
            client.get("/", headers={"host": f"{person.family_name}.example"})
        monkeypatch.setattr(views, "is_at_this_code", lambda: _fail_in_the_database(words))
        assert reader.get(f"/ready/?{words}").status_code == 500
    written = log.getvalue()
    assert written.count("\n") > 100, "the requests left their lines"
    assert named_in(written, names_in(place) | {TYPED, "secret-of-a-link"}) == []
    assert "server error, reference" in written


def _fail_in_the_database(words: str) -> bool:
    """PostgreSQL's message quotes the value, and so does the exception that is raised from it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select %s::text::integer", [words])
    except DataError as reason:
        raise LookupError(f"nobody is called {words}") from reason
    return True


def test_a_search_for_names_in_the_log_finds_what_it_is_to_find() -> None:
    assert named_in("Not Found: /Ada Lovelace/", {"Ada", "Love", "Lovelace"}) == ["Ada", "Lovelace"]


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (("/find/?q=Marigold",), "/find/"),
        (("line one\nERROR forged line",), r"line one\nERROR forged line"),
        ((ValueError("Marigold"),), "ValueError"),
        ((7,), "7"),
    ],
)
def test_what_is_told_is_told_plainly_and_on_one_line(arguments: tuple[object, ...], written: str) -> None:
    with logged() as log:
        logging.getLogger("baton.tried").warning("%s", *arguments)
    assert log.getvalue().endswith(f" WARNING baton.tried {written}\n")


def test_each_line_begins_with_the_moment_in_utc() -> None:
    with logged() as log:
        logging.getLogger("baton.tried").warning("something")
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARNING baton\.tried something$", log.getvalue().strip())


def test_a_request_is_told_by_its_route_and_the_numbers_in_it() -> None:
    request = RequestFactory().get("/ask/sent/a-secret/")
    assert route_of(request) == "(no such page)"
    request.resolver_match = resolve("/ask/sent/a-secret/")
    assert route_of(request) == "/ask/sent/…/"
    request.resolver_match = resolve("/families/7/timeline/")
    assert route_of(request) == "/families/7/timeline/"


def test_the_web_servers_own_errors_pass_the_same_filter() -> None:
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["nameless"]
    assert settings.LOGGING["loggers"]["gunicorn.error"]["handlers"] == ["stderr"]
