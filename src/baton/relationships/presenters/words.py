"""Relationships in words, from both sides: the genogram for those who read it rather than see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baton.people.models import Person
from baton.platform.dates_in_words import long_day
from baton.practice.calendar import age_on
from baton.relationships.models import Relationship
from baton.relationships.presenters.on_a_date import by_sex, standing_on, was_there
from baton.relationships.queries import FamilyTies
from baton.relationships.states import FROM_BIRTH, KINDS, PARTNERS, WEDDED, Standing

SIBLING, HALF_SIBLING = KINDS["sibling"].is_, KINDS["half_sibling"].is_


@dataclass(frozen=True)
class PersonInWords:
    """Somebody, and each thing they are to others: "birth mother of Ashby and Bramwell"."""

    person_id: int
    name: str
    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class RowInWords:
    """One recorded relationship as a sentence, with when it was and how it stands."""

    id: int
    sentence: str
    since: str
    stands: str
    note: str
    is_here: bool  # written down for this family, so that it is changed here


def sentence_of(row: Relationship, people: dict[int, Person]) -> str:
    """ "Marigold Quillfeather is the birth mother of Ashby Quillfeather"."""
    person, relative = people[row.person_id], people[row.relative_id]
    is_now = row.standing == Standing.NOW
    if row.kind in PARTNERS:
        return f"{person.name} and {relative.name} {_couple_verb(row, is_now)}"
    word = by_sex(KINDS[row.kind].is_, person)
    return f"{person.name} {'is' if is_now else 'was'} {_article(row.kind, word)} {word} of {relative.name}"


def rows_in_words(ties: FamilyTies, family_id: int) -> list[RowInWords]:
    """Every recorded relationship, parents first."""
    order = {key: place for place, key in enumerate(KINDS)}
    rows = sorted(ties.relationships, key=lambda row: (order.get(row.kind, 99), row.pk))
    return [
        RowInWords(
            row.pk,
            sentence_of(row, ties.people),
            long_day(row.from_on),
            _stands(row),
            row.note,
            row.family_id == family_id,
        )
        for row in rows
    ]


def people_in_words(ties: FamilyTies, *, on: date) -> list[PersonInWords]:
    """Everybody on a date and what they are to each other, recorded or following from it."""
    from_both_sides = _said_of(ties, on)
    found = []
    for member in ties.members:
        person = member.person
        if was_there(person, on):
            grouped: dict[str, list[str]] = defaultdict(list)
            for words, other in from_both_sides[person.pk]:
                if other not in grouped[words]:
                    grouped[words].append(other)
            lines = tuple(words.format(_listed(names)) for words, names in grouped.items())
            found.append(PersonInWords(person.pk, person.name, _about(person, on), lines))
    return found


def in_short(ties: FamilyTies, *, on: date, rows: int) -> str:
    """What the picture shows, in a sentence."""
    people = sum(was_there(member.person, on) for member in ties.members)
    generations = "1 generation" if rows == 1 else f"{rows} generations"
    return f"A drawing of {people} people in {generations} on {long_day(on)}. The same stands in words below it."


def _said_of(ties: FamilyTies, on: date) -> dict[int, list[tuple[str, str]]]:
    said: dict[int, list[tuple[str, str]]] = defaultdict(list)
    people = {key: person for key, person in ties.people.items() if was_there(person, on)}
    for row in ties.relationships:
        began = row.kind in FROM_BIRTH or row.from_on is None or row.from_on <= on
        if not began or not {row.person_id, row.relative_id} <= people.keys():
            continue
        one, other = people[row.person_id], people[row.relative_id]
        kind = KINDS[row.kind]
        over = standing_on(row, on) if row.kind in PARTNERS else "over" if _is_over(row, on) else ""
        said[one.pk].append((_phrase(row, by_sex(kind.is_, one), over), other.name))
        said[other.pk].append((_phrase(row, by_sex(kind.back, other), over), one.name))
    for one_id, words, other_id in _siblings_that_follow(ties.relationships, people):
        said[one_id].append((f"{by_sex(words, people[one_id])} of {{}}", people[other_id].name))
    for held in ties.responsibilities:
        begun = held.from_on is None or held.from_on <= on
        if begun and (held.until_on is None or on < held.until_on) and {held.child_id, held.holder_id} <= people.keys():
            said[held.holder_id].append(("has parental responsibility for {}", people[held.child_id].name))
    return said


def _phrase(row: Relationship, word: str, standing: str) -> str:
    """ "wife of {}", "separated from {}", "was step-father of {}"."""
    if standing == "divorced":
        return "divorced from {}"
    if standing == "separated":
        return "separated from {}"
    was = "was " if standing == "over" else ""
    since = f", since {row.from_on.year}" if row.kind in PARTNERS and row.from_on else ""
    return f"{was}{word} of {{}}{since}"


def _is_over(row: Relationship, on: date) -> bool:
    return row.standing != Standing.NOW and (row.until_on is None or row.until_on <= on)


def _siblings_that_follow(
    rows: Iterable[Relationship], people: dict[int, Person]
) -> Iterable[tuple[int, tuple[str, str, str], int]]:
    """Brothers and sisters who follow from their parents by birth: of both, or of one."""
    parents: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.kind in FROM_BIRTH:
            parents[row.relative_id].add(row.person_id)
    children = sorted(child for child in parents if child in people)
    for one in children:
        for other in children:
            shared = parents[one] & parents[other]
            if one != other and shared:
                whole = len(shared) >= 2 or parents[one] == parents[other]
                yield one, SIBLING if whole else HALF_SIBLING, other


def _about(person: Person, on: date) -> str:
    if person.date_of_birth is None:
        return f"due {long_day(person.due_on)}" if person.due_on else ""
    if person.died_on and person.died_on <= on:
        return f"{person.date_of_birth.year} to {person.died_on.year}"
    return f"aged {age_on(on, born=person.date_of_birth)}"


def _stands(row: Relationship) -> str:
    if row.standing == Standing.NOW:
        return "Now"
    on = row.separated_on if row.standing == Standing.SEPARATED and row.kind in WEDDED else row.until_on
    word = {Standing.SEPARATED: "Separated", Standing.DIVORCED: "Divorced"}.get(Standing(row.standing), "Over")
    return f"{word} {long_day(on)}".strip()


def _couple_verb(row: Relationship, is_now: bool) -> str:
    verbs = {
        "married": ("are married", "were married"),
        "civil_partner": ("are civil partners", "were civil partners"),
        "living_together": ("live together as a couple", "lived together as a couple"),
        "partner": ("are a couple", "were a couple"),
    }
    return verbs[row.kind][0 if is_now else 1]


def _article(kind: str, word: str) -> str:
    if kind in {"birth_mother", "birth_father"}:
        return "the"
    return "an" if word[0] in "aeiou" else "a"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
