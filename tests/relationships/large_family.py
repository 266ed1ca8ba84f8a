"""A family of forty-three in four generations, as one is: partings, second families, deaths, twins, a baby that is due.

And a network of sixteen supports. Drawn by hand, one line crosses another: to the parents of a mother's first partner.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.relationships.actions import add_ties, record_relationships
from baton.relationships.policies.relationships import Told
from baton.relationships.policies.ties import ToldTie
from tests.factories import Place, an_allocated_episode
from tests.factories.times import LONG_AGO, MONDAY

# First name, sex, year of birth, year of death.
PEOPLE = (
    ("Albert", "M", 1932, 1999), ("Edith", "F", 1935, None), ("Walter", "M", 1930, 2004), ("Maud", "F", 1933, 2011),
    ("Raymond", "M", 1956, None), ("Susan", "F", 1958, None), ("Keith", "M", 1961, 2001), ("Linda", "F", 1957, None),
    ("Terence", "M", 1960, None), ("Geoffrey", "M", 1955, None), ("Clive", "M", 1962, None),
    ("Pauline", "F", 1961, None), ("Nora", "F", 1960, None), ("Francis", "M", 1958, 2015), ("Olive", "F", 1955, None),
    ("Hugh", "M", 1953, None), ("Donna", "F", 1979, None), ("Ian", "M", 1977, None), ("Wayne", "M", 1983, None),
    ("Kelly-Marie", "F", 1985, None), ("Sasha", "F", 1990, None), ("Piers", "M", 1984, None), ("Bill", "M", 1986, None),
    ("Gemma", "F", 1987, None), ("Craig", "M", 1982, None), ("Tracy", "F", 1985, None), ("Jade", "F", 1994, None),
    ("Becky", "F", 1984, None), ("Lee", "M", 1984, None), ("Gary", "M", 1987, None), ("Kyle", "M", 2001, None),
    ("Chloe", "F", 2004, None), ("Tyler", "M", 2006, None), ("Mason", "M", 2015, None), ("Poppy", "F", 2010, None),
    ("Ethan", "M", 2012, None), ("Lily", "F", 2014, None),
)  # fmt: skip
AT_HOME = {"Bill": FamilyMember.Part.PARENT}
# Of one birth, and one who is not born yet.
YOUNGEST = (("Juniper", "F", date(2023, 2, 11)), ("Hazel", "F", date(2023, 2, 11)))
COUPLES = (
    ("Albert", "Edith", "married", 1954, ""), ("Walter", "Maud", "married", 1955, ""),
    ("Raymond", "Linda", "married", 1977, ""), ("Geoffrey", "Susan", "married", 1980, "divorced"),
    ("Clive", "Susan", "living_together", 1992, ""), ("Terence", "Pauline", "married", 1982, ""),
    ("Francis", "Nora", "married", 1982, ""), ("Hugh", "Olive", "married", 1979, ""),
    ("Ian", "Donna", "married", 2000, ""), ("Wayne", "Kelly-Marie", "living_together", 2004, "separated"),
    ("Wayne", "Sasha", "living_together", 2013, ""), ("Piers", "Marigold", "living_together", 2011, "separated"),
    ("Bill", "Gemma", "living_together", 2008, "separated"), ("Bill", "Marigold", "living_together", 2017, ""),
    ("Craig", "Becky", "married", 2010, ""),
)  # fmt: skip
CHILDREN = (
    ("Edith", "Albert", ("Raymond", "Susan", "Keith")), ("Maud", "Walter", ("Linda", "Terence")),
    ("Linda", "Raymond", ("Donna", "Wayne", "Marigold")), ("Susan", "Geoffrey", ("Craig", "Tracy")),
    ("Susan", "Clive", ("Jade",)), ("Pauline", "Terence", ("Lee", "Gary")), ("Nora", "Francis", ("Bill",)),
    ("Olive", "Hugh", ("Piers",)), ("Donna", "Ian", ("Kyle", "Chloe")), ("Kelly-Marie", "Wayne", ("Tyler",)),
    ("Sasha", "Wayne", ("Mason",)), ("Marigold", "Piers", ("Ashby",)), ("Gemma", "Bill", ("Poppy",)),
    ("Marigold", "Bill", ("Bramwell", "Juniper", "Hazel", "Baby")), ("Becky", "Craig", ("Ethan", "Lily")),
)  # fmt: skip
SUPPORTS = (
    ("Larkmere Primary School", "school", "Ashby", "strong", "to_family"),
    ("Nan and Grandad", "family", "", "strong", "to_family"),
    ("Acorn Gate Nursery and Family Hub", "school", "Hazel", "ordinary", "to_family"),
    ("GP", "health", "", "weak", "neither"),
    ("Speech and language therapist", "health", "Bramwell", "strong", "both"),
    ("Boxing club", "leisure", "Ashby", "strong", "to_family"),
    ("Universal Credit", "money", "", "stressful", "from_family"),
    ("Lantern Homes, the landlord", "housing", "", "stressful", "from_family"),
    ("St Brannock’s food pantry", "faith", "", "ordinary", "to_family"),
    ("Night shifts at the warehouse", "work", "Bill", "ordinary", "from_family"),
    ("Mum’s friend from school", "friend", "Marigold", "strong", "both"),
    ("Piers", "family", "Ashby", "weak", "from_family"),
    ("Friends in an online game", "online", "Ashby", "ordinary", "both"),
    ("Early Help family worker", "service", "", "strong", "to_family"),
    ("Auntie next door", "neighbour", "", "ordinary", "to_family"),
    ("Health visitor", "health", "Juniper", "ordinary", "to_family"),
)


@dataclass(frozen=True)
class Large:
    """The family and its people by first name."""

    family: Family
    people: dict[str, Person]


def a_large_family(place: Place, *, framework: str = "dorset") -> Large:
    """Of the place's worker, with everybody related and the network drawn."""
    family_id, worker = an_allocated_episode(place, framework=framework).family_id, place.worker
    with acting_as(worker):
        family = Family.objects.select_related("team").get(pk=family_id)
        for name, sex, born, died in PEOPLE:
            person = Person(given_name=name, family_name=_surname(name), sex=sex, date_of_birth=date(born, 5, 6))
            person.died_on = date(died, 3, 4) if died else None
            _add(place, family, person, AT_HOME.get(name, FamilyMember.Part.WIDER), at_home=name in AT_HOME)
        for name, sex, day in YOUNGEST:
            person = Person(given_name=name, family_name="Quillfeather", sex=sex, date_of_birth=day)
            _add(place, family, person, FamilyMember.Part.CHILD, at_home=True)
        baby = Person(given_name="Baby", family_name="Quillfeather", due_on=clock.today() + timedelta(days=60))
        _add(place, family, baby, FamilyMember.Part.CHILD, at_home=True)
        members = FamilyMember.objects.filter(family=family).select_related("person")
        people = {member.person.given_name: member.person for member in members}
        ids = {name: person.pk for name, person in people.items()}
        record_relationships(family=family, told=_told(ids), by=worker, at=MONDAY)
        add_ties(family=family, told=_ties(ids), by=worker, at=MONDAY)
    return Large(family, people)


def _add(place: Place, family: Family, person: Person, part: str, *, at_home: bool) -> None:
    add_member(
        family=family, person=person, part=part, relationship="", from_on=LONG_AGO.date(), lives_with_family=at_home,
        by=place.worker, at=MONDAY,
    )  # fmt: skip


def _surname(name: str) -> str:
    if name in ("Nora", "Francis", "Bill", "Poppy"):
        return "Marshgate"
    return "Fotheringay-Wilkins" if name in ("Olive", "Hugh", "Piers") else "Quillfeather"


def _told(ids: dict[str, int]) -> list[Told]:
    told = []
    for mother, father, children in CHILDREN:
        for child in children:
            told += [
                Told(ids[mother], "birth_mother", ids[child]),
                Told(ids[father], "birth_father", ids[child]),
            ]
    for one, other, kind, year, over in COUPLES:
        ended = date(year + 7, 2, 1) if over else None
        told.append(Told(ids[one], kind, ids[other], date(year, 6, 1), over or "now", ended))
    return told


def _ties(ids: dict[str, int]) -> list[ToldTie]:
    return [
        ToldTie(name, kind, ids[of] if of else None, strength, energy, date(2024, 9, 1))
        for name, kind, of, strength, energy in SUPPORTS
    ]
