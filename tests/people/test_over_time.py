"""What is known of a person over time: one name, home, school and GP at a time, with what stood before."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.people.actions import (
    add_member,
    change_facts,
    correct_over_time,
    edit_member,
    end_responsibility,
    move_home,
    record_birth,
    record_over_time,
    record_responsibility,
    theirs_of,
)
from baton.people.actions.homes import Home
from baton.people.models import (
    ContactPoint,
    FamilyMember,
    Person,
    PersonChange,
    PersonName,
    Residence,
    Setting,
)
from baton.people.policies import Told
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)
TODAY = WEDNESDAY.date()
MARCH, JULY = date(2026, 3, 1), date(2026, 7, 1)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def ashby(place: Place) -> FamilyMember:
    episode = an_allocated_episode(place)
    return member_of(place, episode.family_id, "Ashby")


def member_of(place: Place, family_id: int, given_name: str) -> FamilyMember:
    with acting_as(place.manager):
        return FamilyMember.objects.select_related("person", "family").get(
            family_id=family_id, person__given_name=given_name
        )


def person_of(place: Place, member: FamilyMember) -> Person:
    with acting_as(place.manager):
        return Person.objects.get(pk=member.person_id)


def facts(place: Place, member: FamilyMember, subject: str, **values: object) -> Person:
    with acting_as(place.worker):
        version = Person.objects.get(pk=member.person_id).version
        return change_facts(
            member=member, subject=subject, facts=values, version=version, by=place.worker, at=WEDNESDAY
        )


def test_somebody_new_begins_with_a_legal_name_and_nobody_says_since_when(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        name = PersonName.objects.get(person=ashby.person)
        assert (name.kind, name.name, name.from_on, name.until_on) == ("legal", "Ashby Quillfeather", None, None)


def test_a_new_legal_name_ends_the_one_before_and_is_the_name_from_then_on(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        new = PersonName(kind="legal", given_name="Ashby", family_name="Otterwick", why="Adopted", from_on=MARCH)
        record_over_time(member=ashby, row=new, by=place.worker, at=WEDNESDAY)
        names = PersonName.objects.filter(person=ashby.person).order_by("id").values_list("family_name", "until_on")
        assert list(names) == [("Quillfeather", MARCH), ("Otterwick", None)]
    assert person_of(place, ashby).name == "Ashby Otterwick"


def test_two_legal_names_at_once_are_refused_by_the_action_and_by_the_database(
    place: Place, ashby: FamilyMember
) -> None:
    with acting_as(place.worker):
        second = PersonName(kind="legal", given_name="Ash", family_name="Otterwick")
        with pytest.raises(Refused, match="only one at a time"):
            record_over_time(member=ashby, row=second, by=place.worker, at=WEDNESDAY)
        second.person = ashby.person
        with pytest.raises(IntegrityError, match="one_legal_name_at_a_time"), transaction.atomic():
            second.save()


def test_a_fact_is_changed_with_what_stood_before_who_changed_it_and_an_audit_entry(
    place: Place, ashby: FamilyMember
) -> None:
    facts(place, ashby, "ethnicity", ethnicity="MWBC")
    person = facts(place, ashby, "ethnicity", ethnicity="WBRI")
    assert person.ethnicity == "WBRI"
    with acting_as(place.manager):
        changes = PersonChange.objects.filter(person=person, subject="ethnicity").order_by("id")
        assert [(each.was, each.by_id) for each in changes] == [
            ({"ethnicity": ""}, place.worker.pk),
            ({"ethnicity": "MWBC"}, place.worker.pk),
        ]
        assert AuditEntry.objects.filter(action="change_facts", family_id=ashby.family_id).count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"nhs_number": "0000000000"}, "Check the NHS number"),
        ({"upn": "A801200005001"}, "Check the UPN"),
        ({"uln": "9276308685"}, "Check the ULN"),
        ({"upn": "B801200005001", "no_upn": "UN1"}, "not both"),
        ({"nhs_number": "9990000018", "no_nhs_number": "not_asked"}, "not both"),
        ({"disabilities": ["NONE", "AUT"]}, "alone"),
        ({"send": "N", "send_needs": ["ASD"]}, "which support"),
        ({"send": "E", "send_needs": ["NSA"]}, "only with SEN support"),
        ({"send": "S"}, "not in use today"),
        ({"ethnicity": "XXXX"}, "not in use today"),
        ({"died_on": date(2000, 1, 1)}, "not before the date of birth"),
        ({"died_on": date(2027, 1, 1)}, "in the past"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    place: Place, ashby: FamilyMember, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        facts(place, ashby, "anything", **values)
    with acting_as(place.manager):
        assert not PersonChange.objects.filter(person=ashby.person).exists()


def test_a_code_no_longer_in_use_stays_where_it_was_recorded(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        Person.objects.filter(pk=ashby.person_id).update(send="S")
    assert facts(place, ashby, "send", send="S", send_needs=["ASD"]).send == "S"


def test_an_unborn_child_is_born_in_the_same_record(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        Person.objects.filter(pk=ashby.person_id).update(date_of_birth=None, due_on=date(2026, 10, 20))
        born = record_birth(
            member=ashby, born_on=TODAY, given_name="Juniper", family_name="Quillfeather", sex="F", version=1,
            by=place.worker, at=WEDNESDAY,
        )  # fmt: skip
        assert (born.pk, born.date_of_birth, born.due_on, born.sex) == (ashby.person_id, TODAY, None, "F")
        assert born.name == "Juniper Quillfeather"
        assert not born.is_unborn
        names = PersonName.objects.filter(person=born).order_by("id").values_list("given_name", "until_on")
        assert list(names) == [("Ashby", TODAY), ("Juniper", None)]
        assert PersonChange.objects.get(person=born).was["due_on"] == "2026-10-20"


def test_the_database_lets_nobody_be_born_and_awaited(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker), pytest.raises(IntegrityError, match="born_or_awaited"), transaction.atomic():
        Person.objects.filter(pk=ashby.person_id).update(due_on=TODAY)


def test_a_family_moves_to_one_address_that_they_share(place: Place, ashby: FamilyMember) -> None:
    bramwell = member_of(place, ashby.family_id, "Bramwell")
    for lines, on in (("1 Otter Lane", None), ("2 Kettle Street", MARCH)):
        with acting_as(place.worker):
            home = Home(lines=lines, postcode="DT1 1XJ", from_on=on)
            address = move_home(member=ashby, home=home, with_them=[bramwell], by=place.worker, at=WEDNESDAY)
            assert Residence.objects.filter(address=address).count() == 2
    with acting_as(place.worker):
        homes = Residence.objects.filter(person=ashby.person).order_by("id")
        assert [(home.address.lines, home.until_on) for home in homes] == [
            ("1 Otter Lane", MARCH),
            ("2 Kettle Street", None),
        ]
    assert person_of(place, bramwell).address == "2 Kettle Street"


def test_a_child_in_two_homes_has_two_main_homes_only_where_care_is_shared(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        for lines in ("1 Otter Lane", "2 Kettle Street"):
            home = Home(lines=lines, is_shared_care=True, from_on=MARCH)
            move_home(member=ashby, home=home, by=place.worker, at=WEDNESDAY)
        assert Residence.objects.filter(person=ashby.person, kind="main", until_on__isnull=True).count() == 2
        with pytest.raises(IntegrityError, match="one_main_home"), transaction.atomic():
            Residence.objects.filter(person=ashby.person).update(is_shared_care=False)


def test_a_new_school_or_gp_ends_the_one_before_and_a_second_school_does_not(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        for row in (
            Setting(kind="school", name="Larkmere", from_on=MARCH),
            Setting(kind="school", name="Otterdown", from_on=JULY),
            Setting(kind="alternative", name="Copperfield", from_on=JULY, is_second=True),
            Setting(kind="gp", name="Harbour Surgery", from_on=MARCH),
        ):
            record_over_time(member=ashby, row=row, by=place.worker, at=WEDNESDAY)
        rows = Setting.objects.filter(person=ashby.person).order_by("id").values_list("name", "until_on")
        assert list(rows) == [
            ("Larkmere", JULY),
            ("Otterdown", None),
            ("Copperfield", None),
            ("Harbour Surgery", None),
        ]
    assert person_of(place, ashby).school == "Otterdown"


def test_a_number_that_must_never_be_used_is_not_the_persons_phone(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        for row in (
            ContactPoint(kind="mobile", value="07700 900 001", safety="never"),
            ContactPoint(kind="phone", value="01632 960 001"),
            ContactPoint(kind="mobile", value="07700 900 002", safety="careful", rule="Texts only", is_preferred=True),
        ):
            record_over_time(member=ashby, row=row, by=place.worker, at=WEDNESDAY)
        assert Person.objects.get(pk=ashby.person_id).phone == "07700 900 002"
        with pytest.raises(IntegrityError, match="careful_says_how"), transaction.atomic():
            ContactPoint.objects.filter(rule="Texts only").update(rule="")


def test_putting_something_right_keeps_what_stood(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        row = record_over_time(
            member=ashby, row=Setting(kind="school", name="Larkmer", from_on=MARCH), by=place.worker, at=WEDNESDAY
        )
        correct_over_time(
            member=ashby, row=row, values={"name": "Larkmere", "until_on": JULY}, version=1, by=place.worker,
            at=WEDNESDAY,
        )  # fmt: skip
        change = PersonChange.objects.get(person=ashby.person)
        assert (change.subject, change.record_id, change.was) == (
            "setting", row.pk, {"name": "Larkmer", "until_on": None},
        )  # fmt: skip
        with pytest.raises(EditedMeanwhile):
            correct_over_time(member=ashby, row=row, values={"name": "Lark"}, version=1, by=place.worker, at=WEDNESDAY)
    assert person_of(place, ashby).school == ""


def test_correcting_a_member_keeps_the_tables_over_time_in_step(place: Place, ashby: FamilyMember) -> None:
    names = Told.__dataclass_fields__
    for version, change in enumerate(({"school": "Larkmere", "known_as": "Ash"}, {"school": "Otterdown"}), start=1):
        with acting_as(place.worker):
            member = FamilyMember.objects.select_related("person").get(pk=ashby.pk)
            told = {k: v for k, v in theirs_of(member, member.person).items() if k in names} | change
            edit_member(
                member=member,
                told=Told(**told),
                left_on=None,
                version=version,
                by=place.worker,
                at=WEDNESDAY,  # type: ignore[arg-type]
            )
    with acting_as(place.worker):
        settings = Setting.objects.filter(person=ashby.person, until_on__isnull=True)
        assert [each.name for each in settings] == ["Otterdown"]
        assert PersonName.objects.get(person=ashby.person, kind="known_as").given_name == "Ash"


def test_parental_responsibility_is_a_dated_fact_with_its_source(place: Place, ashby: FamilyMember) -> None:
    mother = member_of(place, ashby.family_id, "Marigold")
    with acting_as(place.worker):
        held = record_responsibility(member=ashby, holder=mother.person, source="mother", by=place.worker, at=WEDNESDAY)
        with pytest.raises(Refused, match="only one at a time"):
            record_responsibility(member=ashby, holder=mother.person, source="order", by=place.worker, at=WEDNESDAY)
        with pytest.raises(Refused, match="themselves"):
            record_responsibility(member=ashby, holder=ashby.person, source="order", by=place.worker, at=WEDNESDAY)
        ended = end_responsibility(member=ashby, responsibility=held, ended_on=JULY, by=place.worker, at=WEDNESDAY)
        assert ended.until_on == JULY


def test_a_person_in_two_families_is_seen_whole_by_both_and_neither_membership_by_the_other(place: Place) -> None:
    mine = an_allocated_episode(place).family_id
    ashby = member_of(place, mine, "Ashby")
    other = a_family(team=place.other_team, by=place.hub_adviser, name="Otherby", children=())
    with acting_as(place.hub_adviser):
        FamilyMember.objects.create(family=other, person=ashby.person, part="child", from_on=MARCH)
    facts(place, ashby, "ethnicity", ethnicity="MWBC")
    with acting_as(place.worker):
        record_over_time(member=ashby, row=Setting(kind="school", name="Larkmere"), by=place.worker, at=WEDNESDAY)
        move_home(member=ashby, home=Home(lines="1 Otter Lane"), by=place.worker, at=WEDNESDAY)
        assert FamilyMember.objects.filter(person=ashby.person).count() == 1
    with acting_as(place.other_manager):
        assert Person.objects.get(pk=ashby.person_id).ethnicity == "MWBC"
        assert Setting.objects.get(person=ashby.person).name == "Larkmere"
        assert Residence.objects.select_related("address").get(person=ashby.person).address.lines == "1 Otter Lane"
        assert PersonChange.objects.filter(person=ashby.person).exists()
        assert FamilyMember.objects.get(person=ashby.person).family_id == other.pk


def test_nobody_who_holds_none_of_their_families_sees_or_changes_anything(place: Place, ashby: FamilyMember) -> None:
    facts(place, ashby, "ethnicity", ethnicity="MWBC")
    for user in (place.stranger, place.teacher, place.administrator):
        with acting_as(user):
            assert not PersonName.objects.filter(person_id=ashby.person_id).exists()
            assert not PersonChange.objects.filter(person_id=ashby.person_id).exists()
    with acting_as(place.hub_adviser), pytest.raises(NotAllowed):
        record_over_time(member=ashby, row=Setting(kind="gp", name="Harbour"), by=place.hub_adviser, at=WEDNESDAY)


def test_whoever_comes_back_comes_after_they_left(place: Place, ashby: FamilyMember) -> None:
    with acting_as(place.worker):
        FamilyMember.objects.filter(pk=ashby.pk).update(until_on=TODAY)
        with pytest.raises(Refused, match="in this family already"):
            add_member(
                family=ashby.family, person=ashby.person, part="child", relationship="",
                from_on=TODAY - timedelta(days=1), by=place.worker, at=WEDNESDAY,
            )  # fmt: skip
        again = add_member(
            family=ashby.family, person=ashby.person, part="child", relationship="", from_on=TODAY,
            by=place.worker, at=WEDNESDAY,
        )  # fmt: skip
        assert again.pk != ashby.pk
