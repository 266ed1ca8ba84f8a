"""The page that finds families, as those who may use it see it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.platform.clock import stopped_at
from baton.platform.models import AccessEntry, User
from baton.platform.rate_limits import SEARCHED_TOO_OFTEN
from tests.caseload.reading import FRIDAY, links_of, words_of
from tests.client import MOST_QUERIES, page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.limits import only

pytestmark = pytest.mark.django_db
ELSEWHERE = "Somebody of this name and date of birth is known to early help. Ask the hub."
ASHBY = {"name": "Ashby Quillfeather 1 5 2013"}


@pytest.fixture(autouse=True)
def it_is_friday() -> Iterator[None]:
    with stopped_at(FRIDAY):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


def search(user: User, **typed: str) -> HttpResponse:
    return page_client(user).post(reverse("search"), typed)


def test_the_page_asks_one_question(place: Place) -> None:
    said = words_of(page_client(place.worker).get(reverse("search")))
    assert "Who are you looking for?" in said
    assert "found" not in said


def test_a_found_person_comes_with_family_team_lead_and_state(place: Place) -> None:
    episode = an_allocated_episode(place)
    response = search(place.worker, **ASHBY)
    said = words_of(response)
    assert "1 person found" in said
    assert "Ashby Quillfeather 1 May 2013, aged 13" in said
    assert f"Quillfeather family Wilf Worker leads, {place.team.name} Open" in said
    assert links_of(response)["Ashby Quillfeather"] == reverse("family", args=[episode.family_id])


def test_a_misspelt_name_with_a_swapped_date_is_found(place: Place) -> None:
    an_allocated_episode(place)
    said = words_of(search(place.worker, name="Ashbie Quilfether 5/1/2013"))
    assert "Ashby Quillfeather" in said
    assert "day and month of birth swapped" in said.lower()


def test_a_family_without_help_is_found_as_such(place: Place) -> None:
    a_family(team=place.team, by=place.hub_adviser)
    assert "No help yet" in words_of(search(place.worker, **ASHBY))


def test_somebody_held_elsewhere_is_said_to_be_known_and_no_more(place: Place) -> None:
    an_allocated_episode(place)
    response = search(place.stranger, **ASHBY)
    said = words_of(response)
    assert ELSEWHERE in said
    assert "Nobody found whom you may open" in said
    assert place.team.name not in said
    assert not [text for text in links_of(response) if "Quillfeather" in text]


def test_a_name_alone_tells_nothing_of_those_held_elsewhere(place: Place) -> None:
    an_allocated_episode(place)
    said = words_of(search(place.stranger, name="Ashby Quillfeather"))
    assert ELSEWHERE not in said
    assert "Try another spelling" in said


def test_the_hub_finds_everybody(place: Place) -> None:
    an_allocated_episode(place)
    said = words_of(search(place.hub_adviser, **ASHBY))
    assert "Ashby Quillfeather" in said
    assert ELSEWHERE not in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter a name, a date of birth, a postcode or a number"),
        ({"name": "   "}, "Enter a name, a date of birth, a postcode or a number"),
        ({"name": "a" * 101}, "100 characters or fewer"),
    ],
)
def test_what_cannot_be_searched_is_said_and_kept(place: Place, typed: dict[str, str], said: str) -> None:
    response = search(place.worker, **typed)
    assert response.status_code == 422
    assert said in words_of(response)
    if typed.get("name", "").strip():
        assert f'value="{typed["name"]}"' in response.content.decode()


def test_what_was_typed_stays_in_the_boxes_and_out_of_the_address(place: Place) -> None:
    response = search(place.worker, **ASHBY)
    assert 'value="Ashby Quillfeather 1 5 2013"' in response.content.decode()
    assert 'method="post"' in response.content.decode()
    ignored = page_client(place.worker).get(reverse("search"), {"name": "Ashby Quillfeather"})
    assert "found" not in words_of(ignored)


def test_each_search_is_noted_without_a_family(place: Place) -> None:
    search(place.worker, **ASHBY)
    entry = AccessEntry.objects.latest("id")
    assert (entry.by_id, entry.what, entry.family_id) == (place.worker.pk, "search", None)


def test_whoever_searches_all_the_time_waits_and_keeps_what_they_typed(place: Place) -> None:
    with only(2):
        assert [search(place.worker, **ASHBY).status_code for _ in range(2)] == [200, 200]
        response = search(place.worker, **ASHBY)
        assert search(place.colleague, **ASHBY).status_code == 200
    assert response.status_code == 429
    assert SEARCHED_TOO_OFTEN in words_of(response)
    assert ASHBY["name"] in response.content.decode()


def test_a_search_that_never_ran_is_not_noted(place: Place) -> None:
    search(place.worker)
    assert not AccessEntry.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("administrator", 403), ("teacher", 200), ("service_manager", 200)])
def test_only_those_who_work_with_families_may_search(place: Place, who: str, status: int) -> None:
    assert page_client(getattr(place, who)).get(reverse("search")).status_code == status


def test_a_search_asks_as_little_for_many_as_for_one(place: Place) -> None:
    client = page_client(place.worker)
    for number in range(8):
        children = [(f"Ashby{'abcdefgh'[number]}", date(2013, 5, 1))]
        a_family(team=place.team, by=place.hub_adviser, children=children)
    assert "8 people found" in words_of(client.post(reverse("search"), ASHBY))
    assert client.queries <= 9 < MOST_QUERIES
