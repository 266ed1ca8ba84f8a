"""What a worker learns of each person in a family: who they are, where they live, who else helps, what to mind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from baton.chronology.actions import Told as Happened
from baton.chronology.actions import add_entry
from baton.demonstration.names import BOYS, FAMILY_NAMES, GIRLS
from baton.demonstration.numbers import nhs_number, uln, upn
from baton.demonstration.origins import origin_of, says_no
from baton.demonstration.texts import pick
from baton.demonstration.walk import NotYet, Walk
from baton.episodes.models import Episode
from baton.people.actions import (
    add_member,
    change_facts,
    correct_over_time,
    edit_member,
    give_warning,
    move_home,
    record_birth,
    record_over_time,
    record_responsibility,
    theirs_of,
)
from baton.people.actions.homes import Home
from baton.people.actions.warnings import Warned
from baton.people.models import FamilyMember, Involvement, Person, PersonName, Residence, Setting
from baton.people.policies import Told
from baton.platform.models import User
from baton.practice.calendar import age_on, day_of

STREETS = ("Meadow Court", "Sparrow Rise", "Velvet Yard", "Puddle Lane", "Copper Street")
SURGERIES = ("Harbour Surgery", "Chalk Down Practice", "Otterdown Medical Centre", "Willow Street Surgery")
DISABLED, SUPPORTED, PLANNED = 0.12, 0.22, 0.06  # of the children; chosen
LIVES_APART = 0.35  # of the fathers named; chosen
SHARES_CARE = 0.3  # of those fathers
AWAITED, WARNED, RENAMED, KNOWN_AS = 0.05, 0.08, 0.08, 0.1  # chosen, so that each is there to see


@dataclass
class Learning:
    """Who learns it, when, and by whose dice."""

    walk: Walk
    random: Random
    lead: User
    at: datetime
    family_id: int

    @property
    def on(self) -> date:
        return day_of(self.at)

    @property
    def by(self) -> dict[str, Any]:
        return {"by": self.lead, "at": self.at}


def get_to_know(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """Everything the lead practitioner writes down of the people after the first visit. Once a family."""
    learning = Learning(walk, Random(walk.random.random()), lead, at, episode.family_id)  # noqa: S311
    with walk.step(lead, at):
        members = _members(episode.family_id)
        if any(member.person.ethnicity for member in members):
            return
        origin = origin_of(learning.random, walk.place)
        for position, member in enumerate(members):
            _learn_of(learning, member, origin, position)
        children = [each for each in members if each.part == FamilyMember.Part.CHILD]
        parents = [each for each in members if each.part == FamilyMember.Part.PARENT]
        _who_is_responsible(learning, children, parents)
        _who_lives_apart(learning, children, parents)
        _who_else_helps(learning, children)
        _what_to_mind(learning, episode, parents)
        _what_happened_before(learning, episode)
    _a_child_who_is_awaited(learning, episode, parents)


def _members(family_id: int) -> list[FamilyMember]:
    found = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True)
    return list(found.select_related("person", "family").order_by("id"))


def _learn_of(learning: Learning, member: FamilyMember, origin: tuple[str, str], position: int) -> None:
    random, born = learning.random, member.person.date_of_birth
    ethnicity, language = origin
    _fact(learning, member, "ethnicity", ethnicity=says_no(random) or ethnicity)
    if language != "en":
        _fact(learning, member, "language", first_language=language)
        needed = born is not None and age_on(learning.on, born=born) >= 18 and random.random() < 0.4
        if needed:
            _fact(learning, member, "interpreter", interpreter_needed=True, interpreter_language=language)
    if random.random() < 0.8:
        number = nhs_number(learning.walk.number * 16 + position)
        if number:
            _fact(learning, member, "nhs-number", nhs_number=number)
    else:
        _fact(learning, member, "nhs-number", no_nhs_number="not_asked")
    if member.part == FamilyMember.Part.CHILD and born is not None:
        _learn_of_child(learning, member, born, position)
    elif member.part == FamilyMember.Part.PARENT and member.person.sex == "F" and random.random() < RENAMED:
        former = PersonName(
            kind=PersonName.Kind.BIRTH,
            given_name=member.person.given_name,
            family_name=random.choice(FAMILY_NAMES),
            why="Married",
            until_on=learning.on - timedelta(days=random.randint(900, 4000)),
        )
        record_over_time(member=member, row=former, **learning.by)


def _learn_of_child(learning: Learning, member: FamilyMember, born: date, position: int) -> None:
    random, age = learning.random, age_on(learning.on, born=born)
    if age >= 5:
        _fact(learning, member, "upn", upn=upn(learning.walk.place, born, learning.walk.number * 8 + position))
    else:
        _fact(learning, member, "upn", no_upn="UN1")
    if age >= 14 and random.random() < 0.5:
        _fact(learning, member, "uln", uln=uln(learning.walk.number * 8 + position))
    disabled = random.random() < DISABLED
    chosen = (
        random.sample(["AUT", "LD", "COMM", "BEH", "MOB", "HEAR"], random.choice((1, 1, 2))) if disabled else ["NONE"]
    )
    _fact(learning, member, "disability", disabilities=chosen)
    if age >= 4 and random.random() < SUPPORTED + PLANNED:
        kind = "E" if random.random() < PLANNED / (SUPPORTED + PLANNED) else "K"
        needs = random.sample(["SEMH", "SLCN", "ASD", "MLD", "SPLD"], random.choice((1, 1, 2)))
        _fact(learning, member, "send", send=kind, send_needs=needs)
    if random.random() < KNOWN_AS:
        short = PersonName(kind=PersonName.Kind.KNOWN_AS, given_name=member.person.given_name[:3])
        record_over_time(member=member, row=short, **learning.by)
    surgery = Setting(kind=Setting.Kind.GP, name=SURGERIES[learning.walk.number % len(SURGERIES)])
    record_over_time(member=member, row=surgery, **learning.by)


def _fact(learning: Learning, member: FamilyMember, subject: str, **facts: Any) -> None:
    version = Person.objects.values_list("version", flat=True).get(pk=member.person_id)
    change_facts(member=member, subject=subject, facts=facts, version=version, **learning.by)


def _who_is_responsible(learning: Learning, children: list[FamilyMember], parents: list[FamilyMember]) -> None:
    for child in children:
        for parent in parents:
            source = "mother" if parent.person.sex == "F" else learning.random.choice(("registered", "married"))
            record_responsibility(
                member=child, holder=parent.person, source=source, evidence="What mum said", **learning.by
            )


def _who_lives_apart(learning: Learning, children: list[FamilyMember], parents: list[FamilyMember]) -> None:
    """A father who lives elsewhere, and children who live in both homes, or visit him, or do not see him."""
    random = learning.random
    father = next((each for each in parents if each.person.sex == "M"), None)
    if father is None or random.random() >= LIVES_APART:
        return
    since = learning.on - timedelta(days=random.randint(60, 1500))
    lines = f"{random.randint(1, 90)} {random.choice(STREETS)}"
    address = move_home(member=father, home=Home(lines=lines, from_on=since), **learning.by)
    told = {
        name: value for name, value in theirs_of(father, _fresh(father)).items() if name in Told.__dataclass_fields__
    }
    edit_member(
        member=father,
        told=Told(**(told | {"lives_with_family": False})),  # type: ignore[arg-type]
        left_on=None,
        version=_fresh(father).version,
        **learning.by,
    )
    care = random.random()
    for child in children:
        born = child.person.date_of_birth
        from_on = max(since, born) if born else since
        if care < SHARES_CARE:
            home = Residence.objects.filter(person=child.person, until_on__isnull=True).first()
            if home:
                correct_over_time(
                    member=child, row=home, values={"is_shared_care": True}, version=home.version, **learning.by
                )
            move_home(member=child, home=Home(known=address, is_shared_care=True, from_on=from_on), **learning.by)
        elif care < 2 * SHARES_CARE:
            home_of_weekends = Home(kind=Residence.Kind.SECOND, known=address, from_on=from_on)
            move_home(member=child, home=home_of_weekends, **learning.by)


def _fresh(member: FamilyMember) -> Person:
    return Person.objects.get(pk=member.person_id)


def _who_else_helps(learning: Learning, children: list[FamilyMember]) -> None:
    for agency in learning.random.sample(pick("agencies_involved"), learning.random.choice((0, 1, 1, 2))):
        child = learning.random.choice(children)
        since = learning.on - timedelta(days=learning.random.randint(20, 400))
        born = child.person.date_of_birth
        row = Involvement(from_on=max(since, born) if born else since, **agency)
        record_over_time(member=child, row=row, **learning.by)


def _what_to_mind(learning: Learning, episode: Episode, parents: list[FamilyMember]) -> None:
    if learning.random.random() >= WARNED:
        return
    warned = pick("warnings")[learning.random.randrange(len(pick("warnings")))]
    about = parents[-1].person if warned["about_somebody"] else None
    told = {name: value for name, value in warned.items() if name != "about_somebody"}
    review_on = learning.on + timedelta(days=learning.random.choice((60, 90, 180)))
    give_warning(family=episode.family, person=about, warned=Warned(review_on=review_on, **told), **learning.by)


def _what_happened_before(learning: Learning, episode: Episode) -> None:
    for told in learning.random.sample(pick("happened_before"), learning.random.choice((0, 1, 2, 3))):
        happened_on = learning.on - timedelta(days=learning.random.randint(30, 1800))
        add_entry(family=episode.family, told=Happened(happened_on=happened_on, **told), **learning.by)


def _a_child_who_is_awaited(learning: Learning, episode: Episode, parents: list[FamilyMember]) -> None:
    """Sometimes a child is on the way; when the day has come before today, the same record is born."""
    random, walk = learning.random, learning.walk
    mother = next((each for each in parents if each.person.sex == "F"), None)
    if mother is None or random.random() >= AWAITED:
        return
    due_on = learning.on + timedelta(days=random.randint(20, 200))
    with walk.step(learning.lead, learning.at):
        baby = add_member(
            family=episode.family,
            person=Person(given_name="Baby", family_name=mother.person.family_name, due_on=due_on),
            part=FamilyMember.Part.CHILD,
            relationship="",
            from_on=learning.on,
            **learning.by,
        )
    vars(episode).pop("everybody", None)  # visits ask once who is in the family (baton.visits.queries.persons_of)
    born_at = datetime.combine(due_on + timedelta(days=random.randint(1, 6)), learning.at.timetz())
    sex = random.choice("FM")
    try:
        with walk.step(learning.lead, born_at):
            record_birth(
                member=baby,
                born_on=min(due_on, day_of(born_at)),
                given_name=random.choice(GIRLS if sex == "F" else BOYS),
                family_name=mother.person.family_name,
                sex=sex,
                version=_fresh(baby).version,
                by=learning.lead,
                at=born_at,
            )
    except NotYet:
        return
