"""When PostgreSQL is away people are told so and nothing else; when it is back the same server finds it again."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from baton.cluster import background
from tests.html import lint_page
from tests.resilience.ground import Ground, signed_in
from tests.site import Site, children, soon
from tests.visitor import Answer, Visitor

pytestmark = pytest.mark.cluster
ROUNDS = 50
REFERENCE = re.compile(r"<strong>([0-9A-F]{8})</strong>")
NEVER_SHOWN = ("Traceback", "psycopg", "OperationalError", "Quillfeather", "Wilf", "Worker", "baton_app", "/tmp/")


@pytest.fixture
def away(database: Ground, site: Site) -> Iterator[None]:
    """PostgreSQL is stopped for one test."""
    background.stop(database.var)
    yield
    background.start(database.var)
    assert soon(site.serves)


@pytest.fixture
def worker(database: Ground, site: Site) -> Iterator[Visitor]:
    visitor = signed_in(site.visitor(), database.people.place.worker.email)
    yield visitor
    visitor.close()


def family_page(ground: Ground) -> str:
    return f"/families/{ground.people.episodes[0].family_id}/"


def test_without_the_database_a_page_is_an_apology_with_a_reference(
    worker: Visitor, database: Ground, site: Site, away: None
) -> None:
    for path in ("/", family_page(database), "/healthy/", "/sign-in/"):
        answer = worker.get(path)
        if path != "/sign-in/":  # it asks nobody anything
            assert answer.status == 500, path
            assert reference_in(answer) in site.log.read_text()
            lint_page(answer.text)
        assert not [each for each in NEVER_SHOWN if each in answer.text]


def test_a_post_without_the_database_says_nothing_was_done(worker: Visitor, database: Ground, away: None) -> None:
    answer = worker.post("/drafts/", {"draft_token": "none"})
    assert answer.status in (403, 500)
    assert not answer.location


def test_the_log_names_nobody(worker: Visitor, database: Ground, site: Site) -> None:
    background.stop(database.var)
    worker.get(f"{family_page(database)}?name=Quillfeather")
    background.start(database.var)
    logged = site.log.read_text()
    assert "reference" in logged
    assert "Quillfeather" not in logged
    assert database.people.place.worker.email not in logged


def test_the_same_process_serves_again_when_the_database_is_back(worker: Visitor, database: Ground, site: Site) -> None:
    before = children(site.pid)
    assert "Quillfeather" in worker.get(family_page(database)).text
    for _ in range(2):
        background.stop(database.var)
        assert worker.get(family_page(database)).status == 500
        background.start(database.var)
        worker.close()  # a connection that waited for long is the server's to end; the next asking opens another
        found = [worker.get(family_page(database)) for _ in range(2 * site.threads)]
        assert {answer.status for answer in found} == {200}, "not one page is lost once it answers"
    assert children(site.pid) == before


def test_nobody_is_given_what_another_may_see_on_the_same_connection(database: Ground, site: Site) -> None:
    """Two people of two teams, over connections that stay open to threads whose database connections stay open."""
    people = database.people
    wanted = {
        people.place.worker.email: (people.episodes[0].family_id, "Quillfeather"),
        people.place.stranger.email: (people.episode_of_others.family_id, "Wintersgill"),
    }
    together = threading.Barrier(len(wanted))

    def walk(email: str) -> list[int]:
        visitor, (mine, name) = signed_in(site.visitor(), email), wanted[email]
        ((theirs, their_name),) = (each for whose, each in wanted.items() if whose != email)
        statuses = []
        for _ in range(ROUNDS):
            together.wait(60)
            own, other = visitor.get(f"/families/{mine}/"), visitor.get(f"/families/{theirs}/")
            assert name in own.text
            assert their_name not in own.text + other.text
            statuses += [own.status, other.status]
        assert their_name not in visitor.get("/").text
        visitor.close()
        return statuses

    with ThreadPoolExecutor() as threads:
        answers = [status for each in threads.map(walk, wanted) for status in each]
    assert answers == [200, 404] * (2 * ROUNDS)


def reference_in(answer: Answer) -> str:
    found = REFERENCE.search(answer.text)
    assert found, answer.text
    return found[1]
