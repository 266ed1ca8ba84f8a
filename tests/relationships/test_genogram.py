"""Properties of every genogram, and how the field's rules are kept."""

import time
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.relationships.presenters.genogram import (
    FamilyFacts,
    Parentage,
    Partnership,
    Picture,
    Remark,
    Siblings,
    Somebody,
    picture_of,
)
from baton.relationships.presenters.genogram.facts import NEAREST_FIRST
from baton.relationships.presenters.genogram.lines import HALF
from baton.relationships.presenters.genogram.picture import LINE, MOST_PEOPLE, Symbol
from baton.relationships.presenters.genogram.svg import drawn
from tests.relationships.families_drawn import any_facts, large, planar

TOLERANCE = 0.6


def box(symbol: Symbol) -> tuple[float, float, float, float]:
    """All that a person takes: the symbol and the words below it."""
    lines = len(symbol.names) + len(symbol.smalls)
    return symbol.x - symbol.half, symbol.y - HALF, symbol.x + symbol.half, symbol.y + HALF + 5 + LINE * lines


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    found = []
    for one, other in combinations(picture.symbols, 2):
        a, b = box(one), box(other)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            found.append((one.person.name, other.person.name))
    return found


def places(picture: Picture) -> dict[int, tuple[float, float]]:
    return {symbol.person.id: (symbol.x, symbol.y) for symbol in picture.symbols}


def children_of(facts: FamilyFacts) -> dict[tuple[int, ...], list[Somebody]]:
    people = {each.id: each for each in facts.people}
    found: dict[tuple[int, ...], list[Somebody]] = {}
    for child in people:
        parents = tuple(sorted(each.parent for each in facts.parentages if each.child == child))
        if parents:
            found.setdefault(parents, []).append(people[child])
    return found


@settings(max_examples=40)
@given(any_facts())
def test_whatever_is_recorded_everybody_is_drawn_once_and_nobody_over_another(facts: FamilyFacts) -> None:
    picture = picture_of(facts)
    assert sorted(s.person.id for s in picture.symbols if s.person.id > 0) == sorted(each.id for each in facts.people)
    assert overlapping(picture) == []
    for symbol in picture.symbols:
        left, top, right, bottom = box(symbol)
        assert left >= 0
        assert right <= picture.width
        assert top >= 0
        assert bottom <= picture.height
    ElementTree.fromstring(drawn(picture, title="A family", told="Drawn"))


@settings(max_examples=40)
@given(any_facts())
def test_the_same_facts_give_the_same_picture_in_whatever_order_they_come(facts: FamilyFacts) -> None:
    turned = FamilyFacts(
        facts.people[::-1], facts.parentages[::-1], facts.partnerships, facts.siblings[::-1], facts.remarks
    )
    assert drawn(picture_of(turned), title="", told="") == drawn(picture_of(facts), title="", told="")


@settings(max_examples=40)
@given(any_facts())
def test_a_parent_stands_above_each_child(facts: FamilyFacts) -> None:
    places_of = places(picture_of(facts))
    both = {(each.parent, each.child) for each in facts.parentages if each.kind in NEAREST_FIRST[:-1]}
    ancestors = _ancestry(facts)
    for parent, child in both:
        known = parent in places_of and child in places_of
        in_a_circle = parent == child or child in ancestors.get(parent, set())
        if known and not in_a_circle:
            assert places_of[parent][1] < places_of[child][1]


def _ancestry(facts: FamilyFacts) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for _ in facts.people:
        for each in facts.parentages:
            found.setdefault(each.child, set()).update({each.parent} | found.get(each.parent, set()))
    return found


@settings(max_examples=40)
@given(st.integers(0, 10_000_000))
def test_families_that_can_be_drawn_without_crossing_are(seed: int) -> None:
    facts = planar(seed)
    picture = picture_of(facts)
    assert picture.crossings == 0
    assert overlapping(picture) == []


@settings(max_examples=40)
@given(st.integers(0, 10_000_000))
def test_children_hang_in_the_middle_under_their_parents_from_the_oldest_to_the_youngest(seed: int) -> None:
    facts = planar(seed)
    places_of = places(picture_of(facts))
    joined = {each for pair in facts.partnerships for each in (pair.one, pair.other)}
    own = {each.child for each in facts.parentages}
    both_families = {p for pair in facts.partnerships if {pair.one, pair.other} <= own for p in (pair.one, pair.other)}
    assert joined
    for parents, children in children_of(facts).items():
        xs = [places_of[child.id][0] for child in children]
        middle = sum(places_of[parent][0] for parent in parents) / 2
        if _are_neighbours(parents, places_of):
            assert abs((min(xs) + max(xs)) / 2 - middle) < TOLERANCE
        by_age = [child for child in sorted(children, key=lambda c: (c.born, c.id)) if child.id not in both_families]
        assert all(places_of[a.id][0] < places_of[b.id][0] for a, b in pairwise(by_age))


def _are_neighbours(pair: tuple[int, ...], places_of: dict[int, tuple[float, float]]) -> bool:
    (one, y), (other, _) = (places_of[each] for each in pair)
    between = [x for x, row in places_of.values() if row == y and min(one, other) < x < max(one, other)]
    return not between


@settings(max_examples=40)
@given(st.integers(0, 10_000_000))
def test_partners_stand_beside_each_other(seed: int) -> None:
    facts = planar(seed)
    places_of = places(picture_of(facts))
    for pair in facts.partnerships:
        assert places_of[pair.one][1] == places_of[pair.other][1]
        assert _are_neighbours((pair.one, pair.other), places_of)


def somebody(number: int, sex: str = "U", year: int | None = None, **more: object) -> Somebody:
    born = date(year, 1, number % 28 + 1) if year else None
    return Somebody(number, f"Person {number}", sex, born, **more)  # type: ignore[arg-type]


def born_to(child: int, *parents: int, kind: str = "birth") -> list[Parentage]:
    return [Parentage(parent, child, kind) for parent in parents]


def test_a_man_stands_to_the_left_of_a_woman_whoever_was_entered_first() -> None:
    for first, second in ((1, 2), (2, 1)):
        facts = FamilyFacts((somebody(1, "F"), somebody(2, "M")), (), (Partnership(first, second),))
        places_of = places(picture_of(facts))
        assert places_of[2][0] < places_of[1][0]


def test_half_brothers_hang_under_their_own_parents_and_the_earlier_partner_stands_left() -> None:
    people = (somebody(1, "F", 1980), somebody(2, "M", 1979), somebody(3, "M", 1982), somebody(4, "M", 2005),
              somebody(5, "M", 2012, concerned=True))  # fmt: skip
    facts = FamilyFacts(people, (*born_to(4, 1, 2), *born_to(5, 1, 3)), (Partnership(1, 2), Partnership(1, 3)))
    picture = picture_of(facts)
    xs = {number: x for number, (x, _) in places(picture).items()}
    assert xs[2] < xs[1] < xs[3]
    assert xs[4] == pytest.approx((xs[2] + xs[1]) / 2, abs=TOLERANCE)
    assert xs[5] == pytest.approx((xs[1] + xs[3]) / 2, abs=TOLERANCE)
    assert picture.crossings == 0


def test_three_partners_with_children_of_each_cross_no_line() -> None:
    people = (somebody(1, "M", 1970), *(somebody(n, "F", 1970 + n) for n in (2, 3, 4)),
              *(somebody(n, "F", 2000 + n) for n in (5, 6, 7)))  # fmt: skip
    parentages = (*born_to(5, 1, 2), *born_to(6, 1, 3), *born_to(7, 1, 4))
    facts = FamilyFacts(people, parentages, tuple(Partnership(1, n, from_on=date(1990 + n, 1, 1)) for n in (2, 3, 4)))
    picture = picture_of(facts)
    assert picture.crossings == 0
    assert overlapping(picture) == []


def test_cousins_who_marry_are_joined_by_a_double_line() -> None:
    people = tuple(somebody(n, "MF"[n % 2], 1940 + 20 * (n > 2) + 20 * (n > 6)) for n in range(1, 10))
    parentages = (*born_to(3, 1, 2), *born_to(4, 1, 2), *born_to(7, 3, 5), *born_to(8, 4, 6), *born_to(9, 7, 8))
    facts = FamilyFacts(people, parentages, (Partnership(7, 8, married=True),))
    picture = picture_of(facts)
    assert [line.is_double for line in picture.lines if line.is_double] == [True]
    assert overlapping(picture) == []


def test_a_parent_nobody_recorded_is_shown_as_a_question() -> None:
    facts = FamilyFacts((somebody(1, "F"), somebody(2)), tuple(born_to(2, 1)))
    picture = picture_of(facts)
    unknown = next(symbol for symbol in picture.symbols if symbol.person.id <= 0)
    assert unknown.person.sex == "M"
    assert "not recorded" in drawn(picture, title="", told="")


def test_brothers_without_known_parents_hang_from_one_line() -> None:
    facts = FamilyFacts((somebody(1), somebody(2), somebody(3)), siblings=(Siblings(1, 2), Siblings(2, 3)))
    picture = picture_of(facts)
    assert len({y for _, y in places(picture).values()}) == 1
    assert picture.lines


def test_a_grandmother_stands_two_rows_up_though_nobody_recorded_between() -> None:
    facts = FamilyFacts(
        (somebody(1, "F"), somebody(2), somebody(3, "F")), tuple(born_to(2, 3)), remarks=(Remark(1, 2, 2),)
    )
    places_of = places(picture_of(facts))
    assert places_of[1][1] < places_of[3][1] < places_of[2][1]


def test_adopted_and_fostered_children_have_broken_lines_and_a_known_birth_mother_too() -> None:
    people = tuple(somebody(n, "MFMF"[n % 4]) for n in range(1, 6))
    facts = FamilyFacts(
        people, (*born_to(5, 1), *born_to(5, 2, 3, kind="adoptive"), *born_to(4, 2, 3, kind="foster")), ()
    )
    picture = picture_of(facts)
    assert {"whole", "dashed", "dotted"} <= {line.style for line in picture.lines}


def test_twins_leave_the_line_at_one_point() -> None:
    twin = date(2015, 5, 5)
    people = (somebody(1, "M"), somebody(2, "F"), Somebody(3, "A", "M", twin), Somebody(4, "B", "F", twin))
    picture = picture_of(FamilyFacts(people, (*born_to(3, 1, 2), *born_to(4, 1, 2))))
    slanted = [line for line in picture.lines if line.points[0][0] != line.points[-1][0] and len(line.points) == 2
               and line.points[0][1] != line.points[1][1]]  # fmt: skip
    assert len(slanted) == 2
    assert slanted[0].points[0] == slanted[1].points[0]


def test_every_sign_of_the_field_is_drawn() -> None:
    people = (
        somebody(1, "M", 1950, died=True),
        somebody(2, "F", 1952, at_home=True),
        somebody(3, "X", 1980, concerned=True, at_home=True),
        somebody(4, unborn=True),
    )
    facts = FamilyFacts(
        people, (*born_to(3, 1, 2), *born_to(4, 3)), (Partnership(1, 2, True, "divorced", words="m. 1975, d. 1990"),)
    )
    svg = drawn(picture_of(facts), title="The family", told="Four people")
    for sign in ("<rect x=", "<circle", "<polygon", '<path d="M', "m. 1975, d. 1990", 'role="img"', "Four people"):
        assert sign in svg
    assert svg.count("<line ") == 2  # the strokes of a divorce
    assert "style=" not in svg


def test_names_are_drawn_as_names_and_never_as_markup() -> None:
    svg = drawn(picture_of(FamilyFacts((Somebody(1, "<b>&"),))), title="<i>", told="<u>")
    assert "<b>" not in svg
    assert "<i>" not in svg
    ElementTree.fromstring(svg)


def test_of_very_many_people_those_concerned_are_drawn_and_the_rest_counted() -> None:
    people = tuple(somebody(n, "F", 1900, concerned=n == 400) for n in range(1, 401))
    chain = tuple(Parentage(n, n + 1) for n in range(1, 400))
    picture = picture_of(FamilyFacts(people, chain))
    assert picture.left_out == 400 - MOST_PEOPLE
    assert 400 in places(picture)


def test_a_long_line_of_descent_is_drawn_whole() -> None:
    people = tuple(somebody(n, "F") for n in range(1, MOST_PEOPLE + 1))
    chain = tuple(Parentage(n, n + 1) for n in range(1, MOST_PEOPLE))
    assert picture_of(FamilyFacts(people, chain)).rows == MOST_PEOPLE


def test_thirty_people_in_four_generations_are_drawn_within_ten_milliseconds() -> None:
    facts = large()
    assert len(facts.people) >= 30
    took = []
    for _ in range(5):
        started = time.process_time()
        picture = picture_of(facts)
        drawn(picture, title="", told="")
        took.append(time.process_time() - started)
    assert picture.rows == 4
    assert picture.crossings == 0
    assert min(took) < 0.010


def test_nobody_to_draw_is_an_empty_picture() -> None:
    assert picture_of(FamilyFacts(())).symbols == ()
