"""Amounts of time as people write them."""

import pytest

from baton.practice.spans import Span, Unit, in_words, read_span
from tests.practice.stories import at, day


@pytest.mark.parametrize(
    ("written", "span", "said"),
    [
        ("48 hours", Span(48, Unit.HOURS), "48 hours"),
        ("1 hour", Span(1, Unit.HOURS), "one hour"),
        ("20 days", Span(20, Unit.CALENDAR_DAYS), "20 days"),
        ("20 calendar days", Span(20, Unit.CALENDAR_DAYS), "20 days"),
        ("5 working days", Span(5, Unit.WORKING_DAYS), "five working days"),
        ("1 month", Span(1, Unit.MONTHS), "one month"),
        ("4 to 6 weeks", Span(6, Unit.WEEKS, at_least=4), "four to six weeks"),
        (" 6 months ", Span(6, Unit.MONTHS), "six months"),
    ],
)
def test_an_amount_is_read_and_said_back(written: str, span: Span, said: str) -> None:
    assert read_span(written) == span
    assert str(span) == said


@pytest.mark.parametrize("written", ["", "soon", "48", "hours 48", "0 days", "-3 days", "5 fortnights", "1.5 hours"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not an amount of time"):
        read_span(written)


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="runs backwards"):
        read_span("6 to 4 weeks")


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("3 days", "2026-12-26"),
        ("3 working days", "2026-12-30"),
        ("3 weeks", "2027-01-13"),
        ("3 months", "2027-03-23"),
    ],
)
def test_each_unit_counts_in_its_own_way(written: str, due: str) -> None:
    assert read_span(written).due_on(day("2026-12-23")) == day(due)


def test_hours_end_at_an_instant() -> None:
    assert read_span("48 hours").in_hours
    assert read_span("48 hours").due_at(at("2026-12-23 10:00")) == at("2026-12-25 10:00")


def test_a_range_has_a_lower_end() -> None:
    assert read_span("4 to 6 weeks").lower == Span(4, Unit.WEEKS)
    assert read_span("6 weeks").lower is None


@pytest.mark.parametrize(("number", "word"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1")])
def test_small_numbers_are_words(number: int, word: str) -> None:
    assert in_words(number) == word
