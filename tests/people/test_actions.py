"""Adding and correcting people: what is kept, what follows, who may."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from baton.episodes.actions import allocate
from baton.episodes.models import Deadline, Episode
from baton.people.actions import add_member, edit_member, theirs_of
from baton.people.models import Family, FamilyMember, Person
from baton.people.policies import Told
from baton.people.queries import get_held_family, get_member, likely_matches
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from tests.factories import Place, a_family, a_place, an_allocated_episode, an_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def family_of(place: Place, episode: Episode) -> Family:
    with acting_as(place.manager):
        return Family.objects.get(pk=episode.family_id)


def join(place: Place, family: Family, person: Person, *, by: User | None = None, **more: object) -> FamilyMember:
    by = by or place.worker
    given = {"part": "child", "relationship": "", "from_on": WEDNESDAY.date()} | more
    with acting_as(by):
        return add_member(family=family, person=person, **given, by=by, at=WEDNESDAY)  # type: ignore[arg-type]


def a_child(name: str = "Clover", born: date | None = date(2015, 6, 1)) -> Person:
    return Person(given_name=name, family_name="Quillfeather", date_of_birth=born)


def ashby(place: Place, family_id: int) -> FamilyMember:
    with acting_as(place.manager):
        return FamilyMember.objects.select_related("person").get(family_id=family_id, person__given_name="Ashby")


def told_of(member: FamilyMember) -> Told:
    stands = theirs_of(member, member.person)
    return Told(**{name: value for name, value in stands.items() if name != "left_on"})  # type: ignore[arg-type]


def correct(
    place: Place, member: FamilyMember, told: Told, *, version: int = 1, left_on: date | None = None,
    by: User | None = None,
    meant: bool = True, at: datetime = WEDNESDAY,
) -> FamilyMember:  # fmt: skip
    by = by or place.worker
    with acting_as(by):
        return edit_member(
            member=member, told=told, left_on=left_on, version=version, young_adult_meant=meant, by=by, at=at
        )


def test_a_new_child_joins_a_family_with_an_audit_entry() -> None:
    place = a_place()
    family = family_of(place, an_allocated_episode(place))
    member = join(place, family, a_child(), lives_with_family=False)
    with acting_as(place.manager):
        kept = FamilyMember.objects.select_related("person").get(pk=member.pk)
        assert (kept.person.name, kept.part, kept.lives_with_family) == ("Clover Quillfeather", "child", False)
        assert (kept.person.first_family_id, kept.person.changed_by) == (family.pk, place.worker)
        assert AuditEntry.objects.filter(action="add_member", record_id=member.pk, by=place.worker).count() == 1


def test_somebody_known_joins_a_second_family_and_is_the_same_person() -> None:
    place = a_place()
    family = family_of(place, an_allocated_episode(place))
    other = a_family(team=place.team, by=place.hub_adviser, name="Otherby")
    member = ashby(place, family.pk)
    join(place, other, member.person)
    with acting_as(place.manager):
        assert FamilyMember.objects.filter(person_id=member.person_id).count() == 2


def test_nobody_joins_a_family_twice() -> None:
    place = a_place()
    family = family_of(place, an_allocated_episode(place))
    person = ashby(place, family.pk).person
    with pytest.raises(Refused, match="in this family already"):
        join(place, family, person)
    with (
        acting_as(place.worker),
        pytest.raises(IntegrityError, match="a_person_is_in_a_family_once"),
        transaction.atomic(),
    ):
        FamilyMember.objects.create(family=family, person=person, part="child", from_on=WEDNESDAY.date())


def test_a_child_of_eighteen_is_asked_about() -> None:
    place = a_place()
    family = family_of(place, an_allocated_episode(place))
    grown_up = a_child(born=date(2007, 1, 1))
    with pytest.raises(Refused, match="18 or over"):
        join(place, family, grown_up, young_adult_meant=False)
    assert join(place, family, grown_up, young_adult_meant=True)


def derby_episode(place: Place) -> Episode:
    """Derby screens each child of ten or over within six weeks of allocation."""
    episode = an_episode(place, framework="derby")
    with acting_as(place.manager):
        allocate(episode=episode, to=place.worker, children=2, needs="x", by=place.manager, at=TUESDAY)
    return episode


def screened(place: Place, episode: Episode) -> set[str]:
    with acting_as(place.manager):
        owed = Deadline.objects.filter(episode=episode, timescale="exploitation_screen")
        return set(owed.values_list("person__given_name", flat=True))


def test_deadlines_follow_who_is_a_child_of_the_family_and_how_old() -> None:
    place = a_place()
    episode = derby_episode(place)
    family = family_of(place, episode)
    assert screened(place, episode) == {"Ashby"}  # Bramwell is seven
    join(place, family, a_child(born=date(2012, 1, 1)))
    assert screened(place, episode) == {"Ashby", "Clover"}
    member = ashby(place, family.pk)
    correct(place, member, replace(told_of(member), date_of_birth=date(2018, 5, 1)))
    assert screened(place, episode) == {"Clover"}
    correct(place, member, replace(told_of(member), date_of_birth=date(2013, 5, 1)), version=2)
    assert screened(place, episode) == {"Ashby", "Clover"}
    correct(place, member, told_of(member), version=3, left_on=WEDNESDAY.date())
    assert screened(place, episode) == {"Clover"}


def test_a_correction_is_kept_with_its_version_and_audit_entry() -> None:
    place = a_place()
    member = ashby(place, an_allocated_episode(place).family_id)
    told = replace(
        told_of(member), school="Larkhill Test School", nhs_number="9990000018", part="wider", relationship="friend"
    )
    correct(place, member, told)
    again = ashby(place, member.family_id)
    assert (again.person.school, again.person.nhs_number, again.part, again.relationship) == (
        "Larkhill Test School", "9990000018", "wider", "friend",
    )  # fmt: skip
    assert (again.person.version, again.person.changed_by_id) == (2, place.worker.pk)
    with acting_as(place.manager):
        assert AuditEntry.objects.filter(action="edit_member", family_id=member.family_id).count() == 1


@pytest.mark.parametrize(
    ("change", "left_on", "sentence"),
    [
        ({"date_of_birth": date(2026, 10, 8)}, None, "must be in the past"),
        ({"due_on": date(2027, 1, 1)}, None, "not both"),
        ({"nhs_number": "9990000019"}, None, "Check the NHS number"),
        ({"date_of_birth": date(2007, 1, 1)}, None, "18 or over"),
        ({}, date(2020, 1, 1), "before they joined"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    change: dict[str, object], left_on: date | None, sentence: str
) -> None:
    place = a_place()
    member = ashby(place, an_allocated_episode(place).family_id)
    with pytest.raises(Refused, match=sentence):
        correct(place, member, replace(told_of(member), **change), left_on=left_on, meant=False)  # type: ignore[arg-type]
    assert ashby(place, member.family_id).person.version == 1


def test_the_second_of_two_who_correct_somebody_is_told() -> None:
    place = a_place()
    member = ashby(place, an_allocated_episode(place).family_id)
    correct(place, member, replace(told_of(member), school="Larkhill"), by=place.manager)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        correct(place, member, replace(told_of(member), school="Finchley"))
    assert (meanwhile.value.version, meanwhile.value.by, meanwhile.value.theirs["school"]) == (
        2,
        "Mina Manager",
        "Larkhill",
    )


def test_only_who_works_with_families_changes_the_people_in_them() -> None:
    place = a_place()
    family = family_of(place, an_allocated_episode(place))
    member = ashby(place, family.pk)
    for user in (place.hub_adviser, place.administrator):
        with pytest.raises(NotAllowed):
            correct(place, member, told_of(member), by=user)
    with pytest.raises(NotAllowed):
        join(place, family, a_child(), by=place.administrator)


def test_a_practitioner_of_another_team_finds_neither_family_nor_member() -> None:
    place = a_place()
    family = family_of(place, an_allocated_episode(place))
    member = ashby(place, family.pk)
    for user in (place.stranger, place.hub_adviser, place.teacher):
        with acting_as(user):
            with pytest.raises(Http404):
                get_held_family(family.pk)
            with pytest.raises(Http404):
                get_member(member.pk)
    with acting_as(place.worker):
        assert get_held_family(family.pk) == family
        assert get_member(member.pk) == member


def test_matches_are_people_one_may_open_and_who_are_not_in_the_family() -> None:
    place = a_place()
    mine = family_of(place, an_allocated_episode(place))
    other = a_family(team=place.team, by=place.hub_adviser, name="Otherby", children=(("Clover", date(2015, 6, 1)),))
    a_family(team=place.other_team, by=place.hub_adviser, name="Farby", children=(("Robin", date(2015, 7, 1)),))
    with acting_as(place.worker):
        found, elsewhere = likely_matches(told("Klover", "Otherby", date(2015, 6, 1)), family_id=mine.pk)
        assert [(each.member.person.given_name, each.member.family) for each in found] == [("Clover", other)]
        assert "same date of birth" in found[0].why
        assert not elsewhere
        assert likely_matches(told("Robin", "Farby", date(2015, 7, 1)), family_id=mine.pk) == ([], True)
        assert likely_matches(told("Ashby", "Quillfeather", date(2013, 5, 1)), family_id=mine.pk) == ([], False)
        assert likely_matches(told("Zebedee", "Nobody", None), family_id=mine.pk) == ([], False)


def told(given: str, family: str, born: date | None) -> Told:
    return Told(given_name=given, family_name=family, part="child", date_of_birth=born)
