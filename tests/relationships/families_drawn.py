"""Families to draw: any that could be written down, those that can be drawn without a crossing, and one large one."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from hypothesis import strategies as st

from baton.relationships.presenters.genogram import FamilyFacts, Parentage, Partnership, Remark, Siblings, Somebody
from baton.relationships.presenters.genogram.facts import NEAREST_FIRST

NAMES = ("Jo", "Quentin Harbourgate", "Oluchi Mary-Anne Thistlefeather", "Li", "Wilhelmina-Bartholomew Otterdownshire")


@st.composite
def any_facts(draw: st.DrawFn) -> FamilyFacts:
    """Whatever might be recorded: circles, loners, people with themselves, people who are not there."""
    size = draw(st.integers(0, 30))
    ids = st.integers(1, size + 2)
    people = tuple(
        Somebody(
            number,
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from("MFUX")),
            draw(st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2026, 1, 1)))),
            concerned=draw(st.booleans()),
            at_home=draw(st.booleans()),
        )
        for number in range(1, size + 1)
    )
    kinds = st.sampled_from((*NEAREST_FIRST, "otherwise"))
    return FamilyFacts(
        people,
        tuple(draw(st.lists(st.builds(Parentage, ids, ids, kinds), max_size=50))),
        tuple(draw(st.lists(st.builds(Partnership, ids, ids, st.booleans()), max_size=20))),
        tuple(draw(st.lists(st.builds(Siblings, ids, ids), max_size=8))),
        tuple(draw(st.lists(st.builds(Remark, ids, ids, st.integers(-2, 2)), max_size=8))),
    )


@dataclass
class Growing:
    """A family that grows from its first couple."""

    random: Random
    people: list[Somebody] = field(default_factory=list)
    parentages: list[Parentage] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)

    def facts(self) -> FamilyFacts:
        return FamilyFacts(tuple(self.people), tuple(self.parentages), tuple(self.partnerships))

    def person(self, sex: str, year: int, **more: bool) -> int:
        number = len(self.people) + 1
        born = date(year, self.random.randint(1, 12), self.random.randint(1, 28))
        self.people.append(Somebody(number, self.random.choice(NAMES), sex, born, str(2026 - year), **more))
        return number

    def couple(self, one: int, other: int, year: int) -> None:
        married, words = self.random.random() < 0.5, self.random.choice(("", "m. 1999, d. 2010"))
        self.partnerships.append(Partnership(one, other, married, from_on=date(year, 1, 1), words=words))

    def children(self, one: int, other: int, years: list[int], **more: bool) -> list[int]:
        born = [self.person(self.random.choice("MF"), year, **more) for year in years]
        self.parentages += [Parentage(parent, child) for child in born for parent in (one, other)]
        return born

    def descend(self, person: int, year: int, depth: int, *, most_partners: int = 2) -> None:
        """Partners who bring nobody with them, children with each, and theirs."""
        for turn in range(self.random.randint(0, most_partners)):
            sex = "M" if self.people[person - 1].sex == "F" else "F"
            partner = self.person(sex, year)
            self.couple(person, partner, year + 20 + 5 * turn)
            born = year + 22 + 5 * turn
            years = [born + 3 * place for place in range(self.random.randint(0, 3))]
            for child, child_year in zip(self.children(person, partner, years), years, strict=True):
                if depth > 1:
                    self.descend(child, child_year, depth - 1, most_partners=most_partners)


def planar(seed: int) -> FamilyFacts:
    """Two grandparent couples whose children met; their brothers and sisters have families of their own."""
    random = Random(seed)
    family = Growing(random)
    sides = []
    for sex in "MF":
        grandfather, grandmother = family.person("M", 1950), family.person("F", 1952)
        family.couple(grandfather, grandmother, 1972)
        years = sorted(random.sample(range(1974, 1990), random.randint(0, 3)))
        for aunt, year in zip(family.children(grandfather, grandmother, years), years, strict=True):
            family.descend(aunt, year, random.randint(1, 2))
        parent = family.person(sex, random.randint(1974, 1990))
        family.parentages += [Parentage(grandfather, parent), Parentage(grandmother, parent)]
        sides.append(parent)
    family.couple(*sides, 2005)
    for child in family.children(*sides, [2008 + 3 * place for place in range(random.randint(1, 4))], concerned=True):
        if random.random() < 0.2:
            family.descend(child, 2010, 1)
    return family.facts()


def large(seed: int = 7, people: int = 30) -> FamilyFacts:
    """At least so many people in four generations."""
    for attempt in range(1000):
        family = Growing(Random(f"{seed}-{attempt}"))
        first, second = family.person("M", 1930), family.person("F", 1932)
        family.couple(first, second, 1950)
        for child, year in zip(family.children(first, second, [1953, 1956, 1960]), (1953, 1956, 1960), strict=True):
            family.descend(child, year, 2, most_partners=1)
        if people <= len(family.people) <= people + 3:
            return family.facts()
    raise AssertionError("no family of that size")
