"""What must be true of accounts and roles before they change. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class InviteFacts:
    """What is known when somebody is invited."""

    address_is_free: bool


def nobody_else_has_the_address(facts: InviteFacts) -> bool:
    """Somebody has an account with this e-mail address already. Find them in the list."""
    return facts.address_is_free


TO_INVITE = (nobody_else_has_the_address,)


@dataclass(frozen=True)
class RoleFacts:
    """What is known when a role is given. `held_for` is the kind of part, of those it `may_be_held_for`."""

    works_here: bool
    held_for: str
    may_be_held_for: tuple[str, ...]
    holds_it_already: bool
    from_on: date
    until_on: date | None


def account_is_open(facts: RoleFacts) -> bool:
    """This account is closed. Open it again first."""
    return facts.works_here


def role_fits_the_part(facts: RoleFacts) -> bool:
    """This role cannot be held for that part of the place. Choose what its description says."""
    return facts.held_for in facts.may_be_held_for


def role_is_new_to_them(facts: RoleFacts) -> bool:
    """They hold this role for this part already. End that first, if its dates are wrong."""
    return not facts.holds_it_already


def role_ends_after_it_starts(facts: RoleFacts) -> bool:
    """The last day must not be before the first."""
    return facts.until_on is None or facts.until_on >= facts.from_on


TO_GIVE_ROLE = (account_is_open, role_fits_the_part, role_is_new_to_them, role_ends_after_it_starts)


@dataclass(frozen=True)
class LeavingFacts:
    """What is known when access ends. `last_on` is the last day, or nothing for at once."""

    leaves_an_administrator: bool
    is_in_force: bool = True
    today: date | None = None
    last_on: date | None = None


def an_administrator_stays(facts: LeavingFacts) -> bool:
    """This is the last administrator. Give somebody else the role first, or nobody could let people in."""
    return facts.leaves_an_administrator


def it_has_not_ended(facts: LeavingFacts) -> bool:
    """This has ended already."""
    return facts.is_in_force


def last_day_is_not_past(facts: LeavingFacts) -> bool:
    """The last day must be today or later. To end it now, choose “At once”."""
    return facts.last_on is None or facts.today is None or facts.last_on >= facts.today


TO_END_ROLE = (an_administrator_stays, it_has_not_ended, last_day_is_not_past)
TO_CLOSE_ACCOUNT = (an_administrator_stays, it_has_not_ended)
