"""How long there is to answer: each rule on its own, and all of them against an independent count of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.practice.calendar import is_working_day
from baton.rights.policies.clock import Asked, Stop, due_on, starts_on, steps, tell_of_extension_by, waits_for

CASES = {
    "the corresponding day of the next month": (Asked(date(2026, 9, 3)), date(2026, 10, 5)),  # 3 October: a Saturday
    "a plain weekday": (Asked(date(2026, 10, 12)), date(2026, 11, 12)),
    "the last day of a shorter month": (Asked(date(2026, 8, 31)), date(2026, 9, 30)),
    "the end of February": (Asked(date(2027, 1, 30)), date(2027, 3, 1)),  # 28 February 2027: a Sunday
    "a leap year": (Asked(date(2028, 1, 30)), date(2028, 2, 29)),
    "over Christmas": (Asked(date(2026, 11, 25)), date(2026, 12, 29)),  # the 28th stands in for Boxing Day
    "Good Friday and Easter Monday": (Asked(date(2027, 2, 26)), date(2027, 3, 30)),
    "two months more": (Asked(date(2026, 10, 12), extended_on=date(2026, 11, 2)), date(2027, 1, 12)),
    "identity begins the month": (
        Asked(date(2026, 10, 1), (Stop(True, date(2026, 10, 2), date(2026, 10, 12)),)),
        date(2026, 11, 12),
    ),
    "clarification adds its days, both ends counted": (
        Asked(date(2026, 10, 12), (Stop(False, date(2026, 10, 14), date(2026, 10, 20)),)),
        date(2026, 11, 19),
    ),
    "asked what they mean before it was known who they are": (
        Asked(
            date(2026, 10, 1),
            (Stop(False, date(2026, 10, 2), date(2026, 10, 14)), Stop(True, date(2026, 10, 14), date(2026, 10, 12))),
        ),
        date(2026, 11, 16),  # from the 12th a month and three days: a Sunday
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_answer_is_due(case: str) -> None:
    asked, due = CASES[case]
    assert due_on(asked) == due


def test_while_something_is_awaited_there_is_no_day() -> None:
    awaited = Stop(False, date(2026, 10, 14))
    asked = Asked(date(2026, 10, 12), (awaited,))
    assert due_on(asked) is None
    assert waits_for(asked) == awaited
    assert starts_on(asked) == date(2026, 10, 12)
    assert starts_on(Asked(date(2026, 10, 12), (Stop(True, date(2026, 10, 14)),))) is None


def test_the_person_is_told_of_an_extension_within_the_first_month_and_the_days_that_do_not_count() -> None:
    assert tell_of_extension_by(Asked(date(2026, 10, 31))) == date(2026, 11, 30)
    stopped = Asked(date(2026, 10, 12), (Stop(False, date(2026, 10, 14), date(2026, 10, 20)),))
    assert tell_of_extension_by(stopped) == date(2026, 11, 19)


def test_each_date_says_what_it_followed_from() -> None:
    # Given a request that was clarified and then extended
    asked = Asked(date(2026, 10, 12), (Stop(False, date(2026, 10, 14), date(2026, 10, 20)),), date(2026, 11, 10))
    told = steps(asked)
    # Then the history has every date there was, and why
    assert [(each.on, each.due_on) for each in told] == [
        (date(2026, 10, 12), date(2026, 11, 12)),
        (date(2026, 10, 14), None),
        (date(2026, 10, 20), date(2026, 11, 19)),
        (date(2026, 11, 10), date(2027, 1, 19)),
    ]
    assert told[0].why == "One month from 12 October 2026: 12 November 2026."
    assert told[2].why == "One month from 12 October 2026, and 7 days that do not count: 19 November 2026."
    assert "Article 12(3)" in told[0].source
    assert "12A" in told[2].source


DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SPANS = st.integers(0, 40)


@given(DAYS, st.lists(st.tuples(SPANS, SPANS), max_size=4), st.booleans())
def test_no_stop_makes_it_earlier_and_every_day_is_a_working_one(
    received: date, spans: list[tuple[int, int]], extended: bool
) -> None:
    stops, first = [], received
    for gap, length in spans:
        asked_on = first + timedelta(days=gap)
        stops.append(Stop(False, asked_on, asked_on + timedelta(days=length)))
        first = asked_on + timedelta(days=length)
    asked = Asked(received, tuple(stops), received if extended else None)
    due = due_on(asked)
    assert due is not None
    assert is_working_day(due)
    plain = due_on(Asked(received, (), asked.extended_on))
    assert plain is not None
    assert due >= plain
    days = {
        stop.asked_on + timedelta(days=n) for stop in stops for n in range((stop.answered_on - stop.asked_on).days + 1)
    }
    assert timedelta(0) <= due - (plain + timedelta(days=len(days))) + timedelta(days=5) <= timedelta(days=10)
    assert steps(asked)[-1].due_on == due
