"""Whatever people tell of each other and in whatever order: what was accepted never contradicts itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from graphlib import TopologicalSorter

from hypothesis import given, settings
from hypothesis import strategies as st

from baton.platform.refusals import unmet
from baton.relationships.policies.relationships import TO_RELATE, Life, Recorded, RelationshipFacts, Told, descendants
from baton.relationships.states import FROM_BIRTH, KINDS, MUTUAL, PARENTS, PARTNERS

TODAY = date(2026, 10, 5)
PEOPLE = range(1, 6)
born = st.none() | st.dates(date(1920, 1, 1), TODAY)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    birth = draw(born)
    if draw(st.integers(0, 9)) == 0:
        return Life(due_on=TODAY + timedelta(days=90))
    lived = draw(st.none() | st.integers(0, 36_000))
    died = birth + timedelta(days=lived) if birth and lived is not None else None
    return Life(birth, died if died and died <= TODAY else None)


told = st.builds(
    Told,
    person=st.sampled_from(PEOPLE),
    kind=st.sampled_from([*sorted(KINDS), *sorted(PARENTS) * 2]),
    relative=st.sampled_from(PEOPLE),
    from_on=st.none() | st.dates(date(1950, 1, 1), TODAY),
)
families = st.tuples(st.tuples(*(lives() for _ in PEOPLE)), st.lists(told, max_size=14))


def accepted(lived: Sequence[Life], said: Iterable[Told]) -> list[Told]:
    """What is left when each is told after the others and refused where the policies refuse it."""
    kept: list[Told] = []
    for each in said:
        if not refused(each, lived, kept):
            kept.append(each)
    return kept


def refused(each: Told, lived: Sequence[Life], kept: Sequence[Told]) -> tuple[str, ...]:
    parents: dict[int, frozenset[int]] = defaultdict(frozenset)
    for one in kept:
        if one.kind in PARENTS:
            parents[one.relative] |= {one.person}
    others = tuple(Recorded(one.person, one.kind, one.relative, one.from_on, one.ended_on) for one in kept)
    person, relative = lived[each.person - 1], lived[each.relative - 1]
    return unmet(TO_RELATE, RelationshipFacts(each, TODAY, person, relative, others, dict(parents)))


@settings(max_examples=300)
@given(families)
def test_nobody_descends_from_themselves(family: tuple[Sequence[Life], list[Told]]) -> None:
    above: dict[int, set[int]] = defaultdict(set)
    for each in accepted(*family):
        if each.kind in PARENTS:
            above[each.relative].add(each.person)
    order = list(TopologicalSorter(above).static_order())  # raises CycleError where somebody is their own ancestor
    assert len(order) == len(set(order))


@settings(max_examples=300)
@given(families)
def test_a_parent_by_birth_is_one_of_two_was_grown_up_and_lived(family: tuple[Sequence[Life], list[Told]]) -> None:
    lived, said = family
    by_birth = [each for each in accepted(lived, said) if each.kind in FROM_BIRTH]
    for kind in ("birth_mother", "birth_father"):
        children = [each.relative for each in by_birth if each.kind == kind]
        assert len(children) == len(set(children))
    assert len({(each.person, each.relative) for each in by_birth}) == len(by_birth)
    for each in by_birth:
        parent, child = lived[each.person - 1], lived[each.relative - 1]
        begins = child.born or child.due_on
        assert parent.due_on is None
        if parent.born and begins:
            assert (begins.year - 10, begins.month, begins.day) >= (
                parent.born.year,
                parent.born.month,
                parent.born.day,
            )
        if parent.died and begins:
            assert begins <= parent.died + timedelta(days=0 if each.kind == "birth_mother" else 300)


@settings(max_examples=300)
@given(families)
def test_no_couple_is_parent_and_child_in_whatever_order_it_was_told(
    family: tuple[Sequence[Life], list[Told]],
) -> None:
    lived, said = family
    for order in (said, said[::-1]):
        kept = accepted(lived, order)
        couples = {frozenset((each.person, each.relative)) for each in kept if each.kind in PARTNERS}
        lines = {frozenset((each.person, each.relative)) for each in kept if each.kind in PARENTS}
        assert not couples & lines
        assert all(each.person != each.relative for each in kept)


@given(families)
def test_the_same_is_never_kept_twice_whoever_is_named_first(family: tuple[Sequence[Life], list[Told]]) -> None:
    lived, said = family
    kept = accepted(lived, said)
    for each in kept:
        assert refused(each, lived, kept)
        if each.kind in MUTUAL:
            assert refused(replace(each, person=each.relative, relative=each.person), lived, kept)


@given(st.dictionaries(st.sampled_from(PEOPLE), st.frozensets(st.sampled_from(PEOPLE), max_size=3)))
def test_descendants_are_whoever_a_line_of_parents_leads_to(parents: dict[int, frozenset[int]]) -> None:
    for person in PEOPLE:
        found = {person}
        for _ in PEOPLE:  # no line is longer than there are people
            found |= {child for child, known in parents.items() if known & found}
        assert descendants(person, parents) == found
