"""People who are recorded twice, and people who only look so: what the hub's list of possible duplicates is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from baton.matching.actions import merge_people, tell_apart
from baton.matching.jobs import sweep_for_duplicates
from baton.matching.models import PossibleDuplicate
from baton.matching.queries.duplicates import waiting_pairs
from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import Refused

DAYS_AGO, DECIDED_DAYS_AGO = 21, 6
LEFT_WAITING = 2  # pairs that are in the queue, at least
EVERY = 7  # how many families lie between one example and the next


@dataclass(frozen=True)
class Slip:
    """How a second record of somebody differs from the first."""

    given_name: str = ""
    last_letter_lost: bool = False
    swapped_names: bool = False
    swapped_birthday: bool = False
    years_apart: int = 0
    same_number: bool = False


TWICE = (  # one person, two records
    Slip(last_letter_lost=True),
    Slip(swapped_birthday=True),
    Slip(swapped_names=True),
    Slip(last_letter_lost=True, same_number=True),
)
NEARLY = (  # two people who look like one
    Slip(years_apart=27),  # an uncle and a nephew of one name
    Slip(given_name="Merryn"),  # a twin
    Slip(years_apart=2),  # a cousin of one name
)


def record_some_twice(*, by: User, until: datetime) -> int:
    """Enter some people of the place a second time, in a family of their relations, and look for duplicates.

    `by` is a hub adviser, who then decides on some of what was found. Returns how many were entered.
    """
    at = until - timedelta(days=DAYS_AGO)
    with acting_as(by):
        homes = list(Family.objects.filter(created_at__lt=at).order_by("pk")[: 2 * EVERY * len(TWICE + NEARLY)])
        entered = [
            _enter_again(slip, first, second, by=by, at=at)
            for slip, first, second in zip(TWICE + NEARLY, islice(homes, 0, None, EVERY), homes[1::EVERY], strict=False)
        ]
    sweep_for_duplicates(timestamp=0)
    _decide_on_some(by=by, at=until - timedelta(days=DECIDED_DAYS_AGO))
    return sum(entered)


def _decide_on_some(*, by: User, at: datetime) -> None:
    """The least sure are two people; the surest that may be are made one record; the others wait."""
    with acting_as(by):
        pairs = list(waiting_pairs())
        if len(pairs) < LEFT_WAITING + 2:
            return
        tell_apart(pair=pairs.pop(), reason="Their aunt named both: they are cousins.", by=by, at=at)
        _make_one(pairs, by=by, at=at)


def _make_one(pairs: Sequence[PossibleDuplicate], *, by: User, at: datetime) -> None:
    """Of the first pair that nothing recorded speaks against: some have another mother or father each."""
    reason = "The school has one child of this name."
    for pair in pairs:
        try:
            merge_people(survivor=pair.one, merged=pair.other, taken=(), reason=reason, by=by, at=at)
        except Refused:
            continue
        return


def _enter_again(slip: Slip, first: Family, second: Family, *, by: User, at: datetime) -> bool:
    member = FamilyMember.objects.filter(family=first, part="child").select_related("person").order_by("pk").first()
    if member is None or member.person.date_of_birth is None:
        return False
    again = _copy(member.person, slip)
    add_member(
        family=second, person=again, part="wider", relationship="cousin", from_on=at.date(), lives_with_family=False,
        by=by, at=at,
    )  # fmt: skip
    return True


def _copy(person: Person, slip: Slip) -> Person:
    given, family = slip.given_name or person.given_name, person.family_name
    family = family[:-1] if slip.last_letter_lost else family
    given, family = (family, given) if slip.swapped_names else (given, family)
    number = person.nhs_number if slip.same_number else ""
    born = _born(person.date_of_birth or date.min, slip)
    return Person(given_name=given, family_name=family, date_of_birth=born, sex=person.sex, nhs_number=number)


def _born(born: date, slip: Slip) -> date:
    if slip.swapped_birthday and born.day <= 12:
        return date(born.year, born.day, born.month)
    return born - timedelta(days=365 * slip.years_apart + slip.years_apart)
