"""Whether requests may be sent to a process."""

import pytest
from django.db import OperationalError
from django.test import Client

from baton.platform import readiness, views


@pytest.mark.django_db
def test_it_is_ready_when_the_tables_are_at_this_code() -> None:
    answer = Client().get("/ready/")
    assert (answer.status_code, answer.content) == (200, b"ready")


@pytest.mark.django_db
def test_it_is_not_ready_while_a_migration_has_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    more = readiness.wanted() | {("visits", "9999_new")}
    monkeypatch.setattr(readiness, "wanted", lambda: more)
    answer = Client().get("/ready/")
    assert (answer.status_code, answer.content) == (503, b"the tables are not at this version")


def test_it_is_not_ready_while_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise OperationalError("could not connect to db.example as baton_app")

    monkeypatch.setattr(views, "is_at_this_code", fail)
    answer = Client().get("/ready/")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer")
