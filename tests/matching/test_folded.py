"""Old addresses of rows that a merge folded into another lead on, whenever the merge was made, for who may see them."""

from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from baton.matching.models import Moved
from baton.people.models import Address, Family, ParentalResponsibility, Person, Residence
from baton.platform.guard import acting_as
from tests.client import page_client
from tests.factories import Place, a_family, a_place
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict
from tests.matching.test_merging import child, joined, parted, seeing_all

pytestmark = [
    pytest.mark.commits,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
BORN = date(2013, 5, 1)
NELLS = ("Nell", "Nel", "Nelly")


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def nells(place: Place) -> list[Person]:
    """One child who was entered in a family three times."""
    children = [(name, BORN) for name in NELLS]
    family = a_family(team=place.team, by=place.hub_adviser, name="Folded", children=children)
    return [child(place, family.pk, name) for name in NELLS]


def address_of(place: Place, person: Person) -> str:
    with seeing_all(place):
        return reverse("person", args=[person.memberships.get().pk, "identity"])


def as_kept_by_old_merges() -> int:
    """The ledger as it was before it said which row another was folded into; then what a new release finds of it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("update matching_moved set after = null where what = 'folded'")
        assert cursor.rowcount
        cursor.execute("select guard.find_where_folded()")
        return int(cursor.fetchall()[0][0])


def test_an_old_merge_leads_on_and_stops_when_it_is_undone(place: Place, nells: list[Person]) -> None:
    old, new = address_of(place, nells[1]), address_of(place, nells[0])
    merge = joined(place, *nells[:2])
    assert as_kept_by_old_merges() == 1
    worker = page_client(place.worker)
    assert worker.get(old)["Location"] == new
    assert page_client(place.stranger).get(old).status_code == 404
    parted(place, merge)
    assert worker.get(old).status_code == 200


def test_of_a_chain_each_leads_to_whom_it_was_folded_into(place: Place, nells: list[Person]) -> None:
    kept, nel, nelly = (address_of(place, each) for each in nells)
    joined(place, nells[1], nells[2])
    later = joined(place, nells[0], nells[1])
    assert as_kept_by_old_merges() == 2
    worker = page_client(place.worker)
    assert worker.get(nelly)["Location"] == worker.get(nel)["Location"] == kept
    parted(place, later)
    assert worker.get(nelly)["Location"] == nel


def test_a_home_and_who_is_responsible_are_found_too(place: Place, nells: list[Person]) -> None:
    mother = child(place, nells[0].first_family_id, "Marigold")
    with acting_as(place.worker):
        family = Family.objects.get(pk=nells[0].first_family_id)
        home = Address.objects.create(family=family, lines="1 Otter Lane", postcode="DT1 1XJ")
        homes, held = [], []
        for nell in nells[:2]:
            lived = {"address": home, "from_on": date(2020, 1, 1), "recorded_at": MONDAY}
            homes.append(Residence.objects.create(person=nell, **lived))
            said = {"source": "mother", "recorded_at": MONDAY, "recorded_by": place.worker}
            held.append(ParentalResponsibility.objects.create(child=nell, holder=mother, **said))
    with seeing_all(place):
        members = [nell.memberships.get().pk for nell in nells[:2]]
    pages = [
        lambda at: reverse("correct-over-time", args=[members[at], "home", homes[at].pk]),
        lambda at: reverse("end-responsibility", args=[members[at], held[at].pk]),
    ]
    worker = page_client(place.worker)
    assert [worker.get(page(1)).status_code for page in pages] == [200, 200]
    merge = joined(place, *nells[:2])
    for again in (False, True):
        if again:
            assert as_kept_by_old_merges() == 3
        assert [worker.get(page(1))["Location"] for page in pages] == [page(0) for page in pages]
        assert [page_client(place.stranger).get(page(1)).status_code for page in pages] == [404, 404]
    parted(place, merge)
    assert [worker.get(page(1)).status_code for page in pages] == [200, 200]


def test_of_a_closed_family_nothing_leads_on(place: Place, nells: list[Person]) -> None:
    old = address_of(place, nells[1])
    joined(place, *nells[:2])
    as_kept_by_old_merges()
    colleague = page_client(place.colleague)
    assert colleague.get(old).status_code == 302
    restrict(place, nells[0].first_family_id, place.worker)
    assert colleague.get(old).status_code == 404
    assert page_client(place.worker).get(old).status_code == 302


def test_what_the_ledger_says_already_is_left_as_it_is(place: Place, nells: list[Person]) -> None:
    joined(place, *nells[:2])
    with connections["owner"].cursor() as cursor:
        cursor.execute("select guard.find_where_folded()")
        assert cursor.fetchall() == [(0,)]
    with seeing_all(place):
        assert Moved.objects.filter(what="folded", after__isnull=True).count() == 0
