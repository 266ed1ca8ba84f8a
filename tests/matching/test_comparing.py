"""Two people whom somebody chose themselves, side by side: who may, what is found, what stays closed."""

from datetime import date
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.matching.actions import ask_about, undo_merge
from baton.matching.jobs import sweep_for_duplicates
from baton.matching.models import Merge, PossibleDuplicate
from baton.people.models import Family, FamilyMember, Person
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from baton.platform.refusals import Refused
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_family, a_place
from tests.factories.guarded import a_restriction
from tests.html import parse
from tests.limits import only

pytestmark = pytest.mark.django_db
BORN = date(2013, 5, 1)


@pytest.fixture
def place() -> Place:
    """A boy of one team, and a girl of the other with nothing in common; his cousin is of his own team."""
    place = a_place()
    a_family(team=place.team, by=place.hub_adviser, children=(("Ashby", BORN),))
    a_family(team=place.team, by=place.hub_adviser, name="Otterby", children=(("Tom", date(2014, 2, 2)),))
    a_family(team=place.other_team, by=place.hub_adviser, name="Marsh", children=(("Nell", date(2011, 3, 3)),))
    return place


def somebody(place: Place, given_name: str) -> Person:
    with acting_as(place.hub_adviser):
        return Person.objects.get(given_name=given_name)


def looks_for(who: User, person: Person, name: str) -> HttpResponse:
    return page_client(who).post(reverse("whom-to-compare", args=[person.pk]), {"name": name})


def side_by_side(one: Person, other: Person) -> str:
    return reverse("compare", args=[one.pk, other.pk])


def decision(**typed: str) -> dict[str, str]:
    return {"form_key": str(uuid4()), "decision": "same", "keep": "one", "reason": "The school says so.", **typed}


def test_the_hub_compares_any_two_and_nothing_is_kept_by_looking(place: Place) -> None:
    ashby, nell = somebody(place, "Ashby"), somebody(place, "Nell")
    found = looks_for(place.hub_adviser, ashby, "nell marsh")
    assert "Nell Marsh" in words_of(found)
    assert side_by_side(ashby, nell) in [each.get("href") for each in parse(found.content.decode()).iter("a")]
    said = words_of(page_client(place.hub_adviser).get(side_by_side(ashby, nell)))
    assert "Two records side by side" in said
    assert "NameAshby QuillfeatherNell Marsh" in said
    with acting_as(place.hub_adviser):
        assert not PossibleDuplicate.objects.exists()


def test_a_person_is_not_found_to_be_compared_with_themselves(place: Place) -> None:
    ashby = somebody(place, "Ashby")
    assert "Nobody else found" in words_of(looks_for(place.hub_adviser, ashby, "Ashby Quillfeather 1 5 2013"))
    assert page_client(place.hub_adviser).get(side_by_side(ashby, ashby)).status_code == 404


def test_two_records_nobody_suggested_become_one_and_two_again_and_are_never_suggested(place: Place) -> None:
    ashby, nell = somebody(place, "Ashby"), somebody(place, "Nell")
    client = page_client(place.hub_adviser)
    response = client.post(side_by_side(nell, ashby), decision(take_name="one", take_born="one"))
    with acting_as(place.hub_adviser):
        merge = Merge.objects.latest("pk")
        assert response["Location"] == reverse("merge", args=[merge.pk])
        assert PossibleDuplicate.objects.get().state == "joined"
        assert FamilyMember.objects.filter(person=merge.survivor_id).count() == 2
    # … whose page leads from either
    assert client.get(reverse("whom-to-compare", args=[merge.merged_id]))["Location"] == reverse(
        "whom-to-compare", args=[merge.survivor_id]
    )
    with acting_as(place.hub_adviser):
        undo_merge(merge=merge, reason="They are cousins.", by=place.hub_adviser, at=clock.now())
        assert PossibleDuplicate.objects.get().state == "different"
    assert "Two people: so said" in words_of(client.get(side_by_side(ashby, nell)))


def test_two_people_are_told_apart_before_anybody_suggests_them(place: Place) -> None:
    with acting_as(place.hub_adviser):
        twice = a_family(team=place.other_team, by=place.hub_adviser, name="Quilfeather", children=(("Ashby", BORN),))
        other = FamilyMember.objects.get(family=twice, part="child").person
        one = Person.objects.exclude(pk=other.pk).get(given_name="Ashby")
    page_client(place.hub_adviser).post(side_by_side(one, other), decision(decision="different"))
    sweep_for_duplicates(timestamp=0)
    with acting_as(place.hub_adviser):
        assert PossibleDuplicate.objects.get(one=one, other=other).state == "different"
    assert "Ashby" not in words_of(page_client(place.hub_adviser).get(reverse("duplicates")))


def test_what_was_decided_stays_when_the_two_are_compared_again(place: Place) -> None:
    ashby, nell = somebody(place, "Ashby"), somebody(place, "Nell")
    client = page_client(place.hub_adviser)
    client.post(side_by_side(ashby, nell), decision(decision="different"))
    response = client.post(side_by_side(ashby, nell), decision(take_name="one", take_born="one"))
    assert response.status_code == 422
    assert "Somebody has said that these are two people" in words_of(response)
    with acting_as(place.hub_adviser), pytest.raises(Refused, match="the same record"):
        ask_about(one=ashby, other=ashby, by=place.hub_adviser, at=clock.now())


def test_what_is_wrong_keeps_the_words_and_no_pair(place: Place) -> None:
    ashby, nell = somebody(place, "Ashby"), somebody(place, "Nell")
    response = page_client(place.hub_adviser).post(side_by_side(ashby, nell), decision())
    assert response.status_code == 422
    assert "Select which is right: Name" in words_of(response)
    assert "The school says so." in words_of(response)
    with acting_as(place.hub_adviser):
        assert not PossibleDuplicate.objects.exists()


def test_a_manager_compares_people_of_their_own_team_and_asks_the_hub_of_others(place: Place) -> None:
    ashby, tom, nell = (somebody(place, name) for name in ("Ashby", "Tom", "Nell"))
    assert "Tom Otterby" in words_of(looks_for(place.manager, ashby, "tom otterby"))
    assert page_client(place.manager).get(side_by_side(ashby, tom)).status_code == 200
    said = words_of(looks_for(place.manager, ashby, "nell marsh 3 3 2011"))
    assert "Ask a hub adviser" in said
    assert "Nell" not in said.replace("nell marsh 3 3 2011", "")
    for who in (place.manager, place.other_manager):
        assert page_client(who).get(side_by_side(ashby, nell)).status_code == 404
        assert page_client(who).post(side_by_side(ashby, nell), decision(decision="different")).status_code == 404


def test_somebody_of_a_restricted_family_is_nobody_for_those_not_named(place: Place) -> None:
    ashby, nell = somebody(place, "Ashby"), somebody(place, "Nell")
    with acting_as(place.hub_adviser):
        marsh = Family.objects.get(name="Marsh")
    a_restriction(place, marsh.pk, place.other_manager)
    for who in (place.hub_adviser, place.service_manager):
        said = words_of(looks_for(who, ashby, "nell marsh 3 3 2011"))
        assert "Nobody else found" in said
        assert "hub" not in said.split("Nobody else found")[1]
        assert page_client(who).get(side_by_side(ashby, nell)).status_code == 404
        assert page_client(who).get(reverse("whom-to-compare", args=[nell.pk])).status_code == 404
        assert page_client(who).post(side_by_side(ashby, nell), decision(decision="different")).status_code == 404
    assert page_client(place.other_manager).get(reverse("whom-to-compare", args=[nell.pk])).status_code == 200


def test_the_way_there_stands_where_those_who_may_look_at_somebody(place: Place) -> None:
    ashby = somebody(place, "Ashby")
    way = f'href="{reverse("whom-to-compare", args=[ashby.pk])}"'
    with acting_as(place.manager):
        member = FamilyMember.objects.get(person=ashby)
    page = reverse("person", args=[member.pk, "identity"])
    assert way in page_client(place.manager).get(page).content.decode()
    assert way not in page_client(place.worker).get(page).content.decode()
    assert way in page_client(place.hub_adviser).get(reverse("family", args=[member.family_id])).content.decode()


def test_comparing_is_a_look_at_every_family_of_both_and_a_search_at_none(place: Place) -> None:
    ashby, nell = somebody(place, "Ashby"), somebody(place, "Nell")
    looks_for(place.hub_adviser, ashby, "nell marsh")
    page_client(place.hub_adviser).get(side_by_side(ashby, nell))
    with acting_as(place.hub_adviser):
        families = set(FamilyMember.objects.filter(person__in=[ashby, nell]).values_list("family_id", flat=True))
        looks = list(AccessEntry.objects.filter(by=place.hub_adviser).values_list("what", "family_id"))
    assert looks[0] == ("search", None)
    assert {family for what, family in looks[1:] if what == "possible duplicate"} == families


def test_whoever_looks_for_people_all_the_time_waits(place: Place) -> None:
    ashby = somebody(place, "Ashby")
    with only(2):
        asked = [looks_for(place.hub_adviser, ashby, "nell").status_code for _ in range(3)]
    assert asked == [200, 200, 429]
