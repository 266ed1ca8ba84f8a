"""A family in which to record relationships: its worker, and its people by first name."""

from dataclasses import dataclass
from datetime import date

from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.platform.guard import acting_as
from baton.relationships.actions import record_relationship
from baton.relationships.models import Relationship
from baton.relationships.policies.relationships import Told
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY

OTHERS = (
    ("Bill", "M", date(1986, 4, 2), FamilyMember.Part.PARENT),
    ("Nora", "F", date(1960, 1, 9), FamilyMember.Part.WIDER),
    ("Piers", "M", date(1984, 8, 30), FamilyMember.Part.WIDER),
)


@dataclass(frozen=True)
class Known:
    """Marigold and her children Ashby (2013) and Bramwell (2019); Bill, Nora her mother's age, and Piers."""

    place: Place
    family: Family
    people: dict[str, Person]

    def id(self, name: str) -> int:
        return self.people[name].pk

    def relate(self, person: str, kind: str, relative: str, **more: object) -> Relationship:
        """By the family's worker, on a Monday."""
        worker = self.place.worker
        told = Told(self.id(person), kind, self.id(relative), **more)  # type: ignore[arg-type]
        with acting_as(worker):
            return record_relationship(family=self.family, told=told, by=worker, at=MONDAY)


def a_known_family(place: Place | None = None, *, framework: str = "dorset") -> Known:
    place = place or a_place()
    episode = an_allocated_episode(place, framework=framework)
    worker = place.worker
    with acting_as(worker):
        family = Family.objects.select_related("team").get(pk=episode.family_id)
        for name, sex, born, part in OTHERS:
            person = Person(given_name=name, family_name="Marshgate", sex=sex, date_of_birth=born)
            add_member(
                family=family, person=person, part=part, relationship="", from_on=MONDAY.date(),
                lives_with_family=False, by=worker, at=MONDAY,
            )  # fmt: skip
        members = FamilyMember.objects.filter(family=family).select_related("person")
        return Known(place, family, {member.person.given_name: member.person for member in members})
