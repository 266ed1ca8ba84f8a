"""A family's chronology on pages: read, filtered, printed, added to, put right, taken back, copied."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.http import HttpResponse
from django.urls import reverse

from baton.chronology.actions import Told, add_entry
from baton.chronology.models import CopiedEntry, Copy, Entry, EntryChange
from baton.episodes.models import Episode, Event
from baton.people.models import FamilyMember
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, AuditEntry
from tests.client import PageClient, page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)  # 7 October 2026
TYPED = {
    "kind": "police", "what": "The police were called to the home at night.", "agency": "police",
    "source": "Police notification of 3 October", "significance": "high", "why": "The children saw it",
}  # fmt: skip


@pytest.fixture(autouse=True)
def it_is_wednesday() -> Iterator[None]:
    with stopped_at(WEDNESDAY):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


@pytest.fixture
def client(place: Place) -> PageClient:
    return page_client(place.worker)


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def send(client: PageClient, path: str, **typed: object) -> HttpResponse:
    return client.post(path, {"form_key": str(uuid4()), **typed})


def path_of(name: str, episode: Episode) -> str:
    return reverse(name, args=[episode.family_id])


def add(place: Place, episode: Episode, *, on: date = date(2026, 10, 3), **words: object) -> Entry:
    told = {"kind": "school", "what": "Missed a week.", "agency": "school", "source": "Register"} | words
    told["kind"] = "education" if told["kind"] == "school" else told["kind"]
    with acting_as(place.worker):
        return add_entry(family=episode.family, told=Told(happened_on=on, **told), by=place.worker, at=WEDNESDAY)  # type: ignore[arg-type]


def test_what_the_work_recorded_and_what_was_added_stand_in_one_order(
    place: Place, episode: Episode, client: PageClient
) -> None:
    path = path_of("add-entry", episode)
    assert client.get(path).status_code == 200
    answer = send(client, path, **TYPED, **day("happened_on", date(2019, 10, 3)))
    assert answer["Location"] == path_of("chronology", episode), words_of(answer)
    shown = words_of(client.get(path_of("chronology", episode)))
    table = text_of(parse(client.get(path_of("chronology", episode)).content.decode()).find(".//table"))
    assert table.index("The police were called") < table.index("Lead practitioner allocated")
    assert "What it meant: The children saw it" in shown
    assert "Written by Wilf Worker" in shown
    assert "Chronology updated" not in shown
    with acting_as(place.manager):
        assert Event.objects.filter(kind="chronology_updated", record="chronology_entry").count() == 1
        assert AuditEntry.objects.filter(action="add_entry", family_id=episode.family_id).exists()
        assert AccessEntry.objects.filter(what="chronology", family_id=episode.family_id).exists()


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("kind=by_hand", "Missed a week.", "Lead practitioner allocated"),
        ("kind=by_hand:police", "The police came.", "Missed a week."),
        ("kind=lead_practitioner_allocated", "Lead practitioner allocated", "Missed a week."),
        ("agency=police", "The police came.", "Missed a week."),
        ("agency=Test Council", "Lead practitioner allocated", "The police came."),
        ("significant=on", "The police came.", "Missed a week."),
        ("from_on-day=4&from_on-month=10&from_on-year=2026", "Lead practitioner allocated", "Missed a week."),
        ("until_on-day=1&until_on-month=10&until_on-year=2026", "The police came.", "Missed a week."),
    ],
)
def test_it_is_filtered_and_printed_so(
    place: Place, episode: Episode, client: PageClient, query: str, there: str, gone: str
) -> None:
    add(place, episode)
    add(
        place, episode, on=date(2026, 10, 1), kind="police", agency="police", what="The police came.",
        significance="high", why="They were afraid",
    )  # fmt: skip
    for name in ("chronology", "chronology-to-print"):
        rows = text_of(parse(client.get(f"{path_of(name, episode)}?{query}").content.decode()).find(".//table"))
        assert there in rows, name
        assert gone not in rows, name
    assert "This is a part" in words_of(client.get(f"{path_of('chronology-to-print', episode)}?{query}"))


def test_a_person_has_a_chronology_of_their_own(place: Place, episode: Episode, client: PageClient) -> None:
    with acting_as(place.worker):
        ashby = FamilyMember.objects.get(family=episode.family, person__given_name="Ashby").person_id
    add(place, episode, person_id=ashby)
    add(place, episode, what="Nan moved in.")
    rows = words_of(client.get(f"{path_of('chronology', episode)}?person={ashby}"))
    assert "Missed a week." in rows
    assert "Nan moved in." not in rows


def test_what_cannot_be_is_refused_with_a_sentence(episode: Episode, client: PageClient) -> None:
    path = path_of("add-entry", episode)
    answer = send(client, path, **(TYPED | {"why": ""}), **day("happened_on", date(2026, 10, 3)))
    assert "Say why it is significant" in words_of(answer)
    answer = send(client, path, **TYPED, **day("happened_on", date(2026, 10, 9)))
    assert "must be in the past" in words_of(answer)


def test_an_entry_is_put_right_with_what_stood_and_taken_back_with_a_reason(
    place: Place, episode: Episode, client: PageClient
) -> None:
    entry = add(place, episode)
    path = reverse("edit-entry", args=[entry.pk])
    assert "Missed a week." in client.get(path).content.decode()
    send(client, path, version="1", **TYPED, **day("happened_on", date(2026, 10, 2)))
    with acting_as(place.manager):
        assert EntryChange.objects.get(entry=entry).was["what"] == "Missed a week."
    stale = send(client, path, version="1", **TYPED, **day("happened_on", date(2026, 10, 1)))
    assert stale.status_code == 409
    withdraw = reverse("withdraw-entry", args=[entry.pk])
    assert client.get(withdraw).status_code == 200
    send(client, withdraw, version="2", because="It is about another family")
    assert "The police were called" not in words_of(client.get(path_of("chronology", episode)))
    assert client.get(path).status_code == 404
    with acting_as(place.manager):
        assert Entry.objects.get().withdrawn_because == "It is about another family"


def test_a_copy_keeps_the_words_it_was_made_of(place: Place, episode: Episode, client: PageClient) -> None:
    entry = add(place, episode)
    add(place, episode, what="Left out.")
    path = path_of("copy-chronology", episode)
    assert client.get(path).status_code == 200
    answer = send(
        client, path, title="For the review", purpose="The review of 12 October", chosen=[f"entry-{entry.pk}"]
    )
    send(client, reverse("edit-entry", args=[entry.pk]), version="1", **TYPED, **day("happened_on", date(2026, 10, 2)))
    shown = words_of(client.get(answer["Location"]))
    assert "For the review" in shown
    assert "Missed a week." in shown
    assert "The police were called" not in shown
    assert "Left out." not in shown
    assert "by Wilf Worker" in shown
    assert "For the review" in words_of(client.get(path_of("chronology", episode)))
    assert send(client, path, title="None", purpose="None").status_code == 422
    with acting_as(place.worker):
        assert Copy.objects.count() == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            CopiedEntry.objects.update(text="Other words")


def test_nobody_of_another_team_finds_it(place: Place, episode: Episode) -> None:
    entry = add(place, episode)
    for user in (place.stranger, place.teacher):
        client = page_client(user)
        assert client.get(path_of("chronology", episode)).status_code == 404
        assert client.get(reverse("edit-entry", args=[entry.pk])).status_code == 404
        with acting_as(user):
            assert not Entry.objects.exists()
