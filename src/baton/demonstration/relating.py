"""Who is related to whom in families that do not exist, and who supports them. One family of each place is large."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from baton.demonstration.names import BOYS, FAMILY_NAMES, GIRLS, MEN, WOMEN
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.people.queries import members_on
from baton.platform.models import User
from baton.practice.calendar import age_on, day_of
from baton.relationships.actions import add_ties, record_relationships
from baton.relationships.models import Relationship
from baton.relationships.policies.relationships import Told
from baton.relationships.policies.ties import ToldTie
from baton.relationships.states import Energy, Standing, Strength

YEAR = timedelta(days=365)
FATHER_ELSEWHERE, STEP_FATHER, FIRST_FATHER, GRANDPARENTS = 0.75, 0.35, 0.3, 0.35
OLD_ENOUGH_TO_MARRY = 18
LARGE = 30  # people in the large family
SUPPORTS = (
    ("Nan", "family"), ("Auntie next door", "neighbour"), ("Larkmere Primary School", "school"),
    ("Boxing club", "leisure"), ("Harbour Street Surgery", "health"), ("Health visitor", "health"),
    ("Lantern Homes", "housing"),
    ("Universal Credit", "money"), ("St Brannock’s food pantry", "faith"), ("Mum’s friend from school", "friend"),
    ("Night shifts at the warehouse", "work"), ("Friends in an online game", "online"), ("Family worker", "service"),
    ("Otterdown Academy", "school"), ("Speech therapist", "health"), ("Scouts", "leisure"),
)  # fmt: skip


@dataclass
class Kin:
    """The people of one family as it grows, and what is told of them."""

    family: Family
    random: Random
    by: User
    at: datetime
    told: list[Told] = field(default_factory=list)
    people: int = 0

    def joins(self, sex: str, born: date, *, name: str = "", died: date | None = None, home: bool = False) -> Person:
        """Somebody new, as one of the wider family; or as a carer at home."""
        grown_up = self.at.date() - born > 18 * YEAR
        first_names = (WOMEN if grown_up else GIRLS) if sex == "F" else (MEN if grown_up else BOYS)
        person = Person(
            given_name=self.random.choice(first_names),
            family_name=name or self.random.choice(FAMILY_NAMES),
            sex=sex,
            date_of_birth=born,
            died_on=died,
        )
        add_member(
            family=self.family,
            person=person,
            part=FamilyMember.Part.CARER if home else FamilyMember.Part.WIDER,
            relationship="",
            from_on=day_of(self.at),
            lives_with_family=home,
            by=self.by,
            at=self.at,
        )
        self.people += 1
        return person

    def parents_of(self, child: Person, mother: Person | None, father: Person | None) -> None:
        for parent, kind in ((mother, "birth_mother"), (father, "birth_father")):
            if parent is not None:
                self.told.append(Told(parent.pk, kind, child.pk))

    def couple(self, one: Person, other: Person, since: date, *, married: bool, until: date | None = None) -> None:
        since = min(since, self.at.date() - timedelta(days=90))
        until = min(until, self.at.date() - timedelta(days=30)) if until else None
        married = married and all(age_on(since, born=_born(each)) >= OLD_ENOUGH_TO_MARRY for each in (one, other))
        standing = Standing.NOW if until is None else Standing.DIVORCED if married else Standing.SEPARATED
        kind = "married" if married else "living_together"
        self.told.append(Told(one.pk, kind, other.pk, since, standing, until))

    def born_of(self, child: Person) -> tuple[Person, Person]:
        """The child's parents, made up; some have died."""
        born = _born(child)
        father = self.joins("M", born - YEAR * self.random.randint(24, 32), name=child.family_name)
        mother = self.joins("F", born - YEAR * self.random.randint(21, 28), died=self._died(born))
        self.parents_of(child, mother, father)
        self.couple(father, mother, born - 2 * YEAR, married=True)
        return mother, father

    def _died(self, child_born: date) -> date | None:
        long_ago = child_born + YEAR * self.random.randint(30, 50)
        return long_ago if long_ago < self.at.date() and self.random.random() < 0.5 else None

    def sibling_with_family(self, of: Person, mother: Person, father: Person, years: int) -> None:
        """A brother or sister of somebody, with a partner and children."""
        sex = self.random.choice("MF")
        born = _born(of) + years * YEAR
        sibling = self.joins(sex, born, name=father.family_name)
        self.parents_of(sibling, mother, father)
        if (self.at.date() - born).days < 26 * 365:
            return
        partner = self.joins("F" if sex == "M" else "M", born + 200 * timedelta(days=1))
        self.couple(sibling, partner, born + 22 * YEAR, married=self.random.random() < 0.5)
        dad, mum = (sibling, partner) if sex == "M" else (partner, sibling)
        for place in range(self.random.randint(1, 2)):
            cousin = self.joins(self.random.choice("MF"), born + (23 + 2 * place) * YEAR, name=dad.family_name)
            self.parents_of(cousin, mum, dad)


def relate(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """The lead practitioner draws the family with it at the first visit, once."""
    random = Random(str(walk.random.random()))  # noqa: S311
    with walk.step(lead, at):
        family = Family.objects.get(pk=episode.family_id)
        if Relationship.objects.filter(family=family).exists():
            return
        members = list(members_on(family.pk, on=day_of(at)))
        kin = Kin(family, random, lead, at, people=len(members))
        mother, father, children = _household(kin, members)
        if walk.number == 0:
            _grow(kin, mother, father or _father_elsewhere(kin, mother, children))
        record_relationships(family=family, told=kin.told, by=lead, at=at)
        add_ties(family=family, told=_network(random, children, day_of(at), many=walk.number == 0), by=lead, at=at)


def _household(kin: Kin, members: list[FamilyMember]) -> tuple[Person, Person | None, list[Person]]:
    children = [member.person for member in members if member.part == FamilyMember.Part.CHILD]
    parents = [member.person for member in members if member.part == FamilyMember.Part.PARENT]
    mother = next(parent for parent in parents if parent.sex == Person.Sex.FEMALE)
    father = next((parent for parent in parents if parent.sex == Person.Sex.MALE), None)
    children.sort(key=_born)
    if father is not None:
        _with_father(kin, mother, father, children)
    elif kin.random.random() < FATHER_ELSEWHERE:
        father = _father_elsewhere(kin, mother, children)
    else:
        for child in children:
            kin.parents_of(child, mother, None)
    for member in members:
        if member.part == FamilyMember.Part.WIDER:
            _nan(kin, member.person, mother, children)
    return mother, father, children


def _with_father(kin: Kin, mother: Person, father: Person, children: list[Person]) -> None:
    """Both parents at home; sometimes the eldest has another father."""
    ours = children
    if len(children) > 1 and kin.random.random() < FIRST_FATHER:
        first = kin.joins("M", _born(mother) - YEAR)
        kin.parents_of(children[0], mother, first)
        kin.couple(first, mother, _born(children[0]) - YEAR // 2, married=False, until=_born(children[0]) + YEAR // 3)
        ours = children[1:]
    for child in ours:
        kin.parents_of(child, mother, father)
    kin.couple(father, mother, _born(ours[0]) - YEAR // 4, married=kin.random.random() < 0.5)


def _father_elsewhere(kin: Kin, mother: Person, children: list[Person]) -> Person:
    """The father lives elsewhere; sometimes somebody else lives with the mother now."""
    father = kin.joins("M", _born(mother) - YEAR * kin.random.randint(0, 5))
    known = {told.relative for told in kin.told if told.kind == "birth_mother"}
    for child in children:
        kin.parents_of(child, None if child.pk in known else mother, father)
    apart = min(_born(children[-1]) + YEAR // 2, kin.at.date() - timedelta(days=60))
    kin.couple(father, mother, _born(children[0]) - YEAR // 2, married=kin.random.random() < 0.4, until=apart)
    if kin.random.random() < STEP_FATHER:
        partner = kin.joins("M", _born(mother) + YEAR * kin.random.randint(-6, 3), home=True)
        kin.couple(partner, mother, apart + timedelta(days=50), married=False)
        kin.told += [Told(partner.pk, "step_parent", child.pk) for child in children]
    return father


def _nan(kin: Kin, nan: Person, mother: Person, children: list[Person]) -> None:
    """The mother's mother, with a husband sometimes; a grandmother of the children where the ages leave no more."""
    if _born(mother) - _born(nan) < 16 * YEAR:
        kin.told += [Told(nan.pk, "grandparent", child.pk) for child in children]
        return
    grandfather = None
    if kin.random.random() < GRANDPARENTS:
        grandfather = kin.joins("M", _born(nan) - 2 * YEAR)
        kin.couple(grandfather, nan, _born(mother) - 2 * YEAR // 3, married=True)
    kin.parents_of(mother, nan, grandfather)


def _grow(kin: Kin, mother: Person, father: Person) -> None:
    """Both sides up to the great-grandparents, with uncles, aunts and cousins, until the family is large."""
    above = {told.relative: told.person for told in kin.told if told.kind == "birth_mother"}
    sides = []
    for person in (father, mother):
        if person.pk not in above:
            sides.append((person, *kin.born_of(person)))
    for _, grandmother, grandfather in sides:
        kin.born_of(grandfather)
        if len(sides) < 2:
            kin.born_of(grandmother)
    years = 2
    while kin.people < LARGE and years < 20:
        for person, grandmother, grandfather in sides:
            if kin.people < LARGE:
                kin.sibling_with_family(person, grandmother, grandfather, years - 5 if years > 10 else -years)
        years += 3


def _network(random: Random, children: list[Person], on: date, *, many: bool) -> list[ToldTie]:
    """What supports the family or weighs on it, mostly for all, sometimes for one child."""
    chosen = random.sample(SUPPORTS, 14 if many else random.randint(3, 8))
    strengths, energies = list(Strength), list(Energy)
    return [
        ToldTie(
            name,
            kind,
            random.choice(children).pk if random.random() < 0.3 else None,
            random.choices(strengths, (4, 4, 2, 2))[0],
            random.choices(energies, (4, 2, 3, 2))[0],
            on - timedelta(days=random.randint(30, 900)),
        )
        for name, kind in chosen
    ]


def _born(person: Person) -> date:
    """The date of birth, or when a child is due."""
    return person.date_of_birth or person.due_on or date(2015, 1, 1)
