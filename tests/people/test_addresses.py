"""An address that was written wrongly is put right for everybody who lives there; who moved keeps their old one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.people.actions import move_home
from baton.people.actions.homes import Home
from baton.people.models import Address, FamilyMember, Person, PersonChange, Residence
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from tests.caseload.reading import words_of
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=2)
SINCE = date(2024, 1, 8)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def members(place: Place) -> dict[str, FamilyMember]:
    """Everybody of a family at one address, whose street is misspelt."""
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        found = FamilyMember.objects.filter(family=family_id).select_related("person", "family")
        members = {each.person.given_name: each for each in found}
        first, *others = members.values()
        home = Home(lines="1 Oter Lane", postcode="DT1 1XJ", from_on=SINCE)
        move_home(member=first, home=home, with_them=others, by=place.worker, at=MONDAY)
    return members


def home_of(place: Place, member: FamilyMember) -> Residence:
    with acting_as(place.worker):
        return Residence.objects.select_related("address").filter(person=member.person_id).latest("pk")


def put_right(place: Place, member: FamilyMember, *, version: int | None = None, **typed: str) -> HttpResponse:
    home = home_of(place, member)
    told = {
        "form_key": str(uuid4()), "version": str(version or home.version), "kind": "main", "lines": "1 Otter Lane",
        "postcode": "dt11xj", "uprn": "", "from_on-day": "8", "from_on-month": "1", "from_on-year": "2024",
    }  # fmt: skip
    with stopped_at(NOW):
        return page_client(place.worker).post(
            reverse("correct-over-time", args=[member.pk, "home", home.pk]), told | typed
        )


def test_it_is_put_right_for_everybody_there_and_what_stood_is_kept(
    place: Place, members: dict[str, FamilyMember]
) -> None:
    assert put_right(place, members["Ashby"], uprn="100 021 069 156").status_code == 302
    with acting_as(place.worker):
        address = Address.objects.get()
        assert (address.lines, address.postcode, address.uprn) == ("1 Otter Lane", "DT1 1XJ", "100021069156")
        addresses = Person.objects.filter(pk__in=[each.person_id for each in members.values()])
        assert set(addresses.values_list("address", flat=True)) == {"1 Otter Lane"}
        assert PersonChange.objects.filter(subject="residence").count() == len(members)
    with stopped_at(NOW):
        page = words_of(page_client(place.worker).get(reverse("person", args=[members["Marigold"].pk, "homes"])))
    assert "address was 1 Oter Lane" in page
    assert "UPRN was empty" in page
    assert "postcode was" not in page


def test_who_moved_away_keeps_the_address_they_moved_to(place: Place, members: dict[str, FamilyMember]) -> None:
    with acting_as(place.worker):
        elsewhere = Home(lines="2 Kettle Street", from_on=date(2026, 3, 2))
        move_home(member=members["Bramwell"], home=elsewhere, by=place.worker, at=MONDAY)
    put_right(place, members["Ashby"])
    with acting_as(place.worker):
        lived = Residence.objects.filter(person=members["Bramwell"].person_id).order_by("from_on")
        assert [each.address.lines for each in lived.select_related("address")] == ["1 Otter Lane", "2 Kettle Street"]
        assert Person.objects.get(pk=members["Bramwell"].person_id).address == "2 Kettle Street"


def test_the_form_shows_the_address_and_says_for_whom_it_changes(
    place: Place, members: dict[str, FamilyMember]
) -> None:
    home = home_of(place, members["Ashby"])
    path = reverse("correct-over-time", args=[members["Ashby"].pk, "home", home.pk])
    page = page_client(place.worker).get(path)
    assert "1 Oter Lane</textarea>" in page.content.decode()
    assert "everybody recorded at it" in words_of(page)


def test_why_there_is_no_number_of_the_property_is_kept_and_shown(
    place: Place, members: dict[str, FamilyMember]
) -> None:
    put_right(place, members["Ashby"], no_uprn="no_property")
    with stopped_at(NOW):
        page = words_of(page_client(place.worker).get(reverse("person", args=[members["Ashby"].pk, "homes"])))
    assert "No UPRN: No property: a boat" in page
    put_right(place, members["Ashby"], uprn="100021069156")
    assert home_of(place, members["Ashby"]).address.no_uprn == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"uprn": "100021069156", "no_uprn": "abroad"}, "not both"),
        ({"lines": ""}, "Enter an address"),
        ({"postcode": "NOWHERE"}, "Enter a real postcode"),
        ({"uprn": "twelve"}, "Check the UPRN"),
    ],
)
def test_what_is_no_address_is_said_and_nothing_changes(
    place: Place, members: dict[str, FamilyMember], typed: dict[str, str], said: str
) -> None:
    answer = put_right(place, members["Ashby"], **typed)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert home_of(place, members["Ashby"]).address.lines == "1 Oter Lane"


def test_who_put_it_right_meanwhile_for_somebody_else_there_is_not_written_over(
    place: Place, members: dict[str, FamilyMember]
) -> None:
    read = home_of(place, members["Marigold"]).version
    put_right(place, members["Ashby"])
    answer = put_right(place, members["Marigold"], version=read, lines="1 Utter Lane")
    assert answer.status_code == 409
    assert "1 Utter Lane" in answer.content.decode()
    assert home_of(place, members["Marigold"]).address.lines == "1 Otter Lane"
