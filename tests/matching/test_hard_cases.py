"""Cases that look like one person and are two, and cases that look like two and are one."""

from datetime import date
from typing import Any

import pytest

from baton.matching.likeness.facts import Facts, compact, plain
from baton.matching.likeness.scoring import ALMOST_CERTAIN, POSSIBLE, PROBABLE, Likeness, likeness

HOME = {"addresses": ("12 otter lane",), "postcodes": ("DT11XJ",)}
BORN = date(2016, 3, 27)


def somebody(given: str = "Nell", family: str = "Marshmarigold", born: date | None = BORN, **more: Any) -> Facts:
    return Facts(given=(plain(given),), family=(plain(family),), born=born, **more)


def same(one: Facts, other: Facts) -> Likeness:
    found, turned_round = likeness(one, other), likeness(other, one)
    assert found.sure == pytest.approx(turned_round.sure)
    return found


# Two people


def test_twins_are_two_people() -> None:
    assert same(somebody("Nell", **HOME), somebody("Tom", **HOME)).sure < PROBABLE
    assert same(somebody("Nell", sex="F", **HOME), somebody("Tom", sex="M", **HOME)).sure < POSSIBLE


def test_a_parent_and_a_child_of_one_name_are_two_people() -> None:
    father = somebody("John", born=date(1985, 6, 2), sex="M", **HOME)
    assert same(father, somebody("John", born=date(2014, 1, 9), sex="M", **HOME)).sure < PROBABLE


def test_brothers_and_sisters_are_two_people() -> None:
    assert same(somebody("Nell", **HOME), somebody("Bran", born=date(2019, 9, 30), **HOME)).sure < POSSIBLE


def test_people_of_a_common_name_need_more_than_the_name() -> None:
    one = somebody("John", "Smith", date(1985, 6, 2))
    assert same(one, somebody("John", "Smith", None)).sure < POSSIBLE
    assert same(one, somebody("John", "Smith", date(1969, 11, 23))).sure < POSSIBLE


def test_somebody_of_a_rare_name_is_more_surely_the_same() -> None:
    rare = same(somebody("Ottilie", "Quillfeather", None), somebody("Ottilie", "Quillfeather", None))
    common = same(somebody("John", "Smith", None), somebody("John", "Smith", None))
    assert rare.sure > PROBABLE > common.sure


def test_two_people_with_different_nhs_numbers_are_hardly_the_same() -> None:
    one = somebody(identifiers=(("nhs", "9990000018"),), **HOME)
    other = somebody(identifiers=(("nhs", "9990000999"),), **HOME)
    assert same(one, other).sure < same(somebody(**HOME), somebody(**HOME)).sure
    assert "another identifying number" in same(one, other).why_not


def test_neighbours_who_share_a_birthday_are_two_people() -> None:
    other = somebody("Wilfred", "Otterby", addresses=("14 otter lane",), postcodes=("DT11XJ",))
    assert same(somebody(**HOME), other).sure < POSSIBLE


# One person


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (somebody(), "same date of birth"),
        (somebody("Eleanor"), "short or other form of the first name"),
        (somebody("Nel"), "first name spelt differently"),
        (somebody(family="Marshmarygold"), "last name spelt differently"),
        (somebody(born=date(2016, 3, 28)), "date of birth differs in one digit"),
        (somebody("Marshmarigold", "Nell"), "first and last name the other way round"),
    ],
)
def test_one_slip_does_not_hide_somebody(other: Facts, why: str) -> None:
    found = same(somebody(), other)
    assert found.sure >= PROBABLE
    assert why in found.why


def test_a_day_and_month_the_other_way_round_are_seen() -> None:
    found = same(somebody(born=date(2016, 3, 7)), somebody(born=date(2016, 7, 3)))
    assert found.sure >= PROBABLE
    assert "day and month of birth swapped" in found.why


def test_somebody_who_took_another_last_name_is_known_by_the_rest() -> None:
    before = somebody("Maud", "Otterby", date(1988, 2, 3), phones=("07700900982",), **HOME)
    after = somebody("Maud", "Marshmarigold", date(1988, 2, 3), phones=("07700900982",), **HOME)
    assert same(before, after).sure >= PROBABLE


def test_a_former_name_counts_as_much_as_the_present_one() -> None:
    now = Facts(given=("maud",), family=("marshmarigold", "otterby"), born=date(1988, 2, 3))
    assert same(now, somebody("Maud", "Otterby", date(1988, 2, 3))).sure >= ALMOST_CERTAIN


def test_an_identifier_outweighs_a_name_written_wrongly() -> None:
    one = somebody("Nell", identifiers=(("nhs", "9990000018"),))
    other = somebody("Nelly May", "Marsh", identifiers=(("nhs", "9990000018"),))
    assert same(one, other).sure >= ALMOST_CERTAIN


def test_what_is_not_known_says_nothing() -> None:
    assert same(Facts(), Facts()).reasons == ()


def test_the_score_is_told_in_words() -> None:
    assert same(somebody(**HOME), somebody(**HOME)).how_sure == "Almost certainly"
    assert same(somebody(), somebody("Zebedee", "Nobody", None)).how_sure == "Possibly"


def test_names_are_compared_without_accents_and_signs() -> None:
    assert plain("Zoë  O'Brien-Marsh") == "zoe obrien marsh"
    assert plain("Łukasz") == "lukasz"
    assert compact("dt1 1xj") == "DT11XJ"
