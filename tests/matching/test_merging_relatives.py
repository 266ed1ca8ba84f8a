"""Records made one where people are related, and all that hangs on them: undone, everything is as it was."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import baton.relationships
from baton.consent.actions import Told as Agreed
from baton.consent.actions import record_consent
from baton.matching.models import Merge, Moved
from baton.matching.queries.duplicates import survivor_of
from baton.people.actions import add_member
from baton.people.actions.warnings import Warned, give_warning
from baton.people.models import Address, Family, ParentalResponsibility, Person, Residence
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.relationships.models import Relationship
from baton.relationships.states import PARENTS
from tests.factories import Place, a_family, a_place
from tests.factories.guarded import a_restriction
from tests.factories.times import LONG_AGO, MONDAY
from tests.matching.test_merging import child, everything, joined, parted, rolled_back, seeing_all

pytestmark = pytest.mark.django_db
some_columns = st.lists(
    st.sampled_from(["given_name", "family_name", "address", "postcode", "school", "date_of_birth"]), unique=True
)
ASHBY, NELL = ("Ashby", date(2013, 5, 1)), ("Nell", date(2016, 3, 27))


@dataclass
class Recorded:
    """Marigold and Ashby, each with a record in two families, and Bill, who is in both and married to both records."""

    place: Place
    families: tuple[Family, Family]
    marigolds: list[Person]
    ashbys: list[Person]
    bill: Person

    def worker(self, at: int) -> User:
        return (self.place.worker, self.place.stranger)[at]

    def relate(self, at: int, person: Person, kind: str, relative: Person, **more: object) -> Relationship:
        with acting_as(self.worker(at)):
            return Relationship.objects.create(
                family=self.families[at], person=person, kind=kind, relative=relative, recorded_at=MONDAY,
                recorded_by=self.worker(at), **more,
            )  # fmt: skip


def recorded(place: Place) -> Recorded:
    """With relationships, responsibility, homes, warnings and agreements on both sides."""
    teams = (place.team, place.other_team)
    families = tuple(
        a_family(team=team, by=place.hub_adviser, name=name, children=children)
        for team, name, children in zip(teams, ("Otterby", "Marsh"), ((ASHBY,), (ASHBY, NELL)), strict=True)
    )
    marigolds, ashbys = ([child(place, each.pk, name) for each in families] for name in ("Marigold", "Ashby"))
    bill = Person(given_name="Bill", family_name="Otterby", date_of_birth=date(1986, 4, 2))
    with acting_as(place.hub_adviser):
        for family in families:
            add_member(
                family=family, person=bill, part="parent", relationship="", from_on=LONG_AGO.date(),
                by=place.hub_adviser, at=LONG_AGO,
            )  # fmt: skip
    known = Recorded(place, families, marigolds, ashbys, bill)  # type: ignore[arg-type]
    for at, (family, mother, ashby) in enumerate(zip(families, marigolds, ashbys, strict=True)):
        known.relate(at, mother, "birth_mother", ashby)
        known.relate(at, min(mother, bill, key=pk), "married", max(mother, bill, key=pk), from_on=date(2010, 6, 5))
        _say_more(known, at, family, mother, ashby)
    known.relate(1, ashbys[1], "half_sibling", child(place, families[1].pk, "Nell"))
    return known


def _say_more(known: Recorded, at: int, family: Family, mother: Person, ashby: Person) -> None:
    by = known.worker(at)
    with acting_as(by):
        ParentalResponsibility.objects.create(
            child=ashby, holder=mother, source="mother", recorded_at=MONDAY, recorded_by=by
        )
        home = Address.objects.create(family=family, lines=f"{at} Otter Lane", postcode="DT1 1XJ")
        Residence.objects.create(person=ashby, address=home, from_on=date(2020, 1, 1), recorded_at=MONDAY)
        warned = Warned("animal", "A dog.", "It bit.", True, "In person.", date(2027, 1, 1))
        give_warning(family=family, person=ashby, warned=warned, by=by, at=MONDAY)
        record_consent(
            family=family, person=mother, method="written", given_at=MONDAY,
            told=Agreed(purpose="share", agency="school", organisation="Otter School", where="visit"), by=by, at=MONDAY,
        )  # fmt: skip


def pk(person: Person) -> int:
    return person.pk


@pytest.fixture
def known() -> Recorded:
    return recorded(a_place())


def test_both_records_married_to_one_man_are_one_marriage_and_one_mother(known: Recorded) -> None:
    before = everything(known.place)
    mothers = joined(known.place, *known.marigolds)
    children = joined(known.place, *known.ashbys)
    with seeing_all(known.place):
        kinds = Relationship.objects.filter(person__in=[known.bill, known.marigolds[0]]).order_by("kind")
        assert [row.kind for row in kinds] == ["birth_mother", "married"]
        assert ParentalResponsibility.objects.get().holder == known.marigolds[0]
        assert Moved.objects.filter(merge=mothers, what="folded", table_name="relationships_relationship").count() == 1
    parted(known.place, children)
    parted(known.place, mothers)
    assert everything(known.place) == before


def test_a_couple_stays_a_couple_whichever_record_is_older(known: Recorded) -> None:
    for kept, gone in (known.marigolds, known.marigolds[::-1]):
        with rolled_back():
            with seeing_all(known.place):
                Relationship.objects.filter(kind="married").exclude(family=known.families[1]).delete()
            joined(known.place, kept, gone)
            with seeing_all(known.place):
                couple = Relationship.objects.get(kind="married")
                assert {couple.person_id, couple.relative_id} == {kept.pk, known.bill.pk}


def test_two_homes_at_one_time_become_a_main_and_a_second_and_main_again(known: Recorded) -> None:
    before = everything(known.place)
    joined(known.place, *known.marigolds)
    merge = joined(known.place, *known.ashbys)
    with seeing_all(known.place):
        assert sorted(Residence.objects.filter(person=known.ashbys[0]).values_list("kind", flat=True)) == [
            "main",
            "second",
        ]
    parted(known.place, merge)
    with seeing_all(known.place):
        assert set(Residence.objects.values_list("kind", flat=True)) == {"main"}
    assert everything(known.place) != before


def test_warnings_and_agreements_of_both_stand_with_the_one(known: Recorded) -> None:
    joined(known.place, *known.marigolds)
    joined(known.place, *known.ashbys)
    with seeing_all(known.place):
        assert known.ashbys[0].warnings.count() == 2
        assert known.marigolds[0].consent_set.count() == 2


def test_children_whose_records_name_other_mothers_wait_until_the_mothers_are_one(known: Recorded) -> None:
    with pytest.raises(Refused, match="make them one first"):
        joined(known.place, *known.ashbys)
    joined(known.place, *known.marigolds)
    joined(known.place, *known.ashbys)


@pytest.mark.parametrize("kind", ["birth_mother", "foster_carer", "sibling", "friend"])
def test_who_is_recorded_as_a_relative_is_another_person_until_that_is_struck_out(known: Recorded, kind: str) -> None:
    one, other = known.marigolds
    with acting_as(known.place.hub_adviser):
        add_member(
            family=known.families[0], person=other, part="wider", relationship="", from_on=LONG_AGO.date(),
            by=known.place.hub_adviser, at=LONG_AGO,
        )  # fmt: skip
    row = known.relate(0, one, kind, other)
    before = everything(known.place)
    for kept, gone in ((one, other), (other, one)):
        with pytest.raises(Refused, match="related to each other"):
            joined(known.place, kept, gone)
    assert everything(known.place) == before
    with seeing_all(known.place):
        Relationship.objects.filter(pk=row.pk).update(struck_at=MONDAY, struck_by=known.place.worker)
    before = everything(known.place)
    merge = joined(known.place, one, other)
    with seeing_all(known.place):
        assert not Relationship.objects.filter(pk=row.pk).exists()
    parted(known.place, merge)
    assert everything(known.place) == before


def test_a_grandmother_and_a_grandchild_of_one_name_are_two_by_the_line_between_them(known: Recorded) -> None:
    grandmother, grandchild = known.marigolds[0], child(known.place, known.families[1].pk, "Nell")
    known.relate(0, known.ashbys[0], "birth_father", grandchild)
    with pytest.raises(Refused, match="related to each other"):
        joined(known.place, grandmother, grandchild)


def test_the_line_between_them_follows_every_kind_of_parent() -> None:
    sql = (Path(baton.relationships.__file__).parent / "two_people.sql").read_text()
    followed = sql[sql.index("r.kind in (") :].partition("(")[2].partition(")")[0]
    assert {kind.strip(" '\n") for kind in followed.split(",")} == set(PARENTS)


def test_who_is_responsible_for_the_other_is_another_person(known: Recorded) -> None:
    with seeing_all(known.place):
        Relationship.objects.all().delete()
    with pytest.raises(Refused, match="related to each other"):
        joined(known.place, known.marigolds[0], known.ashbys[0])


def test_a_closed_family_is_merged_by_nobody_who_is_not_named(known: Recorded) -> None:
    a_restriction(known.place, known.families[1].pk, known.place.stranger)
    with pytest.raises(Refused, match="Ask a hub adviser"):
        joined(known.place, *known.marigolds)


def test_what_is_said_of_a_closed_family_afterwards_comes_back_with_it(known: Recorded) -> None:
    before = everything(known.place)
    merge = joined(known.place, *known.marigolds)
    a_restriction(known.place, known.families[1].pk, known.place.service_manager)
    parted(known.place, merge, by=known.place.service_manager)
    assert everything(known.place) == before


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_merges_of_relatives_undone_in_any_order_give_back_what_was(data: st.DataObject) -> None:
    with rolled_back():
        known = recorded(a_place())
        third = a_family(team=known.place.team, by=known.place.hub_adviser, name="Otterbee", children=())
        mothers = [*known.marigolds, child(known.place, third.pk, "Marigold")]
        before = everything(known.place)
        standing: list[Merge] = []
        for _ in range(data.draw(st.integers(1, 2))):
            kept, gone = data.draw(st.permutations(mothers))[:2]
            standing.append(joined(known.place, kept, gone, taken=data.draw(some_columns)))
            mothers.remove(gone)
        if len({survivor_of(each.pk) for each in known.marigolds}) == 1 and data.draw(st.booleans()):
            kept, gone = data.draw(st.permutations(known.ashbys))
            standing.append(joined(known.place, kept, gone, taken=data.draw(some_columns)))
        for merge in data.draw(st.permutations(standing)):
            parted(known.place, merge)
        assert everything(known.place) == before
