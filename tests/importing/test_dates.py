"""Dates as other systems write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.importing.reading.dates import EXCEL_BEGINS, read_date

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 2), date(2099, 12, 31))
WRITTEN = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%d %B %Y", "%d.%m.%Y", "%A, %d %B %Y",
           "%Y-%m-%dT00:00:00.000Z", "%d/%m/%Y 00:00", "%Y-%m-%d 00:00:00", "%d/%m/%Y 12:00:00 AM")  # fmt: skip


@given(DAYS, st.sampled_from(WRITTEN))
def test_a_day_is_read_however_it_is_written(day: date, how: str) -> None:
    assert read_date(day.strftime(how), today=TODAY).day == day


@given(DAYS)
def test_month_first_is_read_where_the_mapping_says_so(day: date) -> None:
    assert read_date(day.strftime("%m/%d/%Y"), order="mdy", today=TODAY).day == day


@given(st.integers(61, 73_050))
def test_excels_numbers_are_its_days(number: int) -> None:
    read = read_date(str(number), today=TODAY)
    assert read.day == EXCEL_BEGINS + timedelta(days=number)
    assert "Excel" in read.note


@pytest.mark.parametrize(
    ("number", "day"), [("2", "1900-01-02"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("45000.5", "2023-03-15")]
)
def test_the_first_of_excels_days_lie_before_a_day_that_never_was(number: str, day: str) -> None:
    read = read_date(number, today=TODAY)
    assert read.day == date.fromisoformat(day)
    assert read_date("60", today=TODAY).wrong


@given(DAYS.filter(lambda day: TODAY.year - 100 < day.year <= TODAY.year))
def test_two_figures_are_a_year_of_the_last_hundred(day: date) -> None:
    read = read_date(day.strftime("%d/%m/%y"), today=TODAY)
    assert read.day == day
    assert f"read as {day.year}" in read.note


@given(st.text(max_size=20))
def test_anything_is_a_date_or_nothing_or_wrong_and_never_an_accident(text: str) -> None:
    read = read_date(text, today=TODAY)
    assert read.day is None or not read.wrong


@pytest.mark.parametrize("nothing", ["", "NULL", " n/a ", "-"])
def test_nothing_is_no_date(nothing: str) -> None:
    assert read_date(nothing, today=TODAY) == read_date("", today=TODAY)


@pytest.mark.parametrize(
    "never", ["31/02/2020", "00/00/0000", "29/02/2019", "13 Smarch 2019", "99999", "12/25/2019", "1899-12-31"]
)
def test_what_is_no_day_says_why(never: str) -> None:
    assert read_date(never, today=TODAY).wrong


@pytest.mark.parametrize("filler", ["9999-12-31", "31/12/9999 00:00:00", "01/01/1900"])
def test_what_stands_for_no_date_is_said_to_be_none(filler: str) -> None:
    read = read_date(filler, today=TODAY)
    assert (read.day, read.wrong) == (None, "")
    assert "no date" in read.note


def test_a_cell_of_a_workbook_is_a_day_already() -> None:
    assert read_date(datetime(2015, 5, 3, 14, 0), today=TODAY).day == date(2015, 5, 3)  # noqa: DTZ001 - as a workbook has it
