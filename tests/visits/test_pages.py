"""The pages of visits, as a practitioner meets them on a telephone."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.consent.models import Consent
from baton.episodes.models import Episode
from baton.people.queries import members_on
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Draft
from baton.visits.actions import plan_visit, record_visit
from baton.visits.models import Seen, Visit
from baton.visits.policies import Told
from tests.client import MOST_QUERIES, page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)  # half past nine in London, 7 October 2026


@pytest.fixture(autouse=True)
def it_is_wednesday() -> Iterator[None]:
    with stopped_at(WEDNESDAY):
        yield


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def child(place: Place, episode: Episode, name: str = "Ashby") -> str:
    with acting_as(place.manager):
        members = members_on(episode.family_id, on=WEDNESDAY.date())
        return next(str(m.person_id) for m in members if m.person.given_name == name)


def typed(**more: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "form_key": str(uuid4()), "version": "0", "outcome": "made", "place": "home",
        "happened_at-day": "7", "happened_at-month": "10", "happened_at-year": "2026", "happened_at-time": "9am",
    }  # fmt: skip
    return fields | more


def one_visit(place: Place) -> Visit:
    with acting_as(place.manager):
        return Visit.objects.get()


def a_recorded_visit(place: Place, episode: Episode, *, where: str = "home", **more: object) -> Visit:
    told = {"happened_at": WEDNESDAY, "made": True, "place": where, "seen": frozenset({int(child(place, episode))})}
    with acting_as(place.worker):
        return record_visit(episode=episode, told=Told(**(told | more)), by=place.worker, at=WEDNESDAY)  # type: ignore[arg-type]


def a_planned_visit(place: Place, episode: Episode) -> Visit:
    with acting_as(place.worker):
        return plan_visit(
            episode=episode, planned_for=WEDNESDAY, place="school", purpose="Meet Ashby.", by=place.worker, at=MONDAY
        )


def test_the_form_is_ready_so_that_two_taps_record_a_visit() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.worker), reverse("record-visit", args=[episode.pk])
    page = client.get(path).content.decode()
    for prefilled in ('value="made" checked', 'value="home" checked', 'value="9:30am"', "Ashby Quillfeather, 13"):
        assert prefilled in page, prefilled
    response = client.post(path, typed(seen=[child(place, episode)]))
    assert client.queries <= MOST_QUERIES
    visit = one_visit(place)
    assert response["Location"] == reverse("visit", args=[visit.pk])
    assert (visit.state, visit.place, visit.practitioner) == ("made", "home", place.worker)


def test_a_visit_saved_in_two_taps_says_until_when_to_write_it_up() -> None:
    place = a_place()
    visit = a_recorded_visit(place, an_allocated_episode(place))
    words = words_of(page_client(place.worker).get(reverse("visit", args=[visit.pk])))
    assert "Write it up by 8 October 2026 at 9:30am." in words
    assert "Ashby" in words
    assert "Not written yet" in words


def test_consent_in_writing_is_asked_for_until_it_is_there() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_recorded_visit(place, episode)
    client = page_client(place.worker)
    paths = [reverse("record-visit", args=[episode.pk]), reverse("visit", args=[visit.pk])]
    for path in paths:
        assert (
            reverse("record-consent", args=[episode.family_id]) in client.get(path).content.decode().split("<main")[1]
        )
    with acting_as(place.worker):
        Consent.objects.create(
            family_id=episode.family_id,
            given_by="Marigold",
            method="written",
            given_at=WEDNESDAY,
            recorded_at=WEDNESDAY,
        )
    for path in paths:
        assert "agreed in writing yet" not in words_of(client.get(path))


def test_who_was_seen_and_who_alone_are_ticked_and_kept() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    ashby, mother = child(place, episode), child(place, episode, "Marigold")
    page_client(place.worker).post(reverse("record-visit", args=[episode.pk]), typed(seen=[mother], alone=[ashby]))
    with acting_as(place.worker):
        assert dict(Seen.objects.values_list("person_id", "alone")) == {int(ashby): True, int(mother): False}


def test_a_visit_without_anybody_seen_says_what_to_do_and_keeps_what_was_typed() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    response = page_client(place.worker).post(reverse("record-visit", args=[episode.pk]), typed(action="Kept words"))
    assert response.status_code == 422
    assert "Select who was seen, or say that nobody was" in words_of(response)
    assert "Kept words" in response.content.decode()
    with acting_as(place.worker):
        assert Draft.objects.filter(path=reverse("record-visit", args=[episode.pk])).exists()


def test_a_failed_visit_asks_why() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.worker), reverse("record-visit", args=[episode.pk])
    assert "Write why nobody was seen" in words_of(client.post(path, typed(outcome="failed")))
    client.post(path, typed(outcome="failed", failed_because="Nobody came to the door."))
    assert one_visit(place).failed_because == "Nobody came to the door."


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"happened_at-year": "2027"}, "The time of the visit must be in the past"),
        ({"happened_at-year": "2025"}, "before the family asked for help"),
        ({"happened_at-time": "sometime"}, "Enter a time, like 2:30pm or 14:30"),
        ({"place": ""}, "Select where it was"),
        ({"outcome": "nothing"}, "Select"),
    ],
)
def test_bad_input_says_what_to_do(more: dict[str, object], sentence: str) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    response = page_client(place.worker).post(
        reverse("record-visit", args=[episode.pk]), typed(seen=[child(place, episode)], **more)
    )
    assert response.status_code == 422
    assert sentence in words_of(response)


def test_a_double_click_records_one_visit() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, twice = page_client(place.worker), typed(seen=[child(place, episode)])
    answers = {client.post(reverse("record-visit", args=[episode.pk]), twice)["Location"] for _ in range(2)}
    assert answers == {reverse("visit", args=[one_visit(place).pk])}


def test_a_visit_in_public_warns_of_confidential_talk() -> None:
    place = a_place()
    visit = a_recorded_visit(place, an_allocated_episode(place), where="public")
    words = words_of(page_client(place.worker).get(reverse("visit", args=[visit.pk])))
    assert "Confidential talk does not belong in a public place" in words


def test_a_visit_is_planned_and_then_recorded_from_its_own_page() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client = page_client(place.worker)
    when = {"planned_for-day": "9", "planned_for-month": "10", "planned_for-year": "2026", "planned_for-time": "4pm"}
    response = client.post(
        reverse("plan-visit", args=[episode.pk]),
        {"form_key": str(uuid4()), "place": "school", "purpose": "Meet Ashby.", **when},
    )
    assert response["Location"] == reverse("visits", args=[episode.pk])
    visit = one_visit(place)
    path = reverse("record-planned-visit", args=[visit.pk])
    page = client.get(path).content.decode()
    assert "Meet Ashby." in page
    assert 'value="school" checked' in page
    assert "It was called off beforehand" in page
    client.post(path, typed(version="1", seen=[child(place, episode)], place="school"))
    assert one_visit(place).state == "made"


def test_a_visit_planned_without_a_purpose_is_refused() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    response = page_client(place.worker).post(reverse("plan-visit", args=[episode.pk]), {"form_key": str(uuid4())})
    assert response.status_code == 422
    assert "Write what the visit is for" in words_of(response)


def test_a_planned_visit_is_called_off_without_a_time_or_place() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_planned_visit(place, episode)
    client, path = page_client(place.worker), reverse("record-planned-visit", args=[visit.pk])
    sent = {"form_key": str(uuid4()), "version": "1", "outcome": "cancelled"}
    answers = [client.post(path, sent)["Location"] for _ in range(2)]
    assert answers == [reverse("visits", args=[episode.pk])] * 2
    assert one_visit(place).state == "cancelled"
    assert "Correct this visit" not in words_of(client.get(reverse("visit", args=[visit.pk])))


def test_correcting_a_visit_begins_with_what_stands() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_recorded_visit(place, episode, action="Talked in the kitchen.")
    client, path = page_client(place.worker), reverse("record-planned-visit", args=[visit.pk])
    page = client.get(path).content.decode()
    assert "Talked in the kitchen." in page
    assert f'value="{child(place, episode)}" checked' in page
    assert "It was called off beforehand" not in page
    client.post(path, typed(version="1", seen=[child(place, episode)], action="Talked in the garden.", because="Typo"))
    assert one_visit(place).action == "Talked in the garden."


def test_what_was_corrected_stands_on_the_page_with_who_when_and_why() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_recorded_visit(place, episode)
    client, path = page_client(place.worker), reverse("record-planned-visit", args=[visit.pk])
    changed = typed(version="1", seen=[child(place, episode)], place="school")
    response = client.post(path, changed)
    assert response.status_code == 422
    assert "Write why you change what was recorded." in words_of(response)
    client.post(path, changed | {"form_key": str(uuid4()), "because": "We met at school after all"})
    page = words_of(client.get(reverse("visit", args=[visit.pk])))
    assert "7 October 2026 at 9:30am, by Wilf Worker: We met at school after all" in page
    assert "Where At home" in page.split("What was changed")[1]


def test_a_planned_visit_is_moved_with_a_reason_and_a_recorded_one_is_not() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_planned_visit(place, episode)
    client, path = page_client(place.worker), reverse("move-visit", args=[visit.pk])
    assert path in client.get(reverse("visits", args=[episode.pk])).content.decode()
    assert path in client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "It is planned for 7 October 2026 at 9:30am." in words_of(client.get(path))
    friday = {f"planned_for-{part}": value for part, value in (("day", "9"), ("month", "10"), ("year", "2026"))}
    moved = {"form_key": str(uuid4()), "version": "1", "planned_for-time": "2pm", **friday}
    response = client.post(path, moved | {"because": ""})
    assert "Write why the visit is moved" in words_of(response)
    response = client.post(path, moved | {"because": "Ashby has a school trip", "form_key": str(uuid4())}, follow=True)
    page = words_of(response)
    assert "The visit is moved." in page
    assert "When 9 October 2026 at 2pm" in page
    assert "Ashby has a school trip" in page
    assert "Planned for 7 October 2026 at 9:30am" in page
    recorded = a_recorded_visit(place, episode)
    assert client.get(reverse("move-visit", args=[recorded.pk])).status_code == 404


def test_the_second_of_two_who_correct_a_visit_sees_both_versions() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_recorded_visit(place, episode)
    path, seen = reverse("record-planned-visit", args=[visit.pk]), [child(place, episode)]
    page_client(place.manager).post(path, typed(version="1", seen=seen, analysis="The manager's view", because="Typo"))
    response = page_client(place.worker).post(path, typed(version="1", seen=seen, analysis="My view"))
    words = words_of(response)
    assert response.status_code == 409
    assert "Mina Manager saved this while you were typing" in words
    assert "The manager's view" in words
    assert "My view" in words


def test_the_list_shows_planned_visits_first_and_what_is_not_written_up() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_planned_visit(place, episode)
    a_recorded_visit(place, episode)
    response = page_client(place.worker).get(reverse("visits", args=[episode.pk]))
    words = words_of(response)
    assert words.index("Planned") < words.index("Past visits")
    assert "Write-up missing" in words
    assert "Saw Ashby." in words
    with acting_as(place.manager):
        assert AccessEntry.objects.filter(what="visits", by=place.worker).exists()


def test_the_list_grows_over_pages_and_not_in_queries() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.worker), reverse("visits", args=[episode.pk])
    assert "No visit has been planned or made yet" in words_of(client.get(path))
    for _ in range(23):
        a_recorded_visit(place, episode)
    first = words_of(client.get(path))
    assert first.count("Saw Ashby") == 20
    assert client.queries <= 12
    assert words_of(client.get(f"{path}?page=2")).count("Saw Ashby") == 3


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 404), ("teacher", 404), ("hub_adviser", 403), ("administrator", 403)]
)
def test_nobody_who_does_not_hold_the_family_opens_its_visits(name: str, status: int) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_recorded_visit(place, episode)
    client = page_client(getattr(place, name))
    for path in (
        reverse("visits", args=[episode.pk]),
        reverse("plan-visit", args=[episode.pk]),
        reverse("record-visit", args=[episode.pk]),
        reverse("record-planned-visit", args=[visit.pk]),
        reverse("visit", args=[visit.pk]),
    ):
        assert client.get(path).status_code == status, path


def test_a_colleague_reads_a_visit_and_does_not_correct_it() -> None:
    place = a_place()
    visit = a_recorded_visit(place, an_allocated_episode(place))
    client = page_client(place.colleague)
    assert "Correct this visit" not in words_of(client.get(reverse("visit", args=[visit.pk])))
    assert client.get(reverse("record-planned-visit", args=[visit.pk])).status_code == 403


def test_who_only_reads_is_led_to_read_a_planned_visit() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    visit = a_planned_visit(place, episode)
    list_of_visits, move = reverse("visits", args=[episode.pk]), reverse("move-visit", args=[visit.pk])
    page = page_client(place.coordinator).get(list_of_visits).content.decode()
    assert reverse("visit", args=[visit.pk]) in page
    for work in (move, reverse("record-planned-visit", args=[visit.pk]), reverse("plan-visit", args=[episode.pk])):
        assert work not in page
    assert move in page_client(place.worker).get(list_of_visits).content.decode()
