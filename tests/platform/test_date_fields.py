"""Dates and times as people type them, and what is said of those that cannot be read."""

from datetime import UTC, date, datetime, time

import pytest

from baton.platform import clock, dates_in_words
from baton.platform.date_fields import boxes_in_error
from baton.platform.dates_typed import NotRead, moment_in_england, read_time
from baton.platform.form_fields import (
    BatonForm,
    DayField,
    MomentField,
)
from tests.platform.filled_forms import NOON_ON_2_NOVEMBER, day_typed, form_with, only_error


@pytest.fixture(autouse=True)
def clock_stopped():
    with clock.stopped_at(NOON_ON_2_NOVEMBER):
        yield


@pytest.mark.parametrize(
    ("day", "month", "year", "meant"),
    [
        ("27", "3", "2026", date(2026, 3, 27)),
        ("1", "1", "1999", date(1999, 1, 1)),
        ("01", "02", "2026", date(2026, 2, 1)),
        (" 5 ", " 11 ", " 2026 ", date(2026, 11, 5)),
        ("29", "2", "2024", date(2024, 2, 29)),
        ("5", "march", "2026", date(2026, 3, 5)),
        ("5", "Sep", "2026", date(2026, 9, 5)),
        ("5", "SEPT", "2026", date(2026, 9, 5)),
    ],
)
def test_a_date_is_read_as_people_type_it(day, month, year, meant):
    form = form_with(DayField(), **day_typed(day, month, year))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == meant


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence", "boxes"),
    [
        ("", "", "", "Enter a date, like 27 3 2026", ("day", "month", "year")),
        ("", "3", "2026", "The date must include a day", ("day",)),
        ("27", "", "2026", "The date must include a month", ("month",)),
        ("27", "3", "", "The date must include a year", ("year",)),
        ("27", "", "", "The date must include a month and a year", ("month", "year")),
        ("27", "3", "26", "The year of the date must have 4 numbers, like 2026", ("year",)),
        ("32", "3", "2026", "The date must be a real date, like 27 3 2026", ("day",)),
        ("27", "13", "2026", "The date must be a real date, like 27 3 2026", ("month",)),
        ("40", "40", "2026", "The date must be a real date, like 27 3 2026", ("day", "month")),
        ("29", "2", "2026", "The date must be a real date, like 27 3 2026", ("day", "month", "year")),
        ("x", "3", "2026", "The date must be a real date, like 27 3 2026", ("day",)),
        ("27", "m4rch", "2026", "The date must be a real date, like 27 3 2026", ("month",)),
        ("٢", "3", "2026", "The date must be a real date, like 27 3 2026", ("day",)),
        ("-1", "3", "2026", "The date must be a real date, like 27 3 2026", ("day",)),
        ("1", "3", "0000", "The date must be a real date, like 27 3 2026", ("day", "month", "year")),
    ],
)
def test_a_date_that_cannot_be_read_says_what_to_do_and_where(day, month, year, sentence, boxes):
    form = form_with(DayField(), **day_typed(day, month, year))
    assert only_error(form) == sentence
    assert boxes_in_error(form["it"]) == boxes


@pytest.mark.parametrize(
    ("options", "day", "error"),
    [
        ({"past": True}, "2", None),
        ({"past": True}, "1", None),
        ({"past": True}, "3", "The date of birth must be in the past"),
        ({"future": True}, "2", None),
        ({"future": True}, "3", None),
        ({"future": True}, "1", "The date of birth must be today or in the future"),
        (
            {"earliest": date(2026, 11, 2)},
            "1",
            "The date of birth must be between 2 November 2026 and 31 December 2199",
        ),
        ({"latest": date(2026, 11, 2)}, "3", "The date of birth must be between 1 January 1900 and 2 November 2026"),
    ],
)
def test_a_date_may_have_to_be_on_one_side_of_today(options, day, error):
    form = form_with(DayField(called="date of birth", **options), **day_typed(day, "11", "2026"))
    assert (form.is_valid(), form.errors.get("it", [None])[0]) == (error is None, error)


def test_a_date_left_open_is_no_date():
    form = form_with(DayField(required=False), **day_typed("", "", ""))
    assert form.is_valid()
    assert form.cleaned_data["it"] is None


def test_a_date_says_its_own_message_when_it_must_be_given():
    assert only_error(form_with(DayField(required_message="Enter when it was held"))) == "Enter when it was held"


def test_a_wrong_date_is_shown_as_it_was_typed():
    form = form_with(DayField(), **day_typed("31", "feb", "2026"))
    shown = form.fields["it"].widget.boxes(form["it"].value())
    assert [box["value"] for box in shown] == ["31", "feb", "2026"]


def test_an_initial_date_fills_the_boxes():
    field = DayField()
    form = type("OneField", (BatonForm,), {"it": field})(initial={"it": date(2026, 3, 7)})
    assert [box["value"] for box in field.widget.boxes(form["it"].value())] == ["7", "3", "2026"]


def test_whether_a_date_changed_is_known():
    assert not DayField().has_changed(date(2026, 3, 7), {"day": "7", "month": "3", "year": "2026"})
    assert DayField().has_changed(date(2026, 3, 7), {"day": "8", "month": "3", "year": "2026"})
    assert not DayField().has_changed(None, {"day": "", "month": "", "year": ""})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2:30pm", time(14, 30)),
        ("14:30", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("9am", time(9)),
        ("0930", time(9, 30)),
        ("09:05", time(9, 5)),
        ("12am", time(0)),
        ("12:15am", time(0, 15)),
        ("12pm", time(12)),
        ("12:30pm", time(12, 30)),
        ("midday", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "2", "half two", "25:00", "14:60", "13:00:00", "2:3pm", "14h30", "99pm", "-1:30"]
)
def test_a_time_that_cannot_be_read_says_what_to_do(typed):
    with pytest.raises(NotRead, match="like 2:30pm or 14:30") as unread:
        read_time(typed)
    assert unread.value.boxes == ("time",)


def test_a_moment_is_by_the_clocks_of_england():
    summer = form_with(MomentField(), **day_typed("5", "7", "2026"), it_time="2:30pm")
    winter = form_with(MomentField(), **day_typed("5", "1", "2026"), it_time="14:30")
    assert summer.is_valid()
    assert winter.is_valid()
    assert summer.cleaned_data["it"] == datetime(2026, 7, 5, 13, 30, tzinfo=UTC)
    assert winter.cleaned_data["it"] == datetime(2026, 1, 5, 14, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skipped_is_refused():
    with pytest.raises(NotRead, match="clocks went forward"):
        moment_in_england(date(2026, 3, 29), time(1, 30))


def test_of_a_time_that_came_twice_the_first_is_meant():
    assert moment_in_england(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_without_its_time_points_at_the_time():
    form = form_with(MomentField(), **day_typed("1", "11", "2026"), it_time="")
    assert only_error(form) == "Enter a time, like 2:30pm or 14:30"
    assert boxes_in_error(form["it"]) == ("time",)


@pytest.mark.parametrize(
    ("options", "typed", "error"),
    [
        ({"past": True}, "11:59", None),
        ({"past": True}, "12:01", "The date must be in the past"),
        ({"future": True}, "12:01", None),
        ({"future": True}, "11:59", "The date must be in the future"),
    ],
)
def test_a_moment_may_have_to_be_on_one_side_of_now(options, typed, error):
    form = form_with(MomentField(**options), **day_typed("2", "11", "2026"), it_time=typed)
    assert (form.is_valid(), form.errors.get("it", [None])[0]) == (error is None, error)


def test_an_initial_moment_fills_the_boxes_in_englands_time():
    shown = MomentField().widget.boxes(datetime(2026, 7, 5, 13, 30, tzinfo=UTC))
    assert [box["value"] for box in shown] == ["5", "7", "2026", "2:30pm"]


def test_every_time_a_box_shows_can_be_read_again():
    for hour in range(24):
        for minute in (0, 5, 30, 59):
            assert read_time(dates_in_words.clock_time(time(hour, minute))) == time(hour, minute)
