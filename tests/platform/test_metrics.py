"""What a program that watches is told: durations by route and the queue, to who has the token; and of nobody."""

import os

import pytest
from django.db import OperationalError
from django.test import Client

from baton.platform import metrics
from tests.client import sign_in_fully
from tests.factories import a_family, a_place
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
TOKEN = "a token of the tests"


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch, settings: object) -> metrics.Counts:
    settings.METRICS_TOKEN = TOKEN
    fresh = metrics.Counts()
    monkeypatch.setattr(metrics, "COUNTS", fresh)
    return fresh


def told(token: str = TOKEN) -> str:
    answer = Client().get("/metrics/", headers={"Authorization": f"Bearer {token}"})
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


@pytest.mark.parametrize("token", ["", "another", TOKEN[:-1]])
def test_without_the_token_there_is_no_such_page(counts: metrics.Counts, token: str) -> None:
    assert told(token) == "404"


def test_where_no_token_is_set_nobody_reads_it(settings: object) -> None:
    settings.METRICS_TOKEN = ""
    assert told("") == "404"


def test_each_answer_is_counted_by_the_name_of_its_route(counts: metrics.Counts) -> None:
    for path in ("/healthy/", "/healthy/", "/nothing/here/"):
        Client().get(path)
    said = told()
    assert 'baton_request_seconds_count{route="healthy"} 2' in said
    assert 'baton_request_seconds_bucket{route="healthy",le="+Inf"} 2' in said
    assert 'baton_request_seconds_count{route="(no such page)"} 1' in said
    assert 'baton_request_faults_total{route="healthy"} 0' in said


@pytest.mark.parametrize(("seconds", "limit"), [(0.02, "0.025"), (0.05, "0.05"), (0.3, "0.5"), (9.0, "+Inf")])
def test_an_answer_is_counted_in_each_bucket_it_is_within(counts: metrics.Counts, seconds: float, limit: str) -> None:
    counts.note("home", seconds, failed=True)
    said = metrics.as_text()
    limits = [*map(str, metrics.LIMITS), "+Inf"]
    for number, each in enumerate(limits):
        within = int(number >= limits.index(limit))
        assert f'baton_request_seconds_bucket{{route="home",le="{each}"}} {within}\n' in said
    assert 'baton_request_faults_total{route="home"} 1' in said


def test_processes_add_up(counts: metrics.Counts) -> None:
    child = os.fork()
    if not child:
        counts.note("home", 0.1, failed=False)
        os._exit(0)
    os.waitpid(child, 0)
    counts.note("home", 0.1, failed=False)
    assert 'baton_request_seconds_count{route="home"} 2' in metrics.as_text()


def test_nobody_is_named(counts: metrics.Counts, client: Client) -> None:
    place = a_place()
    family = a_family(team=place.team, by=place.hub_adviser, name="Quillfeather", at=MONDAY)
    sign_in_fully(client, place.worker)
    assert client.get(f"/families/{family.pk}/?name=Quillfeather").status_code == 200
    client.get("/Quillfeather/")
    said = told()
    assert 'route="family"' in said
    assert not [each for each in ("Quillfeather", f"/{family.pk}", place.worker.email) if each in said]


def test_jobs_that_wait_are_counted_with_the_age_of_the_oldest(counts: metrics.Counts) -> None:
    from baton.platform.jobs import sweep

    assert "baton_jobs_waiting{" not in told()
    sweep.defer(timestamp=0)
    said = told()
    assert 'baton_jobs_waiting{queue="default"} 1' in said
    assert 'baton_oldest_job_seconds{queue="default"} 0' in said


def test_a_database_that_does_not_answer_is_the_answer(counts: metrics.Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("could not connect to db.example as baton_app")

    monkeypatch.setattr(metrics.connection, "cursor", fail)
    said = told()
    assert "baton_database_answers 0" in said
    assert "db.example" not in said
