"""What could never be so is refused, each with its own sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from baton.platform.refusals import unmet
from baton.relationships.policies.relationships import (
    TO_RELATE,
    Life,
    Recorded,
    RelationshipFacts,
    Told,
    a_parent_is_older,
    descendants,
)
from baton.relationships.policies.ties import TO_TIE, TieFacts, ToldTie
from baton.relationships.states import KINDS, MUTUAL, WEDDED, Group

TODAY = date(2026, 10, 5)
MOTHER, CHILD = Life(date(1988, 2, 3)), Life(date(2013, 5, 1))
GOOD = RelationshipFacts(Told(1, "birth_mother", 2), TODAY, MOTHER, CHILD)


def refused(facts: RelationshipFacts) -> tuple[str, ...]:
    return unmet(TO_RELATE, facts)


def couple(**more: object) -> RelationshipFacts:
    told = Told(1, "married", 2, **({"from_on": date(2010, 6, 1)} | more))  # type: ignore[arg-type]
    return RelationshipFacts(told, TODAY, MOTHER, Life(date(1986, 1, 1)))


def test_a_mother_and_her_child_are_recorded() -> None:
    assert refused(GOOD) == ()


def test_a_couple_is_recorded_as_it_was() -> None:
    assert refused(couple()) == ()
    assert refused(couple(standing="separated", ended_on=date(2015, 1, 1))) == ()
    assert refused(couple(standing="divorced", ended_on=date(2016, 1, 1))) == ()


def test_nobody_is_related_to_themselves() -> None:
    for kind in KINDS:
        said = refused(replace(GOOD, told=Told(1, kind, 1), relative=MOTHER))
        assert any("Nobody is related to themselves" in sentence for sentence in said), kind


@pytest.mark.parametrize("kind", ["birth_mother", "birth_father", "second_parent"])
def test_a_child_is_not_older_than_a_parent_by_birth(kind: str) -> None:
    told = Told(2, kind, 1)
    assert any("at least 10 years older" in s for s in refused(RelationshipFacts(told, TODAY, CHILD, MOTHER)))
    almost = Life(date(2003, 5, 2))
    assert any("at least 10 years" in s for s in refused(RelationshipFacts(told, TODAY, almost, CHILD)))
    assert refused(RelationshipFacts(told, TODAY, Life(date(2003, 5, 1)), CHILD)) == ()


def test_the_unborn_are_nobodys_parents_and_may_have_parents() -> None:
    awaited = Life(due_on=date(2027, 3, 1))
    assert a_parent_is_older(replace(GOOD, relative=awaited))
    assert not a_parent_is_older(replace(GOOD, person=awaited))


def test_unknown_ages_refuse_nobody() -> None:
    assert refused(replace(GOOD, person=Life(), relative=Life())) == ()


@pytest.mark.parametrize("kind", ["adoptive_parent", "foster_carer", "special_guardian"])
def test_who_takes_a_parents_place_is_older(kind: str) -> None:
    facts = RelationshipFacts(Told(2, kind, 1), TODAY, CHILD, MOTHER)
    assert any("is older than the child" in s for s in refused(facts))


def test_a_step_parent_may_be_younger_than_a_grown_up_stepchild() -> None:
    assert refused(RelationshipFacts(Told(2, "step_parent", 1), TODAY, CHILD, MOTHER)) == ()


def test_nobody_is_their_own_ancestor() -> None:
    parents = {2: frozenset({1}), 3: frozenset({2})}
    facts = RelationshipFacts(Told(3, "step_parent", 1), TODAY, parents=parents)
    assert refused(facts) == ("This would make somebody their own parent or ancestor. Check who is the parent and who "
                              "is the child.",)  # fmt: skip
    assert descendants(1, parents) == {1, 2, 3}


def test_a_child_has_one_birth_mother_and_one_birth_father() -> None:
    for kind, word in (("birth_mother", "birth mother"), ("birth_father", "birth father")):
        others = (Recorded(9, kind, 2, None, None),)
        assert any(f"This child’s {word} is recorded" in s for s in refused(
            replace(GOOD, told=Told(1, kind, 2), others=others)))  # fmt: skip


def test_one_person_is_not_two_kinds_of_parent_by_birth() -> None:
    said = refused(replace(GOOD, others=(Recorded(1, "birth_father", 2, None, None),)))
    assert any("another kind of parent" in s for s in said)


def test_a_mother_lived_when_her_child_was_born_and_a_father_nearly() -> None:
    died = date(2013, 4, 30)
    assert any("died before the child" in s for s in refused(replace(GOOD, person=replace(MOTHER, died=died))))
    father = replace(GOOD, told=Told(1, "birth_father", 2))
    assert refused(replace(father, person=replace(MOTHER, died=died))) == ()
    long_dead = replace(MOTHER, died=date(2013, 5, 1) - timedelta(days=301))
    assert any("died before the child" in s for s in refused(replace(father, person=long_dead)))


def test_nobody_marries_after_death_before_sixteen_or_their_own_child() -> None:
    dead = replace(couple(), person=replace(MOTHER, died=date(2009, 1, 1)))
    assert any("after one of them died" in s for s in refused(dead))
    assert any("at least 16" in s for s in refused(couple(from_on=date(2003, 1, 1))))
    own = replace(couple(), parents={2: frozenset({1})})
    assert any("A parent and their child are not a couple" in s for s in refused(own))


def test_the_same_is_not_said_twice_of_one_time_in_either_direction() -> None:
    for pair in ((1, 2), (2, 1)):
        other = Recorded(pair[0], "married", pair[1], date(2008, 1, 1), None)
        assert any("recorded already for the same time" in s for s in refused(replace(couple(), others=(other,))))
    ended = Recorded(1, "married", 2, date(2000, 1, 1), date(2005, 1, 1))
    assert refused(replace(couple(), others=(ended,))) == ()


def test_dates_are_past_and_in_order() -> None:
    assert any("in the past" in s for s in refused(couple(from_on=date(2027, 1, 1))))
    backwards = couple(standing="divorced", ended_on=date(2009, 1, 1))
    assert any("cannot end before it starts" in s for s in refused(backwards))


def test_only_couples_separate_and_only_the_wedded_divorce() -> None:
    friends = replace(GOOD, told=Told(1, "friend", 2, standing="separated"))
    assert any("Only couples separate" in s for s in refused(friends))
    together = replace(couple(), told=Told(1, "living_together", 2, standing="divorced"))
    assert any("Only couples separate" in s for s in refused(together))


def test_a_parent_by_birth_stays_one() -> None:
    assert any("stays one" in s for s in refused(replace(GOOD, told=replace(GOOD.told, standing="over"))))


def test_every_kind_reads_from_both_sides_and_couples_are_mutual() -> None:
    for kind in KINDS.values():
        assert all(kind.is_)
        assert all(kind.back)
        assert kind.choice.endswith(" of")
        assert (kind.key in MUTUAL) == (kind.group in (Group.PARTNER, Group.SIBLING) or kind.is_ == kind.back)
    assert WEDDED <= MUTUAL


def test_a_tie_has_a_name_days_in_order_and_stands_once() -> None:
    tie = ToldTie("Larkmere School", "school", from_on=date(2026, 1, 1))
    assert unmet(TO_TIE, TieFacts(tie, TODAY)) == ()
    for told, word in (
        (replace(tie, name=" "), "Enter who or what"),
        (replace(tie, until_on=date(2025, 1, 1)), "cannot end before"),
        (replace(tie, from_on=date(2027, 1, 1)), "in the past"),
    ):
        assert any(word in s for s in unmet(TO_TIE, TieFacts(told, TODAY)))
    assert any("in the network already" in s for s in unmet(TO_TIE, TieFacts(tie, TODAY, ((None, None),))))
    assert unmet(TO_TIE, TieFacts(tie, TODAY, ((None, date(2026, 1, 1)),))) == ()
