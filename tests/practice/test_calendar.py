"""Amounts of time are counted one way, checked against GOV.UK's own list of bank holidays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from baton.practice import calendar
from baton.practice.calendar import OutsideCalendarError
from tests.practice.stories import LONDON, at, day

GOVUK = BankHolidays(use_cached_holidays=True)
GOVUK_DAYS = {each["date"] for each in GOVUK.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)}
GOVUK_YEARS = sorted({each.year for each in GOVUK_DAYS})
FIRST_DAY, LAST_DAY = date(GOVUK_YEARS[0] + 1, 1, 1), date(GOVUK_YEARS[-1] - 1, 10, 1)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-10-05", 5, "2026-10-12"),  # Monday to Monday
        ("2026-10-09", 1, "2026-10-12"),  # Friday to Monday
        ("2026-10-10", 1, "2026-10-12"),  # a Saturday is not counted as a start either
        ("2026-12-24", 1, "2026-12-29"),  # Christmas, Boxing Day on Saturday, its substitute on Monday
        ("2026-12-25", 2, "2026-12-30"),
        ("2027-03-25", 1, "2027-03-30"),  # Easter
        ("2022-06-01", 1, "2022-06-06"),  # the Platinum Jubilee
        ("2022-09-16", 1, "2022-09-20"),  # the state funeral
        ("2023-05-05", 1, "2023-05-09"),  # the coronation
        ("2026-10-05", 0, "2026-10-05"),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(start: str, days: int, due: str) -> None:
    assert calendar.add_working_days(day(start), days) == day(due)


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2026-10-07", 6, "2027-04-07"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-05-10", 12, "2027-05-10"),
    ],
)
def test_a_month_ends_on_the_same_day_number_or_the_last_day(start: str, months: int, due: str) -> None:
    assert calendar.add_months(day(start), months) == day(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-10-05T09:30:00+01:00", 48, "2026-10-07T09:30:00+01:00"),
        ("2026-10-24T12:00:00+01:00", 24, "2026-10-25T11:00:00+00:00"),  # clocks go back
        ("2027-03-27T12:00:00+00:00", 24, "2027-03-28T13:00:00+01:00"),  # clocks go forward
        ("2026-12-24T23:00:00+00:00", 72, "2026-12-27T23:00:00+00:00"),  # holidays count
    ],
)
def test_hours_elapse_through_nights_holidays_and_clock_changes(start: str, hours: int, due: str) -> None:
    assert calendar.add_hours(datetime.fromisoformat(start), hours) == datetime.fromisoformat(due)


def test_weeks_end_on_the_same_weekday() -> None:
    assert calendar.add_weeks(day("2026-11-06"), 6) == day("2026-12-18")


def test_a_late_evening_in_summer_falls_on_the_london_day() -> None:
    assert calendar.day_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == day("2026-07-02")


def test_an_instant_without_a_timezone_has_no_day() -> None:
    with pytest.raises(ValueError, match="no timezone"):
        calendar.day_of(datetime(2026, 7, 1, 23, 30))  # noqa: DTZ001


def test_a_day_lasts_until_its_last_instant_in_london() -> None:
    assert calendar.end_of(day("2026-12-18")) == at("2026-12-18 23:59:59.999999")
    assert calendar.end_of(day("2026-12-18")).tzinfo is LONDON


@pytest.mark.parametrize("year", [1850, 1999, 2101, 2500])
def test_a_year_without_bank_holiday_data_is_an_error_and_never_a_working_day(year: int) -> None:
    with pytest.raises(OutsideCalendarError, match=str(year)):
        calendar.add_working_days(date(year, 3, 3), 1)


def test_working_days_that_run_beyond_the_data_are_an_error() -> None:
    with pytest.raises(OutsideCalendarError):
        calendar.add_working_days(date(calendar.LAST_YEAR, 12, 30), 5)


@pytest.mark.parametrize(
    "beyond",
    [
        lambda: calendar.add_days(date.max, 1),
        lambda: calendar.add_weeks(date.max, 1),
        lambda: calendar.add_months(date.max, 1),
        lambda: calendar.add_hours(datetime(9999, 12, 31, 23, tzinfo=UTC), 2),
        lambda: calendar.day_of(datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))),
    ],
)
def test_dates_beyond_all_calendars_are_an_error(beyond: Callable[[], object]) -> None:
    with pytest.raises(OutsideCalendarError, match="outside the calendar"):
        beyond()


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [("2013-05-01", "2026-04-30", 12), ("2013-05-01", "2026-05-01", 13), ("2016-02-29", "2026-02-28", 9)],
)
def test_age_is_in_completed_years(born: str, on: str, age: int) -> None:
    assert calendar.age_on(day(on), born=day(born)) == age


def test_bank_holidays_are_those_of_gov_uk() -> None:
    for year in GOVUK_YEARS[:-1]:
        ours = {each for each in calendar.bank_holidays(year) if each.weekday() < calendar.SATURDAY}
        assert ours == {each for each in GOVUK_DAYS if each.year == year}


@given(st.dates(FIRST_DAY, LAST_DAY), st.integers(1, 40))
def test_working_days_agree_with_an_independent_calendar(start: date, days: int) -> None:
    due = calendar.add_working_days(start, days)
    between = [start + timedelta(days=passed) for passed in range(1, (due - start).days + 1)]
    worked = [each for each in between if each.weekday() < calendar.SATURDAY and each not in GOVUK_DAYS]
    assert len(worked) == days
    assert worked[-1] == due


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(1, 36))
def test_months_keep_the_day_number_wherever_the_month_has_it(start: date, months: int) -> None:
    due = calendar.add_months(start, months)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == months
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)), st.integers(1, 500))  # noqa: DTZ001
def test_hours_are_elapsed_time(naive: datetime, hours: int) -> None:
    start = naive.replace(tzinfo=LONDON).astimezone(UTC)
    assert calendar.add_hours(start, hours) - start == timedelta(hours=hours)
