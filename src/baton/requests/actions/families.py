"""The people named in a request become members of the family it opens help for."""

from datetime import datetime

from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.platform.clock import LONDON
from baton.platform.models import User
from baton.requests.models import HelpRequest, RequestPerson


def bring_in(*, request: HelpRequest, family: Family, by: User, at: datetime) -> dict[str, Person]:
    """Within an action: add everybody named who is not in the family yet. Returns the people by name, lower case."""
    inside = set(FamilyMember.objects.filter(family=family, until_on__isnull=True).values_list("person_id", flat=True))
    named_people = list(request.people.select_related("person").order_by("pk"))
    for named in named_people:
        person = named.person or _person(named, request)
        if person.pk is None or person.pk not in inside:
            add_member(
                family=family,
                person=person,
                part=named.part,
                relationship=named.relationship,
                from_on=request.received_at.astimezone(LONDON).date(),
                by=by,
                at=at,
            )
            inside.add(person.pk)
        named.person = person
    RequestPerson.objects.bulk_update(named_people, ["person"])
    return {named.name.casefold(): named.person for named in named_people if named.person}


def _person(named: RequestPerson, request: HelpRequest) -> Person:
    """A new person as the enquirer knows them; the address is the household's, not the wider family's."""
    at_home = named.part != FamilyMember.Part.WIDER
    return Person(
        given_name=named.given_name,
        family_name=named.family_name,
        date_of_birth=named.date_of_birth,
        sex=named.sex,
        school=named.school,
        phone=named.phone,
        address=request.address if at_home else "",
        postcode=request.postcode if at_home else "",
    )
