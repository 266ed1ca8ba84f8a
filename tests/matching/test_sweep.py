"""Looking through everybody for people recorded twice: by our own model, and with splink where it is installed."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from random import Random
from unittest.mock import patch

import pytest
from django.core.management import call_command

from baton.matching import jobs
from baton.matching.actions import tell_apart
from baton.matching.jobs import look_through_everybody
from baton.matching.likeness import by_splink
from baton.matching.likeness.facts import Facts
from baton.matching.models import PossibleDuplicate
from baton.people.models import Person
from baton.platform.guard import acting_as
from baton.relationships.models import Relationship
from tests.factories import Place, a_family, a_place
from tests.factories.times import MONDAY
from tests.matching.test_merging import child, seeing_all

needs_splink = pytest.mark.skipif(not by_splink.is_here(), reason="splink is not installed (extra matching)")
BORN = date(2013, 5, 1)


@pytest.fixture
def place(db: None) -> Place:
    place = a_place()
    a_family(team=place.team, by=place.hub_adviser, children=(("Ashby", BORN),))
    a_family(team=place.other_team, by=place.hub_adviser, name="Quilfeather", children=(("Ashby", BORN),))
    return place


@pytest.fixture
def ashbys(place: Place) -> tuple[Person, Person]:
    with seeing_all(place):
        one, other = Person.objects.filter(given_name="Ashby").order_by("pk")
    return one, other


def waiting(place: Place) -> list[PossibleDuplicate]:
    with acting_as(place.hub_adviser):
        return list(PossibleDuplicate.objects.filter(state="waiting", one__given_name="Ashby"))


def test_who_is_recorded_as_a_relative_is_not_asked_about(place: Place, ashbys: tuple[Person, Person]) -> None:
    with acting_as(place.worker):
        cousins = Relationship.objects.create(
            family=ashbys[0].first_family, person=ashbys[0], kind="cousin", relative=ashbys[1], recorded_at=MONDAY,
            recorded_by=place.worker,
        )  # fmt: skip
    look_through_everybody(with_splink=False)
    assert waiting(place) == []
    with acting_as(place.worker):
        Relationship.objects.filter(pk=cousins.pk).update(struck_at=MONDAY, struck_by=place.worker)
    look_through_everybody(with_splink=False)
    assert len(waiting(place)) == 1


def proposing(*pairs: tuple[Person, Person]) -> Iterator[None]:
    """As if splink held these for one person."""
    found = {(one.pk, other.pk): 0.99 for one, other in pairs}
    return patch.object(jobs.by_splink, "pairs_found", lambda people: found)  # type: ignore[return-value]


def test_what_splink_proposes_is_weighed_by_our_own_model(place: Place, ashbys: tuple[Person, Person]) -> None:
    with seeing_all(place):
        Person.objects.filter(pk=ashbys[1].pk).update(given_name="Ashbury", date_of_birth=BORN + timedelta(days=200))
    a_family(team=place.team, by=place.hub_adviser, name="Twin", children=(("Nell", BORN), ("Tom", BORN)))
    with seeing_all(place):
        twins = tuple(Person.objects.filter(family_name="Twin", date_of_birth=BORN).order_by("pk"))
    with proposing(ashbys, twins):  # type: ignore[arg-type,attr-defined]
        look_through_everybody(with_splink=True)
    with acting_as(place.hub_adviser):
        asked = PossibleDuplicate.objects.filter(state="waiting")
        assert not asked.filter(one__family_name="Twin").exists()
        for pair in asked.filter(sure__lt=0.6):
            assert jobs.BY_SPLINK in pair.why


def test_who_was_called_different_is_not_proposed_again_by_splink(place: Place, ashbys: tuple[Person, Person]) -> None:
    look_through_everybody(with_splink=False)
    (pair,) = waiting(place)
    with acting_as(place.hub_adviser):
        tell_apart(pair=pair, reason="Cousins.", by=place.hub_adviser, at=MONDAY)
    with proposing(ashbys):  # type: ignore[attr-defined]
        look_through_everybody(with_splink=True)
    assert waiting(place) == []


def test_the_command_says_in_which_way_it_looked(place: Place) -> None:
    for here, said in ((False, "splink is not installed, so Baton's own model looked alone"), (True, "and splink")):
        told = StringIO()
        with patch.object(by_splink, "is_here", lambda here=here: here), proposing():  # type: ignore[attr-defined]
            call_command("search_sweep", stdout=told)
        assert said in told.getvalue()
        assert "pairs for people to look at" in told.getvalue()


def test_few_people_are_left_to_our_own_model() -> None:
    assert by_splink.pairs_found({1: Facts(given=("nell",)), 2: Facts(given=("nell",))}) == {}


@needs_splink
def test_splink_finds_most_who_are_there_twice_among_fifteen_hundred() -> None:
    people = some_people(1_500)
    twice = {}
    for number in range(1, 1_500, 15):
        copy = people[number]
        people[10_000 + number] = Facts(
            given=copy.given,
            family=(copy.family[0][: -1 if number % 2 else None],),
            born=copy.born,
            postcodes=copy.postcodes,
            phones=copy.phones,
        )
        twice[number, 10_000 + number] = True
    found = by_splink.pairs_found(people)
    assert len(twice.keys() & found.keys()) >= 0.8 * len(twice)
    assert all(one < other for one, other in found)


def some_people(number: int) -> dict[int, Facts]:
    random = Random(5)
    syllables = ("al", "bar", "bex", "car", "den", "dor", "fen", "gar", "hal", "ing", "jor", "kel", "lam", "mar", "nor")
    name = lambda: "".join(random.choices(syllables, k=3))  # noqa: E731
    return {
        each: Facts(
            given=(name(),),
            family=(name(),),
            born=date(1960, 1, 1) + timedelta(days=random.randrange(20_000)),
            sex=random.choice("MF"),
            postcodes=(f"DT{random.randrange(1, 40)}{random.randrange(1, 9)}AB",),
            addresses=(f"{random.randrange(1, 90)} {name()} lane",),
            phones=(f"07700{random.randrange(10**6):06}",),
        )
        for each in range(number)
    }


def test_a_row_that_was_folded_is_found_at_its_old_address(place: Place) -> None:
    from django.urls import reverse

    from tests.client import page_client
    from tests.matching.test_merging import joined, parted

    family = a_family(team=place.team, by=place.hub_adviser, name="Folded", children=(("Nell", BORN), ("Nel", BORN)))
    kept, gone = child(place, family.pk, "Nell"), child(place, family.pk, "Nel")
    with seeing_all(place):
        stays, folded = (each.memberships.get().pk for each in (kept, gone))
    old, new = (reverse("person", args=[member, "identity"]) for member in (folded, stays))
    before = page_client(place.worker).get(old)
    merge = joined(place, kept, gone)
    worker, stranger = page_client(place.worker), page_client(place.stranger)
    led = worker.get(old)
    assert (led.status_code, led.get("Location")) == (302, new)
    assert worker.get(new).status_code == before.status_code == 200
    assert stranger.get(old).status_code == 404
    assert page_client(place.hub_adviser).get(old).status_code in (403, 404)
    parted(place, merge)
    assert worker.get(old).status_code == 200
    assert stranger.get(old).status_code == 404
