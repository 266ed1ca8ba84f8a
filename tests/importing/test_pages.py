"""The pages of runs: who reads what of them, and that they name nobody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from baton.importing.jobs import take_back, try_extract
from baton.importing.models import ReportLine, Run
from baton.importing.queries.runs import lines_kept
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests import html
from tests.client import page_client
from tests.factories.places import Place
from tests.importing.extracts import a_family, a_person, an_episode, an_extract

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
Bring = Callable[[Any], Any]
OWN = ("Merryn", "Testcombe", "Jago", "P9", "P8", "E7", "2015", "DT1 1XJ", "07700")


@pytest.fixture
def run(tmp_path: Path, place: Place, bring: Bring) -> Run:
    people = [
        *a_family(),
        a_person(9, "Merryn", "DUPLICATE", "03/05/2015"),
        a_person(4, "Ebrel", "Newby", "31/02/2015"),
    ]
    episodes = [an_episode(1, "P1", "01/10/2026"), an_episode(7, "P8", "01/10/2026")]
    brought, _ = bring(an_extract(tmp_path, team=place.team.name, people=people, episodes=episodes))
    return brought  # type: ignore[no-any-return]


def text_of(client: Any, name: str, *ids: int, **asked: str) -> str:
    response = client.get(reverse(name, args=ids), asked)
    assert response.status_code == 200
    return str(response.content.decode())


def words_of(page: str) -> str:
    """What a page says, without what it alone knows of itself: a token may hold any two letters."""
    return html.text_of(html.parse(page).find(".//main"))


def test_an_administrator_reads_numbers_and_nothing_of_anybody(place: Place, run: Run) -> None:
    client = page_client(place.administrator)
    assert "Testsystem" in text_of(client, "imports")
    page = text_of(client, "import-run", run.pk)
    for words in ("people.csv", "Not brought", "is not a day of the calendar", "the name says", "baton import undo"):
        assert words in page
    for own in OWN:
        assert own not in words_of(page).replace(place.administrator.name, ""), own
    assert reverse("import-lines", args=[run.pk]) not in page
    assert client.get(reverse("import-lines", args=[run.pk])).status_code == 403


def test_information_governance_reads_what_was_found_in_which_line(place: Place, run: Run) -> None:
    client = page_client(place.governance)
    assert reverse("import-lines", args=[run.pk]) in text_of(client, "import-run", run.pk)
    page = text_of(client, "import-lines", run.pk)
    assert "people.csv, line 5" in page
    assert "episodes.csv, line 3" in page
    for own in OWN:
        assert own not in words_of(page), own
    stopped = text_of(client, "import-lines", run.pk, show="stops")
    assert "the name says" in stopped
    assert "is not a day of the calendar" not in stopped
    with acting_as(place.governance):
        assert AccessEntry.objects.filter(what="report of an import", by=place.governance).count() == 2


def test_nobody_else_reads_a_line_even_from_the_table(place: Place, run: Run) -> None:
    for user in (place.administrator, place.worker, place.manager, place.service_manager, place.hub_adviser):
        with acting_as(user):
            assert not ReportLine.objects.exists(), user
    with acting_as(place.governance):
        assert lines_kept(run).count() == 4  # two of them of one row
    for user in (place.worker, place.service_manager, place.hub_adviser):
        with acting_as(user):
            assert not Run.objects.exists(), user


def test_the_rows_of_every_sheet_add_up_to_what_was_read(run: Run) -> None:
    outcomes = ("new", "changed", "same", "stopped", "not_asked")
    assert [(row["sheet"], row["read"]) for row in run.rows] == [("people.csv", 5), ("episodes.csv", 2)]
    for row in run.rows:
        assert sum(row.get(outcome, 0) for outcome in outcomes) == row["read"]


def test_a_dry_run_is_listed_with_its_numbers(tmp_path: Path, place: Place) -> None:
    tried = try_extract(
        extract=an_extract(tmp_path, team=place.team.name), place="dorset", by=place.administrator,
        report=lambda _: {"Almost certainly": 2}, say=lambda _: None,
    )  # fmt: skip
    client = page_client(place.administrator)
    assert "Tried, nothing kept" in text_of(client, "imports")
    page = text_of(client, "import-run", tried.pk)
    assert "Almost certainly" in page
    assert "There is nothing to take back" in page


def test_a_run_that_was_taken_back_says_so(place: Place, run: Run) -> None:
    take_back(run=run, by=place.administrator)
    page = text_of(page_client(place.administrator), "import-run", run.pk)
    assert "Taken back" in page
    assert "one family" in page


def test_a_run_that_is_not_there_is_not_found(place: Place, run: Run) -> None:
    assert page_client(place.administrator).get(reverse("import-run", args=[run.pk + 9])).status_code == 404


def test_the_pages_ask_little_however_many_runs(place: Place, run: Run, django_assert_max_num_queries: Any) -> None:
    client = page_client(place.governance)
    for name, ids in (("imports", ()), ("import-run", (run.pk,)), ("import-lines", (run.pk,))):
        client.get(reverse(name, args=ids))
        with django_assert_max_num_queries(12):
            client.get(reverse(name, args=ids))
