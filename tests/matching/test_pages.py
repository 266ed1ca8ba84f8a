"""The pages on which somebody decides whether two records are of one person."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from baton.matching.jobs import sweep_for_duplicates
from baton.matching.models import Merge, PossibleDuplicate
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_family, a_place

pytestmark = pytest.mark.django_db
BORN = date(2013, 5, 1)


@pytest.fixture
def place() -> Place:
    place = a_place()
    a_family(team=place.team, by=place.hub_adviser, children=(("Ashby", BORN),))
    a_family(team=place.other_team, by=place.hub_adviser, name="Quilfeather", children=(("Ashby", BORN),))
    return place


@pytest.fixture
def pair(place: Place) -> Iterator[PossibleDuplicate]:
    sweep_for_duplicates(timestamp=0)
    with acting_as(place.hub_adviser):
        yield PossibleDuplicate.objects.select_related("one", "other").get(one__given_name="Ashby")


def decision(**typed: str) -> dict[str, str]:
    return {"form_key": str(uuid4()), "decision": "same", "keep": "one", "reason": "The school says so.", **typed}


def test_the_sweep_finds_whom_the_model_holds_for_one_person_and_says_why(pair: PossibleDuplicate) -> None:
    assert pair.state == "waiting"
    assert pair.sure > 0.9
    assert pair.why[:2] == ["same date of birth", "same first name"]
    assert "last name spelt differently" in pair.why


def test_brothers_and_sisters_are_not_suggested(place: Place) -> None:
    a_family(team=place.team, by=place.hub_adviser, name="Twin", children=(("Nell", BORN), ("Tom", BORN)))
    sweep_for_duplicates(timestamp=0)
    with acting_as(place.hub_adviser):
        assert not PossibleDuplicate.objects.filter(one__family_name="Twin").exists()


def test_a_second_sweep_asks_nothing_twice(place: Place, pair: PossibleDuplicate) -> None:
    sweep_for_duplicates(timestamp=0)
    with acting_as(place.hub_adviser):
        assert PossibleDuplicate.objects.filter(one=pair.one, other=pair.other).count() == 1


def test_who_was_told_apart_is_not_suggested_again(place: Place, pair: PossibleDuplicate) -> None:
    client = page_client(place.hub_adviser)
    client.post(reverse("duplicate", args=[pair.pk]), decision(decision="different"))
    sweep_for_duplicates(timestamp=0)
    with acting_as(place.hub_adviser):
        pair.refresh_from_db()
        assert pair.state == "different"
    assert "Ashby Quillfeather" not in words_of(client.get(reverse("duplicates")))


def test_the_hub_sees_the_pair_with_its_reasons_and_a_manager_of_one_side_does_not(
    place: Place, pair: PossibleDuplicate
) -> None:
    said = words_of(page_client(place.hub_adviser).get(reverse("duplicates")))
    assert "Ashby Quillfeather and Ashby Quilfeather" in said
    assert "last name spelt differently" in said
    assert "Ashby" not in words_of(page_client(place.manager).get(reverse("duplicates")))
    assert page_client(place.manager).get(reverse("duplicate", args=[pair.pk])).status_code == 404
    assert page_client(place.worker).get(reverse("duplicates")).status_code == 403


def test_both_sides_stand_field_by_field(place: Place, pair: PossibleDuplicate) -> None:
    said = words_of(page_client(place.hub_adviser).get(reverse("duplicate", args=[pair.pk])))
    assert "NameAshby QuillfeatherAshby Quilfeather" in said
    assert "Date of birth1 May 20131 May 2013" in said
    assert "A: Ashby Quillfeather" in said
    assert "A: 1 May 2013" not in said


def test_who_was_told_apart_by_mistake_is_looked_at_again(place: Place, pair: PossibleDuplicate) -> None:
    client, again = page_client(place.hub_adviser), reverse("ask-about-again", args=[pair.pk])
    assert "Nobody has said" in words_of(client.post(again, {"form_key": str(uuid4())}))
    client.post(reverse("duplicate", args=[pair.pk]), decision(decision="different", reason="They are cousins."))
    listed = client.get(reverse("told-apart"))
    assert "Ashby Quillfeather and Ashby Quilfeather" in words_of(listed)
    assert "They are cousins." in words_of(listed)
    assert listed.content.decode().count("<form") == 1  # that in the header signs out
    decided = client.get(reverse("duplicate", args=[pair.pk]))
    assert "Two people: so said" in words_of(decided)
    assert 'name="decision"' not in decided.content.decode()
    response = client.post(again, {"form_key": str(uuid4())})
    assert response["Location"] == reverse("duplicate", args=[pair.pk])
    assert "Ashby Quillfeather and" in words_of(client.get(reverse("duplicates")))
    client.post(reverse("duplicate", args=[pair.pk]), decision(take_name="one"))
    assert "One person: so said" in words_of(client.get(reverse("duplicate", args=[pair.pk])))


def test_what_was_decided_meanwhile_is_not_decided_over(place: Place, pair: PossibleDuplicate) -> None:
    client, other = page_client(place.hub_adviser), page_client(place.service_manager)
    client.post(reverse("duplicate", args=[pair.pk]), decision(take_name="one"))
    response = other.post(reverse("duplicate", args=[pair.pk]), decision(decision="different"))
    assert response.status_code == 422
    assert "Somebody has decided on these two records meanwhile" in words_of(response)
    with acting_as(place.hub_adviser):
        pair.refresh_from_db()
        assert pair.state == "joined"


def test_the_ledger_says_what_went_and_what_was_taken(place: Place, pair: PossibleDuplicate) -> None:
    client = page_client(place.hub_adviser)
    response = client.post(reverse("duplicate", args=[pair.pk]), decision(take_name="other"))
    said = words_of(client.get(response["Location"]))
    assert "NameAshby QuilfeatherAshby Quillfeather" in said
    assert "Family members1" in said


def test_the_pair_becomes_one_record_and_two_again(place: Place, pair: PossibleDuplicate) -> None:
    client = page_client(place.hub_adviser)
    response = client.post(reverse("duplicate", args=[pair.pk]), decision(take_name="other"))
    with acting_as(place.hub_adviser):
        merge = Merge.objects.latest("pk")
        assert response["Location"] == reverse("merge", args=[merge.pk])
        assert Person.objects.get(pk=pair.one_id).family_name == "Quilfeather"
        assert FamilyMember.objects.filter(person=pair.one_id).count() == 2
    said = words_of(client.get(reverse("merge", args=[merge.pk])))
    assert "The school says so." in said
    assert "Quilfeather family (child or young person)" in said
    client.post(reverse("merge", args=[merge.pk]), {"form_key": str(uuid4()), "reason": "They are cousins."})
    with acting_as(place.hub_adviser):
        assert FamilyMember.objects.filter(person=pair.one_id).count() == 1
        assert Person.objects.get(pk=pair.one_id).family_name == "Quillfeather"
        pair.refresh_from_db()
        assert pair.state == "different"
    assert "Undone" in words_of(client.get(reverse("merges")))


def test_what_differs_must_be_chosen_and_what_was_typed_stays(place: Place, pair: PossibleDuplicate) -> None:
    response = page_client(place.hub_adviser).post(reverse("duplicate", args=[pair.pk]), decision())
    assert response.status_code == 422
    assert "Select which is right: Name" in words_of(response)
    assert "The school says so." in words_of(response)
    response = page_client(place.hub_adviser).post(reverse("duplicate", args=[pair.pk]), decision(reason=""))
    assert "Write how you know" in words_of(response)


def test_a_search_finds_the_record_that_is_kept_by_either_name(place: Place, pair: PossibleDuplicate) -> None:
    client = page_client(place.hub_adviser)
    client.post(reverse("duplicate", args=[pair.pk]), decision(take_name="one"))
    said = words_of(client.post(reverse("search"), {"name": "ashby quilfeather 1 5 2013"}))
    assert "Ashby Quillfeather" in said


def test_whoever_enters_somebody_sees_likely_matches_with_reasons_before_saving(place: Place) -> None:
    with acting_as(place.hub_adviser):
        mine = a_family(team=place.team, by=place.hub_adviser, name="Newby", children=())
    typed = {
        "form_key": str(uuid4()), "given_name": "Ashbey", "family_name": "Quillfeather", "part": "child", "sex": "U",
        "date_of_birth-day": "1", "date_of_birth-month": "5", "date_of_birth-year": "2013",
        "lives_with_family": "yes", "interpreter_needed": "no",
    }  # fmt: skip
    client = page_client(place.worker)
    response = client.post(reverse("add-member", args=[mine.pk]), typed)
    said = words_of(response)
    assert "Ashby Quillfeather, born 1 May 2013, in the Quillfeather family" in said
    assert "first name spelt differently" in said
    client.post(reverse("add-member", args=[mine.pk]), typed | {"same_as": "new", "form_key": str(uuid4())})
    with acting_as(place.hub_adviser):
        added = Person.objects.get(given_name="Ashbey")
        assert PossibleDuplicate.objects.filter(other=added, state="different").exists()


@pytest.mark.house
def test_every_column_that_says_a_person_is_found_by_a_merge() -> None:
    """By a foreign key, on a table with one number for its key: so that a merge moves it."""
    with connection.cursor() as cursor:
        cursor.execute("select tbl::text, col, pk from guard.references_to('people_person')")
        found = {(table, column): key for table, column, key in cursor.fetchall()}
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public'"
            " and (column_name like '%person\\_id' or column_name like '%child\\_id')"
        )
        named = set(cursor.fetchall())
    derived = {"matching_searchedperson", "matching_searchedname", "matching_searchedkey"}
    assert {(table, column) for table, column in named if table not in derived} <= set(found)
    assert set(found.values()) == {"id"}
