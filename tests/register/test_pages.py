"""The pages of the register, as any member of staff reads them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from baton.platform.clock import stopped_at
from baton.practice.loading import load_framework
from tests.client import page_client
from tests.factories import a_place
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROLES = ("hub_adviser", "worker", "teacher", "manager", "service_manager", "administrator")


@pytest.fixture(autouse=True)
def it_is_monday() -> Iterator[None]:
    with stopped_at(MONDAY):
        yield


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def typed(rule: str, **more: str) -> dict[str, str]:
    start = {"start-day": "5", "start-month": "10", "start-year": "2026", "start-time": "9:30am"}
    return {"rule": rule} | start | more


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["register", "contradictions", "calculator"])
def test_every_member_of_staff_may_read_the_rules(role: str, name: str) -> None:
    response = page_client(getattr(a_place(), role)).get(reverse(name))
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["register", "contradictions", "calculator"])
def test_who_is_not_signed_in_is_asked_to(name: str) -> None:
    assert page_client().get(reverse(name)).status_code == 302


@override_settings(BATON_PLACE="doncaster")
def test_the_own_place_is_shown_first() -> None:
    response = page_client(a_place().worker).get(reverse("register"))
    assert "The rules in Doncaster" in words_of(response)


@pytest.mark.parametrize("place", ["dorset", "doncaster", "derby"])
def test_a_places_page_holds_everything_its_framework_says(place: str) -> None:
    words = words_of(page_client(a_place().worker).get(reverse("register-place", args=[place])))
    framework = load_framework(place)
    lists = (framework.records, framework.reasons, framework.decisions, framework.outcomes, framework.closure_reasons)
    titles = [each.title for listed in (*lists, framework.timescales, framework.levels) for each in listed]
    missing = [title for title in titles if " ".join(title.split()) not in words]
    assert missing == []


def test_a_rule_shows_its_source_and_its_other_readings() -> None:
    words = words_of(page_client(a_place().worker).get(reverse("register-place", args=["dorset"])))
    assert "Dorset framework 15.1 and the performance framework" in words
    assert "Every three months, counted from the planning meeting (Dorset framework 2.4 and 9)" in words
    assert "Last checked 22 November 2026" in words


def test_what_a_place_leaves_open_is_shown_as_open() -> None:
    words = words_of(page_client(a_place().worker).get(reverse("register-place", args=["doncaster"])))
    assert "No timescale set" in words
    assert "no hours or days are given" in words


def test_a_place_without_points_of_oversight_says_so() -> None:
    words = words_of(page_client(a_place().worker).get(reverse("register-place", args=["derby"])))
    assert "The documents name no points at which a manager’s oversight is due." in words


def test_an_unknown_place_is_not_found() -> None:
    assert page_client(a_place().worker).get(reverse("register-place", args=["atlantis"])).status_code == 404


def test_the_page_of_contradictions_holds_each_of_every_place() -> None:
    words = words_of(page_client(a_place().worker).get(reverse("contradictions")))
    for place in ("dorset", "doncaster", "derby"):
        for each in load_framework(place).contradictions:
            assert each.title in words
    assert "30 days after the request" in words


def test_the_calculator_asks_before_it_answers() -> None:
    words = words_of(page_client(a_place().worker).get(reverse("calculator")))
    assert "When is it due?" in words
    assert "There is a problem" not in words


def test_the_calculator_gives_the_date_and_why() -> None:
    response = page_client(a_place().worker).get(reverse("calculator"), typed("dorset.review"))
    words = words_of(response)
    assert "Monday 16 November 2026" in words
    assert "six weeks after the planning meeting on 5 October" in words
    assert "Tuesday 5 January 2027 (Dorset framework 2.4 and 9)" in words


def test_the_calculator_opens_with_the_rule_one_came_from() -> None:
    page = parse(page_client(a_place().worker).get(f"{reverse('calculator')}?rule=dorset.visit").content.decode())
    chosen = [option.get("value") for option in page.findall(".//option") if option.get("selected") is not None]
    assert chosen == ["dorset.visit"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rule": ""}, "Choose a rule"),
        ({"rule": "dorset.nothing"}, "Select one of the answers offered"),
        ({"start-month": "13"}, "The start must be a real date"),
        ({"start-year": "1999"}, "between 1 January 2000"),
        ({"start-year": "2005"}, "This rule was not in force on that day. Enter a later date."),
    ],
)
def test_the_calculator_says_what_to_put_right_and_keeps_what_was_typed(wrong: dict[str, str], said: str) -> None:
    response = page_client(a_place().worker).get(reverse("calculator"), typed("dorset.review") | wrong)
    assert response.status_code == 422
    assert said in words_of(response)
    assert 'value="9:30am"' in response.content.decode()


def test_the_pages_ask_the_database_only_who_is_there() -> None:
    client = page_client(a_place().worker)
    client.get(reverse("register"))
    assert client.queries <= 4


@pytest.mark.parametrize("place", ["dorset", "doncaster", "derby"])
def test_the_lawful_basis_stands_apart_and_says_what_is_not_set(place: str) -> None:
    with override_settings(BATON_PLACE=place):
        words = words_of(page_client(a_place().worker).get(reverse("lawful-basis")))
    framework = load_framework(place)
    assert "A family’s agreement to early help is not the lawful basis" in words
    for each in framework.lawful_bases:
        assert each.title in words
        assert each.note in words
    assert words.count("Not set") == len([each for each in framework.lawful_bases if not each.basis])
    assert ("section 10 of the Children Act 2004" in words) == (place == "doncaster")
    assert not any(each.title in words for each in framework.agreement)  # never mixed on one page
