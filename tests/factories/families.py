"""Families, made by the hub as it does when a request is accepted."""

from collections.abc import Sequence
from datetime import date, datetime

from baton.people.actions import add_member, register_family
from baton.people.models import Family, FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import Team, User
from tests.factories.times import LONG_AGO

TWO_CHILDREN = (("Ashby", date(2013, 5, 1)), ("Bramwell", date(2019, 9, 30)))


def a_family(
    *,
    team: Team,
    by: User,
    name: str = "Quillfeather",
    children: Sequence[tuple[str, date]] = TWO_CHILDREN,
    at: datetime = LONG_AGO,
) -> Family:
    """A family of one mother and the children given as first name and date of birth. `by` is a hub adviser."""
    with acting_as(by):
        family = register_family(team=team, name=name, by=by, at=at)
        mother = Person(given_name="Marigold", family_name=name, date_of_birth=date(1988, 2, 3), sex=Person.Sex.FEMALE)
        _add(family, mother, FamilyMember.Part.PARENT, "mum", by, at)
        for given_name, born in children:
            child = Person(given_name=given_name, family_name=name, date_of_birth=born)
            _add(family, child, FamilyMember.Part.CHILD, "", by, at)
    return family


def _add(family: Family, person: Person, part: str, relationship: str, by: User, at: datetime) -> None:
    add_member(family=family, person=person, part=part, relationship=relationship, from_on=at.date(), by=by, at=at)
