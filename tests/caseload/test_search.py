"""Finding people by a name as somebody heard it, and a date of birth; and what is said of those one may not open."""

from datetime import date

import pytest
from django.core.management import call_command

from baton.matching.models import SearchedName
from baton.matching.queries.finding import Findings, find
from baton.people.models import Family, FamilyMember, Person
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.client import queries_counted
from tests.factories import Place, a_family, a_place

pytestmark = pytest.mark.django_db
BORN = date(2014, 3, 9)


@pytest.fixture
def place() -> Place:
    return a_place()


def a_child(place: Place, name: str, family: str, born: date = BORN, *, elsewhere: bool = False) -> Family:
    team = place.other_team if elsewhere else place.team
    return a_family(team=team, by=place.hub_adviser, name=family, children=[(name, born)])


ON = date(2026, 11, 22)


def found_by(user: User, words: str, born: date | None = None) -> Findings:
    with acting_as(user):
        return find(f"{words} {born:%d/%m/%Y}" if born else words, on=ON)


def names(found: Findings) -> list[str]:
    return [each.person.name for each in found.people]


def told_of_nobody_but_known(found: Findings) -> bool:
    return names(found) == [] and found.known_elsewhere


def test_the_exact_name_and_date_come_first_and_are_surest(place: Place) -> None:
    a_child(place, "Saoirse", "Quillfeather")
    a_child(place, "Sasha", "Quillfeather")
    found = found_by(place.worker, "Saoirse Quillfeather", BORN)
    assert names(found)[0] == "Saoirse Quillfeather"
    assert found.people[0].ranked.sure > 0.99
    assert set(found.people[0].ranked.why) == {"same first name", "same last name", "same date of birth"}


@pytest.mark.parametrize(
    "words", ["Saoirse Quilfeather", "Saorse Quillfether", "saoirse QUILLFEATHER", "Saoirsé Quillfeather"]
)
@pytest.mark.parametrize("born", [BORN, None])
def test_a_misspelt_name_is_found_with_and_without_the_date(place: Place, words: str, born: date | None) -> None:
    a_child(place, "Saoirse", "Quillfeather")
    assert "Saoirse Quillfeather" in names(found_by(place.worker, words, born))


@pytest.mark.parametrize(
    ("written", "heard"),
    [("Caitlin", "Kaitlyn"), ("Stephen", "Steven"), ("Philippa", "Filipa"), ("Shaun", "Sean"), ("Kwame", "Quame")],
)
def test_a_name_that_sounds_alike_is_found(place: Place, written: str, heard: str) -> None:
    a_child(place, written, "Bramblewick")
    assert f"{written} Bramblewick" in names(found_by(place.worker, f"{heard} Bramblewick", BORN))


def test_both_names_may_only_sound_alike(place: Place) -> None:
    a_child(place, "Philippa", "Kerr")
    assert names(found_by(place.worker, "Filipa Cur", BORN)) == ["Philippa Kerr"]
    assert names(found_by(place.worker, "Filipa Cur")) == ["Philippa Kerr"]


def test_somebody_who_sounds_alike_and_is_held_elsewhere_is_told_of(place: Place) -> None:
    a_child(place, "Philippa", "Kerr", elsewhere=True)
    assert told_of_nobody_but_known(found_by(place.worker, "Filipa Cur", BORN))


def test_those_one_may_open_are_not_crowded_out_by_namesakes_elsewhere(place: Place) -> None:
    mine = a_child(place, "Rafi", "Pebbleshaw")
    children = [("Rafi", BORN)] * 30
    for _ in range(11):
        a_family(team=place.other_team, by=place.hub_adviser, name="Pebbleshaw", children=children)
    for born in (None, date(2010, 10, 10)):
        found = found_by(place.worker, "Rafi Pebbleshaw", born).people
        assert (found[0].family, found[0].person.name) == (mine, "Rafi Pebbleshaw")


def test_the_name_by_which_a_child_is_known_finds_it(place: Place) -> None:
    family = a_child(place, "Wilhelmina", "Otterdown")
    with acting_as(place.hub_adviser):
        child = FamilyMember.objects.get(family=family, part="child").person
        child.known_as = "Billie"
        child.save()
    for born in (BORN, None):
        assert names(found_by(place.worker, "Billie Otterdown", born))[0] == "Wilhelmina Otterdown"


def test_day_and_month_swapped_are_found_less_surely(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw", date(2014, 9, 3))
    found = found_by(place.worker, "Rafi Pebbleshaw", BORN)
    assert names(found)[0] == "Rafi Pebbleshaw"
    assert "day and month of birth swapped" in found.people[0].ranked.why


@pytest.mark.parametrize("born", [date(2016, 2, 29), date(2014, 12, 31), date(2014, 1, 31)])
def test_a_date_that_cannot_be_swapped_is_no_trouble(place: Place, born: date) -> None:
    a_child(place, "Rafi", "Pebbleshaw", born)
    assert names(found_by(place.worker, "Rafi Pebbleshaw", born)) == ["Rafi Pebbleshaw"]


def test_a_date_alone_finds_everybody_born_that_day(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw")
    a_child(place, "Tilly", "Marshmere")
    assert sorted(names(found_by(place.worker, "", BORN))) == ["Rafi Pebbleshaw", "Tilly Marshmere"]


def test_a_family_name_alone_finds_the_family(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw")
    assert "Rafi Pebbleshaw" in names(found_by(place.worker, "Pebbleshaw"))


def test_another_name_with_the_same_birthday_is_not_found(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw")
    assert names(found_by(place.worker, "Oluchi Lanterngate", BORN)) == []


def test_a_person_held_elsewhere_is_told_of_without_name_or_family(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw", elsewhere=True)
    assert told_of_nobody_but_known(found_by(place.worker, "Rafi Pebbleshaw", BORN))


@pytest.mark.parametrize(
    ("words", "born"), [("Rafi Pebbleshaw", None), ("", BORN), ("Rafi Pebbleshaw", date(2014, 3, 10)), ("Rafi", BORN)]
)
def test_half_of_what_is_known_tells_nothing_of_those_held_elsewhere(
    place: Place, words: str, born: date | None
) -> None:
    a_child(place, "Rafi", "Pebbleshaw", elsewhere=True)
    found = found_by(place.worker, words, born)
    assert (names(found), found.known_elsewhere) == ([], False)


def test_day_and_month_swapped_tell_nothing_of_those_held_elsewhere(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw", date(2014, 9, 3), elsewhere=True)
    found = found_by(place.worker, "Rafi Pebbleshaw", BORN)
    assert (names(found), found.known_elsewhere) == ([], False)


def test_the_hub_may_open_everybody_it_finds(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw", elsewhere=True)
    assert names(found_by(place.hub_adviser, "Rafi Pebbleshaw", BORN)) == ["Rafi Pebbleshaw"]


def test_an_administrator_finds_nobody(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw")
    assert names(found_by(place.administrator, "Rafi Pebbleshaw", BORN)) == []


def test_who_left_a_family_is_still_found_by_those_who_held_it(place: Place) -> None:
    family = a_child(place, "Rafi", "Pebbleshaw")
    with acting_as(place.hub_adviser):
        FamilyMember.objects.filter(family=family, part="child").update(until_on=date(2026, 9, 30))
    (found,) = found_by(place.worker, "Rafi Pebbleshaw", BORN).people
    assert found.member.until_on == date(2026, 9, 30)


@pytest.mark.parametrize("words", ["%", "'; drop table people_person; --", "   ", "\\", "O'Néill-Śmith", "a" * 100])
def test_odd_words_do_no_harm(place: Place, words: str) -> None:
    a_child(place, "Rafi", "Pebbleshaw")
    assert names(found_by(place.worker, words)) == []
    assert names(found_by(place.worker, words, BORN)) in ([], ["Rafi Pebbleshaw"])


def test_a_search_takes_two_queries_whatever_it_finds(place: Place) -> None:
    for name in ("Rafi", "Ravi", "Raffi", "Rafe"):
        a_child(place, name, "Pebbleshaw")
    with acting_as(place.worker), queries_counted() as counted:
        assert len(find("Rafi Pebbleshaw 9/3/2014", on=ON).people) >= 3
    assert len(counted) == 2


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("pebb", "part of the last name"),
        ("rafi peb", "last name begins with Peb"),
        ("Pebbleshaw Rafi", "same last name"),
        ("rafi 12", "aged 12"),
        ("rafi 2014", "born in 2014"),
        ("rafi mar 2014", "born in 2014"),
        ("rafi dt1 1xj", "same postcode"),
        ("rafi larkhill", "same school"),
        ("999 000 0018", "same identifying number"),
        ("07700 900982", "same telephone number"),
        ("rafi pebbleshaw 9 march 2014", "same date of birth"),
        ("rafi pebbleshaw 2014-03-09", "same date of birth"),
        ("rafi pebbleshaw 9.3.14", "same date of birth"),
    ],
)
@pytest.mark.parametrize("who", ["worker", "hub_adviser"])
def test_whatever_is_known_finds_somebody_and_says_why(place: Place, typed: str, why: str, who: str) -> None:
    family = a_child(place, "Rafi", "Pebbleshaw")
    with acting_as(place.hub_adviser):
        known = {"postcode": "DT1 1XJ", "school": "Larkhill Primary School", "phone": "07700 900982"}
        Person.objects.filter(memberships__family=family, given_name="Rafi").update(**known, nhs_number="9990000018")
    (found,) = [each for each in found_by(getattr(place, who), typed).people if each.person.given_name == "Rafi"]
    assert why in found.ranked.why


def test_a_nickname_finds_the_name_it_stands_for(place: Place) -> None:
    a_child(place, "Elizabeth", "Pebbleshaw")
    assert names(found_by(place.hub_adviser, "lizzie pebbleshaw"))[0] == "Elizabeth Pebbleshaw"


def test_keys_follow_every_change_of_a_person(place: Place) -> None:
    family = a_child(place, "Rafi", "Pebbleshaw")
    with acting_as(place.hub_adviser):
        Person.objects.filter(memberships__family=family, given_name="Rafi").update(family_name="Otterdown")
    assert names(found_by(place.hub_adviser, "Rafi Otterdown", BORN)) == ["Rafi Otterdown"]


def test_nobody_reads_the_keys_themselves(place: Place) -> None:
    a_child(place, "Rafi", "Pebbleshaw")
    with acting_as(place.service_manager):
        assert not SearchedName.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_is_found_follows_the_family_to_another_team(place: Place) -> None:
    family = a_child(place, "Saoirse", "Quillfeather")
    with as_owner():
        family.team = place.other_team
        family.save(update_fields=["team"])
    assert "Saoirse Quillfeather" not in names(found_by(place.worker, "Saoirse Quillfeather"))
    assert "Saoirse Quillfeather" in names(found_by(place.stranger, "Saoirse Quillfeather"))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_joins_a_family_later_is_found_by_those_who_hold_it(place: Place) -> None:
    elsewhere, here = a_child(place, "Saoirse", "Quillfeather", elsewhere=True), a_child(place, "Tom", "Marshmarigold")
    with as_owner():
        child = Person.objects.get(given_name="Saoirse")
        FamilyMember.objects.create(family=here, person=child, part="child", from_on=ON)
    assert names(found_by(place.worker, "Saoirse Quillfeather")) == ["Saoirse Quillfeather"]
    with as_owner():
        FamilyMember.objects.filter(family=here, person=child).delete()
    assert names(found_by(place.worker, "Saoirse Quillfeather")) == []
    assert elsewhere.pk


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_people_are_found_by_can_be_made_anew(place: Place) -> None:
    a_child(place, "Saoirse", "Quillfeather")
    with as_owner():
        SearchedName.objects.all().delete()
    assert names(found_by(place.worker, "Saoirse Quillfeather")) == []
    call_command("search_rebuild")
    assert names(found_by(place.worker, "Saoirse Quillfeather")) == ["Saoirse Quillfeather"]
