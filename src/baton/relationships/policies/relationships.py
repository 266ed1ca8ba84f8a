"""What must be true of a relationship before it is kept: what could never be so is refused, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from baton.relationships.states import FROM_BIRTH, PARENTS, PARTNERS, WEDDED, Standing

YOUNGEST_PARENT = 10
YOUNGEST_TO_MARRY = 16
LONGEST_AFTER_A_FATHERS_DEATH = timedelta(days=300)
PARENT_IN_LAW = frozenset({"adoptive_parent", "special_guardian", "foster_carer"})


@dataclass(frozen=True)
class Told:
    """A relationship as somebody tells it: `person` is the `kind` of `relative`, by their ids."""

    person: int
    kind: str
    relative: int
    from_on: date | None = None
    standing: str = Standing.NOW
    ended_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Life:
    """When somebody was born and died, as far as it is known; `due_on` of a child not born yet."""

    born: date | None = None
    died: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Recorded:
    """Another relationship that stands between two people."""

    person: int
    kind: str
    relative: int
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class RelationshipFacts:
    """What is told, the lives of the two, and what is recorded already. `parents` are those of each child."""

    told: Told
    today: date
    person: Life = Life()
    relative: Life = Life()
    others: tuple[Recorded, ...] = ()
    parents: Mapping[int, frozenset[int]] = field(default_factory=dict)


def they_are_two(facts: RelationshipFacts) -> bool:
    """Choose two different people. Nobody is related to themselves."""
    return facts.told.person != facts.told.relative


def nobody_is_their_own_ancestor(facts: RelationshipFacts) -> bool:
    """This would make somebody their own parent or ancestor. Check who is the parent and who is the child."""
    told = facts.told
    return told.kind not in PARENTS or told.person not in descendants(told.relative, facts.parents)


def a_parent_is_older(facts: RelationshipFacts) -> bool:
    """A parent by birth is at least 10 years older than the child. Check who is the parent, and both dates of birth."""
    if facts.told.kind not in FROM_BIRTH or facts.person.born is None:
        return facts.told.kind not in FROM_BIRTH or facts.person.due_on is None
    child = facts.relative.born or facts.relative.due_on
    return child is None or _years_between(facts.person.born, child) >= YOUNGEST_PARENT


def who_stands_in_is_older(facts: RelationshipFacts) -> bool:
    """Somebody who adopts, fosters or is guardian of a child is older than the child. Check both dates of birth."""
    if facts.told.kind not in PARENT_IN_LAW or not (facts.person.born and facts.relative.born):
        return True
    return facts.person.born < facts.relative.born


def a_parent_lived_then(facts: RelationshipFacts) -> bool:
    """This parent died before the child could be born. Check the date of death and the child’s date of birth."""
    child = facts.relative.born or facts.relative.due_on
    if facts.told.kind not in FROM_BIRTH or facts.person.died is None or child is None:
        return True
    allowed = timedelta(0) if facts.told.kind == "birth_mother" else LONGEST_AFTER_A_FATHERS_DEATH
    return child <= facts.person.died + allowed


def there_is_one_birth_mother(facts: RelationshipFacts) -> bool:
    """This child’s birth mother is recorded already. Correct that first, if it is wrong."""
    return facts.told.kind != "birth_mother" or not _has_already(facts, "birth_mother")


def there_is_one_birth_father(facts: RelationshipFacts) -> bool:
    """This child’s birth father is recorded already. Correct that first, if it is wrong."""
    return facts.told.kind != "birth_father" or not _has_already(facts, "birth_father")


def it_is_not_said_twice(facts: RelationshipFacts) -> bool:
    """This is recorded already for the same time. Change what is recorded, or end it first."""
    return not any(_is_same(facts.told, other) and _at_one_time(facts.told, other) for other in facts.others)


def a_parent_is_one_kind_of_parent(facts: RelationshipFacts) -> bool:
    """This person is recorded as another kind of parent of this child. Correct that first, if it is wrong."""
    told = facts.told
    if told.kind not in FROM_BIRTH:
        return True
    return not any(
        (other.person, other.relative) == (told.person, told.relative) and other.kind in FROM_BIRTH - {told.kind}
        for other in facts.others
    )


def partners_are_not_parent_and_child(facts: RelationshipFacts) -> bool:
    """A parent and their child are not a couple. Check whom you chose."""
    told = facts.told
    if told.kind in PARENTS:
        both = {told.person, told.relative}
        return not any(other.kind in PARTNERS and {other.person, other.relative} == both for other in facts.others)
    if told.kind not in PARTNERS:
        return True
    one, other = facts.parents.get(told.person, frozenset()), facts.parents.get(told.relative, frozenset())
    return told.person not in other and told.relative not in one


def both_are_old_enough_to_marry(facts: RelationshipFacts) -> bool:
    """Somebody who marries is at least 16. Check the date, and both dates of birth."""
    on = facts.told.from_on or facts.today
    if facts.told.kind not in WEDDED:
        return True
    return all(life.born is None or _years_between(life.born, on) >= YOUNGEST_TO_MARRY for life in _lives(facts))


def it_starts_while_both_live(facts: RelationshipFacts) -> bool:
    """This starts before one of them was born, or after one of them died. Check the date."""
    on = facts.told.from_on
    if on is None or facts.told.kind in FROM_BIRTH:
        return True
    return all(
        (life.born is None or life.born <= on) and (life.died is None or on <= life.died) for life in _lives(facts)
    )


def dates_are_past(facts: RelationshipFacts) -> bool:
    """Dates must be today or in the past."""
    return all(on is None or on <= facts.today for on in (facts.told.from_on, facts.told.ended_on))


def it_ends_after_it_starts(facts: RelationshipFacts) -> bool:
    """It cannot end before it starts. Check both dates."""
    told = facts.told
    return told.from_on is None or told.ended_on is None or told.from_on <= told.ended_on


def only_couples_separate(facts: RelationshipFacts) -> bool:
    """Only couples separate, and only those who married or were civil partners divorce. Choose “It is over” instead."""
    told = facts.told
    if told.standing == Standing.DIVORCED:
        return told.kind in WEDDED
    return told.standing != Standing.SEPARATED or told.kind in PARTNERS


def what_is_by_birth_stays(facts: RelationshipFacts) -> bool:
    """A parent by birth stays one. If it was recorded by mistake, strike it out."""
    return facts.told.kind not in FROM_BIRTH or facts.told.standing == Standing.NOW


TO_RELATE = (
    they_are_two,
    nobody_is_their_own_ancestor,
    a_parent_is_older,
    who_stands_in_is_older,
    a_parent_lived_then,
    there_is_one_birth_mother,
    there_is_one_birth_father,
    a_parent_is_one_kind_of_parent,
    it_is_not_said_twice,
    partners_are_not_parent_and_child,
    both_are_old_enough_to_marry,
    it_starts_while_both_live,
    dates_are_past,
    it_ends_after_it_starts,
    only_couples_separate,
    what_is_by_birth_stays,
)


def descendants(person: int, parents: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """Somebody and all who descend from them, by the parents known of each child."""
    found = {person}
    grows = True
    while grows:
        new = {child for child, known in parents.items() if child not in found and known & found}
        found |= new
        grows = bool(new)
    return frozenset(found)


def _has_already(facts: RelationshipFacts, kind: str) -> bool:
    return any(other.kind == kind and other.relative == facts.told.relative for other in facts.others)


def _is_same(told: Told, other: Recorded) -> bool:
    return told.kind == other.kind and {told.person, told.relative} == {other.person, other.relative}


def _at_one_time(told: Told, other: Recorded) -> bool:
    ends = told.ended_on if told.standing != Standing.NOW and told.kind not in WEDDED else None
    if told.standing == Standing.DIVORCED:
        ends = told.ended_on
    begins_first = other.until_on is None or told.from_on is None or told.from_on < other.until_on
    return begins_first and (ends is None or other.from_on is None or other.from_on < ends)


def _lives(facts: RelationshipFacts) -> tuple[Life, Life]:
    return facts.person, facts.relative


def _years_between(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
