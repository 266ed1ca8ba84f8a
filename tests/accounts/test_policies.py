"""What must be true of accounts and roles before they change."""

from dataclasses import replace
from datetime import date, timedelta

from baton.accounts.policies import (
    LeavingFacts,
    RoleFacts,
    account_is_open,
    an_administrator_stays,
    it_has_not_ended,
    last_day_is_not_past,
    role_ends_after_it_starts,
    role_fits_the_part,
    role_is_new_to_them,
)

TODAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)
GIVEN = RoleFacts(
    works_here=True,
    held_for="team",
    may_be_held_for=("team", "organisation"),
    holds_it_already=False,
    from_on=TODAY,
    until_on=None,
)
LEAVING = LeavingFacts(leaves_an_administrator=True, today=TODAY)


def test_account_is_open() -> None:
    assert account_is_open(GIVEN)
    assert not account_is_open(replace(GIVEN, works_here=False))


def test_role_fits_the_part() -> None:
    assert role_fits_the_part(GIVEN)
    assert not role_fits_the_part(replace(GIVEN, held_for="place"))


def test_role_is_new_to_them() -> None:
    assert role_is_new_to_them(GIVEN)
    assert not role_is_new_to_them(replace(GIVEN, holds_it_already=True))


def test_role_ends_after_it_starts() -> None:
    assert role_ends_after_it_starts(GIVEN)
    assert role_ends_after_it_starts(replace(GIVEN, until_on=TODAY))
    assert not role_ends_after_it_starts(replace(GIVEN, until_on=TODAY - A_DAY))


def test_an_administrator_stays() -> None:
    assert an_administrator_stays(LEAVING)
    assert not an_administrator_stays(replace(LEAVING, leaves_an_administrator=False))


def test_it_has_not_ended() -> None:
    assert it_has_not_ended(LEAVING)
    assert not it_has_not_ended(replace(LEAVING, is_in_force=False))


def test_last_day_is_not_past() -> None:
    assert last_day_is_not_past(LEAVING)
    assert last_day_is_not_past(replace(LEAVING, last_on=TODAY))
    assert not last_day_is_not_past(replace(LEAVING, last_on=TODAY - A_DAY))
