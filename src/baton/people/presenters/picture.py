"""Who was in a family on a day, by where they lived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baton.people.models import FamilyMember, Involvement, Residence
from baton.people.presenters.over_time import days_in_words, home_in_words
from baton.people.queries.record import Picture
from baton.platform.dates_in_words import long_day
from baton.practice.calendar import age_on
from baton.practice.codes import code_list

WITHOUT_ADDRESS = "No address was recorded for that day"


@dataclass(frozen=True)
class PersonPictured:
    """Somebody in the family on that day."""

    member_id: int
    name: str
    under: str
    responsible: str = ""


@dataclass(frozen=True)
class HomePictured:
    """A home on that day, and who lived there."""

    title: str
    people: list[PersonPictured]


def agencies_in_words(rows: Iterable[Involvement], *, on: date) -> list[list[str]]:
    """Whom each agency works with: person, agency with its kind, who there and what for, since when."""
    return [
        [
            each.person.name,
            f"{each.organisation} ({code_list('agency').title_of(each.agency)})",
            ", ".join(said for said in (each.professional, each.role, each.what_for) if said),
            days_in_words(each, on),
        ]
        for each in rows
    ]


def homes_in_words(picture: Picture, *, on: date) -> list[HomePictured]:
    """Each home with the people of the family in it, then those without one; who has two homes stands in both."""
    people = {member.person_id: _person(member, picture, on) for member in picture.members}
    homes: dict[int, tuple[Residence, list[PersonPictured]]] = {}
    for home in picture.homes:
        _, inside = homes.setdefault(home.address_id, (home, []))
        pictured = people[home.person_id]
        kind = "" if home.kind == Residence.Kind.MAIN else home.get_kind_display().split(",")[0].lower()
        inside.append(_also(pictured, "shared care" if home.is_shared_care else kind))
    found = [HomePictured(home_in_words(home), inside) for home, inside in homes.values()]
    housed = {home.person_id for home in picture.homes}
    rest = [pictured for person_id, pictured in people.items() if person_id not in housed]
    return [*found, HomePictured(WITHOUT_ADDRESS, rest)] if rest else found


def _also(person: PersonPictured, more: str) -> PersonPictured:
    under = ", ".join(filter(None, (person.under, more)))
    return PersonPictured(person.member_id, person.name, under, person.responsible)


def _person(member: FamilyMember, picture: Picture, on: date) -> PersonPictured:
    person = member.person
    said = [member.get_part_display(), member.relationship, age_in_words(member, on)]
    if not member.lives_with_family:
        said.append("lives elsewhere")
    held = [
        f"{each.holder.name} ({code_list('parental_responsibility').title_of(each.source)})"
        for each in picture.responsibilities
        if each.child_id == person.pk
    ]
    return PersonPictured(member.pk, person.name, ", ".join(filter(None, said)), ", ".join(held))


def age_in_words(member: FamilyMember, on: date) -> str:
    """ "aged 13", "died 3 March 2026", "due 3 March 2027", "not born yet"; empty where nobody knows."""
    born, due, died = member.person.date_of_birth, member.person.due_on, member.person.died_on
    if died and died <= on:
        return f"died {long_day(died)}"
    if born is None:
        return f"due {long_day(due)}" if due else ""
    return "not born yet" if on < born else f"aged {age_on(on, born=born)}"
