"""Changes to families and the people in them."""

from datetime import date, datetime

from baton.people.models import Family, FamilyMember, Person
from baton.people.permissions import may_change_family, may_register_family
from baton.platform.actions import action
from baton.platform.models import Team, User


@action(allowed=may_register_family)
def register_family(*, team: Team, name: str, by: User, at: datetime) -> Family:
    """Start the record of a family that a team will hold."""
    return Family.objects.create(name=name, team=team, created_at=at)


@action(allowed=may_change_family)
def add_member(
    *, family: Family, person: Person, part: str, relationship: str, from_on: date, by: User, at: datetime
) -> FamilyMember:
    """Add a person to a family. A new person is saved first, under this family."""
    if person.pk is None:
        person.first_family = family
        person.save()
    return FamilyMember.objects.create(
        family=family, person=person, part=part, relationship=relationship, from_on=from_on
    )


@action(allowed=may_change_family)
def hand_family_to(*, family: Family, team: Team, by: User, at: datetime) -> Family:
    """Give a family to another team; the team that held it no longer sees it."""
    family.team = team
    family.save(update_fields=["team"])
    return family
