"""Recording relationships and ties: once for both sides, checked, corrected without loss, by those who may."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Change, User
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from baton.relationships.actions import (
    add_relative,
    add_tie,
    add_ties,
    change_tie,
    correct_relationship,
    correct_tie,
    end_relationship,
    end_tie,
    record_relationship,
    record_relationships,
    strike_relationship,
    strike_tie,
)
from baton.relationships.actions.relating import told_of
from baton.relationships.models import NetworkTie, Relationship
from baton.relationships.policies.relationships import Told
from baton.relationships.policies.ties import ToldTie
from baton.relationships.queries import family_ties, get_relationship, ties_of
from tests.factories import a_family, a_place
from tests.factories.times import MONDAY
from tests.relationships.recorded import Known, a_known_family

pytestmark = pytest.mark.django_db
SCHOOL = ToldTie("Larkmere School", "school", strength="strong", energy="to_family", from_on=date(2024, 9, 1))


@pytest.fixture
def known() -> Known:
    return a_known_family()


def seen(known: Known, by: User | None = None) -> list[Relationship]:
    with acting_as(by or known.place.worker):
        return list(family_ties(known.family.pk).relationships)


def tie(known: Known, told: ToldTie = SCHOOL) -> NetworkTie:
    with acting_as(known.place.worker):
        return add_tie(family=known.family, told=told, by=known.place.worker, at=MONDAY)


def test_a_mother_is_recorded_once_with_an_audit_entry(known: Known) -> None:
    row = known.relate("Marigold", "birth_mother", "Ashby")
    assert [each.pk for each in seen(known)] == [row.pk]
    with acting_as(known.place.manager):
        entry = AuditEntry.objects.get(action="record_relationship")
        assert (entry.family_id, entry.record_id, entry.by) == (known.family.pk, row.pk, known.place.worker)


def test_what_is_mutual_is_the_same_row_whoever_is_named_first(known: Known) -> None:
    one, other = sorted((known.id("Marigold"), known.id("Bill")))
    row = known.relate("Bill", "living_together", "Marigold")
    assert (row.person_id, row.relative_id) == (one, other)
    with pytest.raises(Refused, match="recorded already"):
        known.relate("Marigold", "living_together", "Bill")


def test_nonsense_is_refused_and_nothing_is_kept(known: Known) -> None:
    for person, kind, relative, why in (
        ("Ashby", "birth_mother", "Marigold", "at least 10 years older"),
        ("Nora", "married", "Nora", "Nobody is related to themselves"),
    ):
        with pytest.raises(Refused, match=why):
            known.relate(person, kind, relative)
    known.relate("Nora", "birth_mother", "Marigold")
    known.relate("Marigold", "birth_mother", "Ashby")
    with pytest.raises(Refused, match="own parent or ancestor"):
        known.relate("Ashby", "step_parent", "Nora")
    with pytest.raises(Refused, match="birth mother is recorded already"):
        known.relate("Nora", "birth_mother", "Ashby")
    assert len(seen(known)) == 2


def test_several_are_checked_with_those_before_them(known: Known) -> None:
    worker = known.place.worker
    mothers = [Told(known.id(name), "birth_mother", known.id("Ashby")) for name in ("Marigold", "Nora")]
    with acting_as(worker), pytest.raises(Refused, match="birth mother"):
        record_relationships(family=known.family, told=mothers, by=worker, at=MONDAY)
    assert seen(known) == []


def test_only_people_of_the_family_are_related(known: Known) -> None:
    stranger = a_family(team=known.place.team, by=known.place.hub_adviser, name="Otherby")
    worker = known.place.worker
    with acting_as(worker):
        other = FamilyMember.objects.filter(family=stranger)[0]
        told = Told(other.person_id, "friend", known.id("Marigold"))
        with pytest.raises(Refused, match="Add both people to the family"):
            record_relationship(family=known.family, told=told, by=worker, at=MONDAY)


def test_a_new_relative_joins_the_family_and_is_related(known: Known) -> None:
    worker = known.place.worker
    grandfather = Person(given_name="Ted", family_name="Otter", sex="M", date_of_birth=date(1958, 1, 1))
    with acting_as(worker):
        row = add_relative(
            family=known.family, person=grandfather, kind="birth_father", relative=known.id("Marigold"), by=worker,
            at=MONDAY,
        )  # fmt: skip
        member = FamilyMember.objects.get(person=row.person)
        assert (member.part, member.lives_with_family) == ("wider", False)
        child = Person(given_name="Kit", family_name="Otter", date_of_birth=date(2020, 1, 1))
        back = add_relative(
            family=known.family, person=child, kind="birth_mother", relative=known.id("Marigold"), is_back=True,
            by=worker, at=MONDAY,
        )  # fmt: skip
        assert (back.person_id, back.relative_id) == (known.id("Marigold"), child.pk)


def test_a_refused_relative_is_not_left_behind(known: Known) -> None:
    worker = known.place.worker
    young = Person(given_name="Too", family_name="Young", date_of_birth=date(1989, 1, 1))
    with acting_as(worker):
        before = FamilyMember.objects.count()
        with pytest.raises(Refused):
            add_relative(family=known.family, person=young, kind="birth_mother", relative=known.id("Marigold"),
                         by=worker, at=MONDAY)  # fmt: skip
        assert FamilyMember.objects.count() == before


def test_a_marriage_ends_in_steps_and_what_stood_is_kept(known: Known) -> None:
    worker = known.place.worker
    row = known.relate("Marigold", "married", "Bill", from_on=date(2010, 5, 1))
    with acting_as(worker):
        row = end_relationship(
            relationship=row, standing="separated", ended_on=date(2015, 1, 1), version=1, by=worker, at=MONDAY
        )
        assert (row.separated_on, row.until_on) == (date(2015, 1, 1), None)
        row = end_relationship(
            relationship=row, standing="divorced", ended_on=date(2017, 1, 1), version=2, by=worker, at=MONDAY
        )
        assert (row.separated_on, row.until_on) == (date(2015, 1, 1), date(2017, 1, 1))
    with acting_as(known.place.manager):
        kept = Change.objects.filter(record="relationships_relationship", record_id=row.pk).order_by("pk")
        assert len(kept) == 3
    assert len(seen(known)) == 1


def test_the_second_of_two_who_correct_is_told(known: Known) -> None:
    worker = known.place.worker
    row = known.relate("Marigold", "living_together", "Bill")
    told = replace(told_of(row), from_on=date(2012, 1, 1))
    with acting_as(worker):
        correct_relationship(relationship=row, told=told, version=1, by=worker, at=MONDAY)
        with pytest.raises(EditedMeanwhile) as told_both:
            correct_relationship(relationship=row, told=told, version=1, by=worker, at=MONDAY)
    assert told_both.value.theirs["from_on"] == date(2012, 1, 1)


def test_a_correction_is_checked_too(known: Known) -> None:
    worker = known.place.worker
    row = known.relate("Marigold", "living_together", "Bill")
    told = replace(told_of(row), from_on=date(2030, 1, 1))
    with acting_as(worker), pytest.raises(Refused, match="in the past"):
        correct_relationship(relationship=row, told=told, version=1, by=worker, at=MONDAY)


def test_what_was_a_mistake_is_struck_out_with_a_reason_and_can_be_said_anew(known: Known) -> None:
    worker = known.place.worker
    row = known.relate("Nora", "birth_mother", "Ashby")
    with acting_as(worker):
        with pytest.raises(Refused, match="Say why"):
            strike_relationship(relationship=row, because=" ", by=worker, at=MONDAY)
        strike_relationship(relationship=row, because="It is her grandmother", by=worker, at=MONDAY)
        assert Relationship.objects.get(pk=row.pk).struck_because == "It is her grandmother"
    assert seen(known) == []
    known.relate("Marigold", "birth_mother", "Ashby")


def test_the_database_refuses_what_policies_would(known: Known) -> None:
    row = known.relate("Marigold", "birth_mother", "Ashby")
    known.relate("Marigold", "married", "Bill")
    one, other = sorted((known.id("Marigold"), known.id("Bill")))
    for person, kind, relative, constraint in (
        (known.id("Nora"), "birth_mother", known.id("Ashby"), "one_birth_mother"),
        (known.id("Nora"), "carer", known.id("Nora"), "nobody_is_related_to_themselves"),
        (row.person_id, row.kind, row.relative_id, "one_birth_mother|relationships_do_not_repeat"),
        (other, "married", one, "a_mutual_relationship_is_said_once"),
    ):
        with acting_as(known.place.worker), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Relationship.objects.create(
                family=known.family, person_id=person, kind=kind, relative_id=relative, recorded_at=MONDAY,
                recorded_by=known.place.worker,
            )  # fmt: skip


def test_others_see_nothing_and_may_do_nothing(known: Known) -> None:
    row, place = known.relate("Marigold", "birth_mother", "Ashby"), known.place
    tie(known)
    for other in (place.stranger, place.other_manager, place.teacher, place.administrator, place.hub_adviser):
        with acting_as(other):
            assert Relationship.objects.count() == NetworkTie.objects.count() == 0
    told = Told(known.id("Marigold"), "birth_mother", known.id("Bramwell"))
    for other in (place.hub_adviser, place.administrator):
        with acting_as(other), pytest.raises(NotAllowed):
            record_relationship(family=known.family, told=told, by=other, at=MONDAY)
        with acting_as(other), pytest.raises(NotAllowed):
            strike_relationship(relationship=row, because="x", by=other, at=MONDAY)
        with acting_as(other), pytest.raises(NotAllowed):
            add_tie(family=known.family, told=SCHOOL, by=other, at=MONDAY)


def test_who_holds_both_people_in_another_family_sees_how_they_are_related(known: Known) -> None:
    row = known.relate("Marigold", "birth_mother", "Ashby")
    place = a_place()
    other = a_family(team=place.team, by=place.hub_adviser, name="Otherby", children=())
    with acting_as(place.worker):
        assert not Relationship.objects.filter(pk=row.pk).exists()
    with acting_as(place.hub_adviser):
        for name in ("Marigold", "Ashby"):
            FamilyMember.objects.create(family=other, person=known.people[name], part="wider", from_on=MONDAY.date())
    with acting_as(place.worker):
        with pytest.raises(Http404):  # to read; those who work with its own family change it
            get_relationship(row.pk)
        assert [each.pk for each in family_ties(other.pk).relationships] == [row.pk]


def test_a_tie_changes_ends_and_is_corrected_without_loss(known: Known) -> None:
    worker = known.place.worker
    row = tie(known)
    with acting_as(worker):
        now = change_tie(
            tie=row,
            strength="stressful",
            energy="from_family",
            from_on=date(2026, 9, 1),
            version=1,
            by=worker,
            at=MONDAY,
        )
        assert [(t.strength, t.until_on) for t in ties_of(known.family.pk).order_by("pk")] == [
            ("strong", date(2026, 9, 1)), ("stressful", None)
        ]  # fmt: skip
        corrected = replace(SCHOOL, strength="weak", from_on=date(2026, 9, 1), note="A new head")
        now = correct_tie(tie=now, told=corrected, version=1, by=worker, at=MONDAY)
        with pytest.raises(EditedMeanwhile):
            end_tie(tie=now, ended_on=date(2026, 10, 1), version=1, by=worker, at=MONDAY)
        end_tie(tie=now, ended_on=date(2026, 10, 1), version=2, by=worker, at=MONDAY)
        with pytest.raises(Refused, match="Say why"):
            strike_tie(tie=now, because="", by=worker, at=MONDAY)
        strike_tie(tie=now, because="Another school", by=worker, at=MONDAY)
        assert ties_of(known.family.pk).count() == 1


def test_a_change_on_the_first_day_is_a_correction(known: Known) -> None:
    worker = known.place.worker
    row = tie(known)
    with acting_as(worker):
        now = change_tie(tie=row, strength="weak", energy="both", from_on=date(2024, 9, 1), version=1, by=worker,
                         at=MONDAY)  # fmt: skip
        assert (now.pk, now.strength, now.energy) == (row.pk, "weak", "both")


def test_a_support_is_in_the_network_once_at_a_time_for_each_member(known: Known) -> None:
    worker = known.place.worker
    tie(known)
    with pytest.raises(Refused, match="in the network already"):
        tie(known, replace(SCHOOL, name="larkmere school "))
    tie(known, replace(SCHOOL, member=known.id("Ashby")))
    with acting_as(worker), pytest.raises(Refused, match="Choose somebody of this family"):
        add_ties(family=known.family, told=[replace(SCHOOL, member=999_999)], by=worker, at=MONDAY)
