"""Who is drawn as a couple, and under which couple each child hangs."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from baton.relationships.presenters.genogram.facts import (
    BIRTH,
    NEAREST_FIRST,
    STEP,
    FamilyFacts,
    Partnership,
    Somebody,
)

NOT_RECORDED = "not recorded"
LATEST = date.max


@dataclass
class Union:
    """A couple, or a parent and the one nobody recorded. `others` are children drawn elsewhere, with their kind."""

    number: int
    parents: tuple[int, ...]
    children: list[int] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)  # how each child belongs to it, if not by birth
    others: list[tuple[int, str]] = field(default_factory=list)
    partnership: Partnership | None = None

    def other_than(self, person: int) -> int | None:
        """The partner of one of the two."""
        return next((each for each in self.parents if each != person), None)


@dataclass
class Couples:
    """All unions of a family; `people` also holds who stands in for a parent nobody recorded (ids below zero)."""

    people: dict[int, Somebody]
    unions: list[Union] = field(default_factory=list)
    of: dict[int, list[Union]] = field(default_factory=lambda: defaultdict(list))
    home: dict[int, Union] = field(default_factory=dict)

    def between(self, parents: tuple[int, ...]) -> Union:
        """The union of these people, made when first asked for."""
        for union in self.of[parents[0]] if parents else ():
            if set(union.parents) == set(parents):
                return union
        union = Union(len(self.unions), parents)
        self.unions.append(union)
        for each in parents:
            self.of[each].append(union)
        return union

    def age_of(self, person: int) -> tuple[date, int]:
        """What siblings are ordered by: the oldest first, the unborn and those of unknown age last."""
        return self.people[person].born or LATEST, person


def couples_of(facts: FamilyFacts) -> Couples:
    """Find the unions. Whatever is recorded, each child hangs under one, and nobody is their own ancestor."""
    couples = Couples({each.id: each for each in facts.people})
    for partnership in sorted(facts.partnerships, key=lambda p: (p.from_on or date.min, p.one, p.other)):
        pair = (partnership.one, partnership.other)
        if partnership.one != partnership.other and couples.people.keys() >= set(pair):
            couples.between(pair).partnership = partnership
    for child, by_kind in sorted(_parents_without_circles(facts, couples.people).items()):
        _hang(couples, child, by_kind)
    _join_siblings(couples, facts)
    for person in couples.of:
        couples.of[person].sort(key=lambda union: _when(couples, union))
    return couples


def _parents_without_circles(facts: FamilyFacts, people: dict[int, Somebody]) -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    parents: dict[int, set[int]] = defaultdict(set)
    order = {kind: place for place, kind in enumerate(NEAREST_FIRST)}
    for each in sorted(facts.parentages, key=lambda p: (order.get(p.kind, 9), p.child, p.parent)):
        if each.parent in people and each.child in people and not _descends(each.parent, each.child, parents):
            parents[each.child].add(each.parent)
            if each.parent not in found[each.child][each.kind]:
                found[each.child][each.kind].append(each.parent)
    return found


def _descends(person: int, ancestor: int, parents: dict[int, set[int]]) -> bool:
    """Whether a person is, or descends from, another."""
    seen, ahead = set(), [person]
    while ahead:
        here = ahead.pop()
        if here == ancestor:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(parents[here])
    return False


def _hang(couples: Couples, child: int, by_kind: dict[str, list[int]]) -> None:
    """Under the nearest kind of parents; the other kinds reach the child by lines of their own."""
    for kind in NEAREST_FIRST:
        parents = by_kind.get(kind, [])
        if kind == STEP and child in couples.home:  # said in words: a step-parent is seen as the partner
            continue
        for first in range(0, len(parents), 2):
            union = _union_of(couples, parents[first : first + 2], kind)
            if child in couples.home:
                union.others.append((child, kind))
            else:
                couples.home[child] = union
                union.children.append(child)
                union.kinds[child] = kind


def _union_of(couples: Couples, parents: list[int], kind: str) -> Union:
    if len(parents) == 2:
        return couples.between(tuple(parents))
    name = NOT_RECORDED if kind == BIRTH else ""
    for union in couples.of[parents[0]]:
        if min(union.parents) < 0 and couples.people[min(union.parents)].name == name:
            return union
    stand_in = -len(couples.unions) - 1
    sex = {"M": "F", "F": "M"}.get(couples.people[parents[0]].sex, "U")
    couples.people[stand_in] = Somebody(stand_in, name, sex)
    return couples.between((parents[0], stand_in))


def _join_siblings(couples: Couples, facts: FamilyFacts) -> None:
    """Recorded brothers and sisters hang together, under the parents of one of them if any are known."""
    for each in sorted(facts.siblings, key=lambda s: (s.one, s.other)):
        if each.one == each.other or not couples.people.keys() >= {each.one, each.other}:
            continue
        one, other = couples.home.get(each.one), couples.home.get(each.other)
        if one is None and other is None:
            one = couples.between(())
            _add(couples, one, each.one)
        if one is None and other is not None:
            _add(couples, other, each.one)
        if other is None and one is not None:
            _add(couples, one, each.other)


def _add(couples: Couples, union: Union, child: int) -> None:
    if _would_circle(couples, union, child):
        return
    union.children.append(child)
    couples.home[child] = union


def _would_circle(couples: Couples, union: Union, child: int) -> bool:
    parents: dict[int, set[int]] = defaultdict(set)
    for each in couples.unions:
        for of_it in (*each.children, *(other for other, _ in each.others)):
            parents[of_it].update(each.parents)
    return any(_descends(parent, child, parents) for parent in union.parents)


def _when(couples: Couples, union: Union) -> tuple[date, int]:
    """When a union began, as far as it is known: by its date, or by the birth of its eldest child."""
    began = union.partnership.from_on if union.partnership else None
    births = [couples.people[child].born for child in union.children]
    eldest = min((born for born in births if born), default=LATEST)
    return began or eldest, union.number
