"""A family as it was on a date: the facts that a genogram is drawn from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from baton.people.models import FamilyMember, Person
from baton.practice.calendar import age_on
from baton.relationships.models import Relationship
from baton.relationships.presenters.genogram import (
    FamilyFacts,
    Parentage,
    Partnership,
    Remark,
    Siblings,
    Somebody,
)
from baton.relationships.queries import FamilyTies
from baton.relationships.states import FROM_BIRTH, KINDS, PARTNERS, WEDDED, Standing

MAN, WOMAN, NEITHER = "01", "02", "09"  # codes of the list "gender"
CARRIED = 280  # days before it is due that a child is first awaited


def facts_on(ties: FamilyTies, *, on: date) -> FamilyFacts:
    """Who there was on a date and how they were related then."""
    members = [member for member in ties.members if was_there(member.person, on)]
    there = {member.person_id for member in members}
    rows = [r for r in ties.relationships if {r.person_id, r.relative_id} <= there and began_by(r, on)]
    standing = [row for row in rows if row.kind in PARTNERS or lasted_until(row, on)]
    parental = [row for row in standing if KINDS[row.kind].drawn]
    siblings = [row for row in standing if row.kind == "sibling"]
    couples = [row for row in standing if row.kind in PARTNERS]
    with_lines = [*parental, *siblings, *couples]
    lined = {each for row in with_lines for each in (row.person_id, row.relative_id)}
    remarks = [row for row in standing if row not in with_lines]
    said = _said_below(remarks, ties.people, lined)
    return FamilyFacts(
        tuple(_somebody(member, on, said.get(member.person_id, ())) for member in members),
        tuple(Parentage(row.person_id, row.relative_id, KINDS[row.kind].drawn) for row in parental),
        tuple(_partnerships(couples, on)),
        tuple(Siblings(row.person_id, row.relative_id) for row in siblings),
        tuple(Remark(row.person_id, row.relative_id, KINDS[row.kind].rows_up) for row in remarks),
    )


def was_there(person: Person, on: date) -> bool:
    """Whether somebody was born or awaited on a date; of whom nothing is known that says otherwise, always."""
    if person.date_of_birth:
        return person.date_of_birth <= on
    return person.due_on is None or (person.due_on - on).days <= CARRIED


def began_by(row: Relationship, on: date) -> bool:
    """Whether a relationship had begun on a date."""
    return row.kind in FROM_BIRTH or row.from_on is None or row.from_on <= on


def lasted_until(row: Relationship, on: date) -> bool:
    """Whether a relationship still held on a date; one that is over since nobody knows when, did not."""
    if row.standing == Standing.NOW or row.kind in FROM_BIRTH:
        return True
    return row.until_on is not None and on < row.until_on


def standing_on(row: Relationship, on: date) -> str:
    """How a couple stood on a date: together, separated or divorced."""
    if row.standing == Standing.NOW:
        return "together"
    if row.standing == Standing.DIVORCED and (row.until_on is None or row.until_on <= on):
        return "divorced"
    apart_since = row.separated_on if row.kind in WEDDED else row.until_on
    unknown = apart_since is None and row.standing != Standing.DIVORCED
    return "separated" if unknown or (apart_since is not None and apart_since <= on) else "together"


def symbol_of(person: Person) -> str:
    """ "M", "F" or "U" for the shape: how somebody sees themselves, where they said so, else their sex."""
    return {MAN: "M", WOMAN: "F", NEITHER: "X"}.get(person.gender, person.sex)


def _somebody(member: FamilyMember, on: date, said: Iterable[str]) -> Somebody:
    person = member.person
    here = member.from_on <= on and (member.until_on is None or on < member.until_on)
    ended = member.until_on is not None and member.until_on <= on
    born, died = person.date_of_birth, person.died_on if person.died_on and person.died_on <= on else None
    return Somebody(
        person.pk,
        f"{person.given_name} {person.family_name}",
        symbol_of(person),
        born,
        inside=_age(born, died or on),
        under=(*_years(person, died), *said),
        unborn=born is None and person.due_on is not None,
        died=died is not None,
        concerned=member.part == FamilyMember.Part.CHILD and not ended,
        at_home=here and member.lives_with_family and died is None,
    )


def _age(born: date | None, on: date) -> str:
    if born is None:
        return ""
    years = age_on(on, born=born)
    if years >= 1:
        return str(years)
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return f"{months}m"


def _years(person: Person, died: date | None) -> tuple[str, ...]:
    if person.date_of_birth is None:
        due = person.due_on
        return (f"due {due.day} {due:%b %Y}",) if due else ((f"d. {died.year}",) if died else ())
    born = person.date_of_birth.year
    return (f"{born}–{died.year}",) if died else (f"b. {born}",)


def _said_below(
    remarks: Iterable[Relationship], people: dict[int, Person], lined: set[int]
) -> dict[int, tuple[str, ...]]:
    """What is written below those who have no line to anybody: "grandmother of Ben"."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in remarks:
        kind = KINDS[row.kind]
        for somebody, words, other in (
            (row.person_id, kind.is_, row.relative_id),
            (row.relative_id, kind.back, row.person_id),
        ):
            if somebody not in lined and not found[somebody]:
                found[somebody] = (f"{by_sex(words, people[somebody])} of {people[other].given_name}",)
    return found


def by_sex(words: tuple[str, str, str], person: Person) -> str:
    """The word for a man, a woman or anybody."""
    return words[{"M": 1, "F": 2}.get(symbol_of(person), 0)]


def _partnerships(rows: Iterable[Relationship], on: date) -> Iterable[Partnership]:
    """One for each couple: as it was latest on that date."""
    couples: dict[tuple[int, int], list[Relationship]] = defaultdict(list)
    for row in rows:
        couples[row.person_id, row.relative_id].append(row)
    for (one, other), found in sorted(couples.items()):
        latest = max(found, key=lambda row: (row.from_on or date.min, row.pk))
        yield Partnership(
            one, other, latest.kind in WEDDED, standing_on(latest, on), latest.from_on, years_of(latest, on)
        )


def years_of(row: Relationship, on: date) -> str:
    """What stands over a couple's line: "m. 2010, sep. 2015", "2009–2015"."""
    standing = standing_on(row, on)
    if row.kind in WEDDED:
        said = [f"m. {row.from_on.year}"] if row.from_on else []
        if row.separated_on and row.separated_on <= on:
            said.append(f"sep. {row.separated_on.year}")
        if standing == "divorced" and row.until_on:
            said.append(f"div. {row.until_on.year}")
        return ", ".join(said)
    start, end = row.from_on, row.until_on if standing == "separated" else None
    if start and end:
        return f"{start.year}–{end.year}"
    return f"since {start.year}" if start and standing == "together" else f"until {end.year}" if end else ""
