"""Adding somebody to a family, and correcting what is known of them, on a page."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Draft
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY
from tests.html import parse, text_of
from tests.limits import only

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def it_is_wednesday() -> Iterator[None]:
    with stopped_at(WEDNESDAY):
        yield


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def typed(**more: str) -> dict[str, str]:
    fields = {
        "form_key": str(uuid4()), "given_name": "Clover", "family_name": "Quillfeather", "known_as": "",
        "part": "child",
        "date_of_birth-day": "1", "date_of_birth-month": "6", "date_of_birth-year": "2015", "sex": "F",
        "relationship": "",
        "lives_with_family": "yes", "school": "", "phone": "", "interpreter_needed": "no", "nhs_number": "",
    }  # fmt: skip
    return fields | more


def named(place: Place, episode: Episode, given_name: str) -> FamilyMember | None:
    with acting_as(place.manager):
        members = FamilyMember.objects.filter(family_id=episode.family_id, person__given_name=given_name)
        return members.select_related("person").first()


def member_path(place: Place, episode: Episode, given_name: str = "Ashby") -> str:
    member = named(place, episode, given_name)
    assert member is not None
    return reverse("edit-member", args=[member.pk])


def test_somebody_new_is_added_once() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path, sent = (
        page_client(place.worker),
        reverse("add-member", args=[episode.family_id]),
        typed(nhs_number="999 000 0018"),
    )
    assert 'value="Quillfeather"' in client.get(path).content.decode()
    for _ in range(2):
        assert client.post(path, sent)["Location"] == reverse("family", args=[episode.family_id])
    member = named(place, episode, "Clover")
    assert member is not None
    assert member.person.nhs_number == "9990000018"
    with acting_as(place.manager):
        assert Person.objects.filter(given_name="Clover").count() == 1


def test_somebody_who_may_be_known_is_asked_about_first() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    other = a_family(
        team=place.team, by=place.hub_adviser, name="Quillfether", children=(("Clover", date(2015, 6, 1)),)
    )
    client, path = page_client(place.worker), reverse("add-member", args=[episode.family_id])
    asked = client.post(path, typed())
    assert asked.status_code == 422
    assert "Is it one of these people?" in words_of(asked)
    assert "Clover Quillfether, born 1 June 2015, in the Quillfether family" in words_of(asked)
    assert named(place, episode, "Clover") is None
    with acting_as(place.manager):
        known = Person.objects.get(given_name="Clover")
    client.post(path, typed(same_as=str(known.pk)))
    with acting_as(place.manager):
        assert set(FamilyMember.objects.filter(person=known).values_list("family_id", flat=True)) == {
            other.pk,
            episode.family_id,
        }


def test_somebody_else_of_the_same_name_is_added_as_new() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_family(team=place.team, by=place.hub_adviser, name="Quillfether", children=(("Clover", date(2015, 6, 1)),))
    page_client(place.worker).post(reverse("add-member", args=[episode.family_id]), typed(same_as="new"))
    with acting_as(place.manager):
        assert Person.objects.filter(given_name="Clover").count() == 2


def test_somebody_known_to_a_team_one_cannot_see_is_only_said_to_be_known() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_family(team=place.other_team, by=place.hub_adviser, name="Quillfeather", children=(("Clover", date(2015, 6, 1)),))
    client = page_client(place.worker)
    response = client.post(reverse("add-member", args=[episode.family_id]), typed())
    assert response["Location"] == reverse("family", args=[episode.family_id])
    assert "known in another family. Ask the hub" in words_of(client.get(response["Location"]))


def test_whoever_adds_people_all_the_time_waits_and_keeps_what_they_typed() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_family(team=place.team, by=place.hub_adviser, name="Quillfether", children=(("Clover", date(2015, 6, 1)),))
    client, path = page_client(place.worker), reverse("add-member", args=[episode.family_id])
    with only(1):
        assert client.post(path, typed()).status_code == 422
        refused = client.post(path, typed(same_as="new"))
    assert refused.status_code == 429
    assert "You looked for people a hundred times within ten minutes." in words_of(refused)
    assert "Clover Quillfether" not in words_of(refused)
    assert named(place, episode, "Clover") is None
    assert 'value="Clover"' in client.get(path).content.decode()
    client.post(path, typed(same_as="new"))
    assert named(place, episode, "Clover")


def test_each_time_likely_people_are_shown_is_a_look_at_their_families() -> None:
    """Also where another name is typed on the page that already asked."""
    place = a_place()
    episode = an_allocated_episode(place)
    born = date(2015, 6, 1)
    clovers = a_family(team=place.team, by=place.hub_adviser, name="Quillfether", children=(("Clover", born),))
    nells = a_family(team=place.team, by=place.hub_adviser, name="Marsh", children=(("Nell", born),))
    client, path = page_client(place.worker), reverse("add-member", args=[episode.family_id])
    client.post(path, typed())
    client.post(path, typed(given_name="Nell", family_name="Marsh", same_as="Clover"))
    with acting_as(place.governance):
        looks = AccessEntry.objects.filter(what="likely matches for somebody to be added").order_by("pk")
        assert [look.family_id for look in looks] == [clovers.pk, nells.pk]


def test_a_person_who_was_not_offered_cannot_be_taken() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_family(team=place.team, by=place.hub_adviser, name="Quillfether", children=(("Clover", date(2015, 6, 1)),))
    far = a_family(team=place.other_team, by=place.hub_adviser, name="Farby")
    with acting_as(place.other_manager):
        stranger = Person.objects.filter(memberships__family=far).first()
    assert stranger is not None
    response = page_client(place.worker).post(
        reverse("add-member", args=[episode.family_id]), typed(same_as=str(stranger.pk))
    )
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"given_name": ""}, "Enter a first name"),
        ({"date_of_birth-year": "2027"}, "The date of birth must be in the past"),
        ({"date_of_birth-month": "13"}, "must be a real date"),
        ({"nhs_number": "999 000 0019"}, "Check the NHS number"),
        ({"date_of_birth-year": "2007"}, "Say that help for a young adult is meant"),
        ({"due_on-day": "1", "due_on-month": "1", "due_on-year": "2027"}, "not both"),
        ({"part": ""}, "Select what part they have in the family"),
    ],
)
def test_bad_input_says_what_to_do_and_keeps_what_was_typed(more: dict[str, str], sentence: str) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    path = reverse("add-member", args=[episode.family_id])
    response = page_client(place.worker).post(path, typed(school="Kept School", **more))
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert "Kept School" in response.content.decode()
    assert named(place, episode, "Clover") is None
    with acting_as(place.worker):
        assert Draft.objects.filter(path=path).exists()


def test_a_young_adult_is_added_when_that_is_meant() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.worker), reverse("add-member", args=[episode.family_id])
    assert "young adult" not in words_of(client.get(path))
    client.post(path, typed(**{"date_of_birth-year": "2007", "young_adult_meant": "on"}))
    assert named(place, episode, "Clover") is not None


def test_a_baby_not_born_yet_is_added_with_a_due_date() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    unborn = {f"date_of_birth-{box}": "" for box in ("day", "month", "year")} | {
        "due_on-day": "1",
        "due_on-month": "1",
        "due_on-year": "2027",
    }
    page_client(place.worker).post(reverse("add-member", args=[episode.family_id]), typed(given_name="Baby", **unborn))
    member = named(place, episode, "Baby")
    assert member is not None
    assert (member.person.date_of_birth, member.person.due_on) == (None, date(2027, 1, 1))


def test_correcting_somebody_begins_with_what_is_known_and_leaves_a_trace_of_the_look() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.worker), member_path(place, episode)
    page = client.get(path).content.decode()
    assert 'value="Ashby"' in page
    assert 'value="2013"' in page
    assert 'value="child" checked' in page
    response = client.post(path, typed(given_name="Ashby", version="1", school="Larkhill", known_as="Ash"))
    assert response["Location"] == reverse("family", args=[episode.family_id])
    member = named(place, episode, "Ashby")
    assert member is not None
    assert (member.person.school, member.person.known_as) == ("Larkhill", "Ash")
    with acting_as(place.manager):
        assert AccessEntry.objects.filter(what="person", by=place.worker, family_id=episode.family_id).exists()


def test_somebody_who_left_the_family_is_kept_with_the_day() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    left = {"left_on-day": "5", "left_on-month": "10", "left_on-year": "2026"}
    page_client(place.worker).post(member_path(place, episode), typed(given_name="Ashby", version="1", **left))
    member = named(place, episode, "Ashby")
    assert member is not None
    assert member.until_on == date(2026, 10, 5)


def test_the_second_of_two_who_correct_somebody_sees_both_versions_and_then_saves() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    path = member_path(place, episode)
    page_client(place.manager).post(path, typed(given_name="Ashby", version="1", school="Larkhill"))
    client = page_client(place.worker)
    response = client.post(path, typed(given_name="Ashby", version="1", school="Finchley"))
    assert response.status_code == 409
    assert "Larkhill" in words_of(response)
    assert "Finchley" in words_of(response)
    assert client.post(path, typed(given_name="Ashby", version="2", school="Finchley")).status_code == 302


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 404), ("teacher", 404), ("hub_adviser", 403), ("administrator", 403)]
)
def test_nobody_who_does_not_hold_the_family_changes_the_people_in_it(name: str, status: int) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client = page_client(getattr(place, name))
    for path in (reverse("add-member", args=[episode.family_id]), member_path(place, episode)):
        assert client.get(path).status_code == status
        assert client.post(path, typed()).status_code == status
