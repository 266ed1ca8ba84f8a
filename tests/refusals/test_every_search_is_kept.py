"""Each search, and each hint at people who may be known, leaves an entry: who, as what role, when, and no more.

What was typed stands nowhere in it: a search is a look at no family in particular, known by its kind alone. Whoever is
shown that somebody may be one of a family's people has looked at that family.
"""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.people.models import Family, FamilyMember
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.requests import NELL, a_request
from tests.factories.rights import a_request_about
from tests.people.test_pages import typed
from tests.requests.filling_in import CHILD
from tests.requests.test_knowing import typed_by

pytestmark = pytest.mark.django_db
TYPED = ("Nell", "Nel ", "Marshmarigold", "Clover", "Quillfeather", "Ashby", "2013", "2015", "2016")
Search = Callable[[Place, User], None]


def by_the_box(place: Place, who: User) -> None:
    page_client(who).post(reverse("search"), {"name": "Ashby Quillfeather 1 5 2013"})


def in_a_request(place: Place, who: User) -> None:
    a_family(team=place.team, by=place.hub_adviser, name="Marshmarigold", children=(("Nell", date(2016, 3, 27)),))
    client, _, led = typed_by(who, CHILD)
    client.get(led)


def in_a_request_for_the_hub(place: Place, who: User) -> None:
    a_family(team=place.team, by=place.hub_adviser, name="Marshmarigold", children=(("Nell", date(2016, 3, 27)),))
    asked = a_request(by=place.teacher, people=(NELL,))
    page_client(who).get(reverse("request", args=[asked.pk]))


def adding_somebody(place: Place, who: User) -> None:
    episode = an_allocated_episode(place)
    a_family(team=place.team, by=place.hub_adviser, name="Quillfether", children=(("Clover", date(2015, 6, 1)),))
    assert page_client(who).post(reverse("add-member", args=[episode.family_id]), typed()).status_code == 422


def adding_somebody_known_elsewhere(place: Place, who: User) -> None:
    episode = an_allocated_episode(place)
    a_family(team=place.other_team, by=place.hub_adviser, name="Quillfeather", children=(("Clover", date(2015, 6, 1)),))
    page_client(who).post(reverse("add-member", args=[episode.family_id]), typed())


def for_a_copy(place: Place, who: User) -> None:
    asked = a_request_about(place)
    told = {"given_name": "Clover", "family_name": "Quillfeather", "form_key": str(uuid4()), "born-day": "1",
            "born-month": "6", "born-year": "2015"}  # fmt: skip
    page_client(who).post(reverse("add-subject", args=[asked.pk]), told)


def for_duplicates(place: Place, who: User) -> None:
    page_client(who).get(reverse("duplicates"))


def to_compare(place: Place, who: User) -> None:
    family = a_family(team=place.team, by=place.hub_adviser, name="Otterby", children=(("Tom", date(2014, 2, 2)),))
    with acting_as(who):
        person = FamilyMember.objects.filter(family=family)[0].person_id
    page_client(who).post(reverse("whom-to-compare", args=[person]), {"name": "Ashby Quillfeather 1 5 2013"})


IN_A_REQUEST, TO_BE_ADDED = "likely matches for a request", "likely matches for somebody to be added"


@pytest.mark.parametrize(
    ("who", "role", "search", "what", "shown"),
    [
        ("hub_adviser", "hub_adviser", to_compare, "search", None),
        ("manager", "team_manager", to_compare, "search", None),
        ("worker", "practitioner", by_the_box, "search", None),
        ("hub_adviser", "hub_adviser", by_the_box, "search", None),
        ("coordinator", "coordinator", by_the_box, "search", None),
        ("worker", "practitioner", in_a_request, IN_A_REQUEST, "Marshmarigold"),
        ("stranger", "practitioner", in_a_request, IN_A_REQUEST, None),
        ("hub_adviser", "hub_adviser", in_a_request, IN_A_REQUEST, "Marshmarigold"),
        ("hub_adviser", "hub_adviser", in_a_request_for_the_hub, "somebody named in a request", "Marshmarigold"),
        ("worker", "practitioner", adding_somebody, TO_BE_ADDED, "Quillfether"),
        ("worker", "practitioner", adding_somebody_known_elsewhere, TO_BE_ADDED, None),
        ("governance", "governance", for_a_copy, "search for a subject-access request", None),
        ("hub_adviser", "hub_adviser", for_duplicates, "possible duplicates", None),
    ],
)
def test_who_searched_as_what_and_when_is_kept_and_not_what_was_typed(
    who: str, role: str, search: Search, what: str, shown: str | None
) -> None:
    place = a_place()
    user: User = getattr(place, who)
    search(place, user)
    with acting_as(place.governance):
        entries = list(AccessEntry.objects.filter(by=user, what=what))
    with acting_as(place.hub_adviser):
        (family_id,) = Family.objects.filter(name=shown).values_list("pk", flat=True) if shown else (None,)
    assert len(entries) == 1
    (entry,) = entries
    assert role in entry.roles
    assert entry.family_id == family_id
    assert entry.at is not None
    assert not [word for word in TYPED if word.strip() in f"{entry.what} {entry.why}"]


def test_searches_are_in_the_list_of_what_somebody_did() -> None:
    place = a_place()
    by_the_box(place, place.worker)
    said = page_client(place.governance).get(reverse("activity", args=[place.worker.pk])).content.decode()
    assert "search" in said.lower()
    assert "Ashby" not in said
