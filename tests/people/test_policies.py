"""What must be true of somebody in a family: every branch, no database."""

from dataclasses import replace
from datetime import date

import pytest

from baton.people.policies import (
    TO_ADD,
    TO_KEEP,
    MemberFacts,
    age_on,
    birth_is_past,
    grown_up_child_is_meant,
    is_born_or_awaited,
    is_new_to_the_family,
    left_after_joining,
    nhs_number_is_real,
)
from baton.people.policies.identifiers import is_nhs_number
from baton.platform.refusals import Policy, unmet

TODAY = date(2026, 10, 7)
FINE = MemberFacts(date_of_birth=date(2013, 5, 1), due_on=None, part="child", nhs_number="9990000018", today=TODAY)
EIGHTEEN = date(2008, 10, 7)


@pytest.mark.parametrize(
    "facts",
    [
        FINE,
        replace(FINE, date_of_birth=None, due_on=date(2027, 1, 1), nhs_number=""),
        replace(FINE, date_of_birth=TODAY),
        replace(FINE, date_of_birth=date(2008, 10, 8), young_adult_meant=False),  # eighteen tomorrow
        replace(FINE, date_of_birth=EIGHTEEN, young_adult_meant=True),
        replace(FINE, date_of_birth=date(1988, 1, 1), part="parent", young_adult_meant=False),
        replace(FINE, date_of_birth=None, young_adult_meant=False),
        replace(FINE, joined_on=TODAY, left_on=TODAY),
        replace(FINE, left_on=TODAY),
    ],
)
def test_somebody_is_kept(facts: MemberFacts) -> None:
    assert unmet(TO_KEEP, facts) == unmet(TO_ADD, facts) == ()


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (replace(FINE, due_on=TODAY), is_born_or_awaited),
        (replace(FINE, date_of_birth=date(2026, 10, 8)), birth_is_past),
        (replace(FINE, date_of_birth=EIGHTEEN, young_adult_meant=False), grown_up_child_is_meant),
        (replace(FINE, nhs_number="9990000019"), nhs_number_is_real),
        (replace(FINE, joined_on=TODAY, left_on=date(2026, 10, 6)), left_after_joining),
    ],
)
def test_somebody_is_refused_with_the_sentence_of_what_is_wrong(facts: MemberFacts, policy: Policy) -> None:
    assert unmet(TO_KEEP, facts) == (policy.__doc__,)


def test_nobody_joins_a_family_twice() -> None:
    assert unmet(TO_ADD, replace(FINE, is_member_already=True)) == (is_new_to_the_family.__doc__,)


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("9990000018", True),
        ("9434765919", True),
        ("9434765918", False),
        ("999000001", False),
        ("99900000180", False),
        ("99900000a8", False),
        ("٩٩٩٠٠٠٠٠١٨", False),
        ("0000000000", False),
    ],
)
def test_the_last_digit_of_an_nhs_number_is_checked(number: str, fits: bool) -> None:
    assert is_nhs_number(number) is fits


def test_of_the_ten_numbers_with_the_same_first_nine_digits_at_most_one_is_real() -> None:
    for first in range(999_000_000, 999_000_200):
        assert sum(is_nhs_number(f"{first}{last}") for last in range(10)) <= 1


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2013, 5, 1), date(2026, 4, 30), 12),
        (date(2013, 5, 1), date(2026, 5, 1), 13),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_counted_in_whole_years(born: date, on: date, age: int) -> None:
    assert age_on(on, born=born) == age
