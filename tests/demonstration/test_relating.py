"""Couples of families that do not exist: as old as the law and the record ask."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from baton.demonstration.relating import Kin
from baton.people.models import Family, Person
from baton.platform.models import User

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "kind"), [(date(2018, 6, 1), "living_together"), (date(2020, 6, 1), "married")], ids=["at 15", "at 18"]
)
def test_nobody_marries_before_they_are_grown_up(since: date, kind: str) -> None:
    kin = Kin(Family(), Random(1), User(), AT)
    mother = Person(pk=1, date_of_birth=date(2002, 5, 20))
    father = Person(pk=2, date_of_birth=date(1999, 1, 1))
    kin.couple(father, mother, since, married=True, until=date(2022, 1, 1))
    (told,) = kin.told
    assert told.kind == kind
    assert told.standing == ("divorced" if kind == "married" else "separated")
