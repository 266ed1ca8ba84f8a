"""The pages of meetings and reviews, as the people who use them meet them."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.episodes.models import Episode, Event
from baton.people.queries import members_on
from baton.plans.models import Attendance, Meeting
from baton.platform import clock
from baton.platform.guard import acting_as
from tests.client import PageClient
from tests.factories import Place, an_allocated_episode
from tests.factories.plans import (
    PLANNED_ON,
    a_meeting,
    an_agreed_plan,
    review_words,
    updates_words,
)
from tests.plans.on_pages import NOW, day, meeting_typed, parent_in, post, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.mark.parametrize("kind", ["planning", "review", "ending"])
def test_each_kind_of_meeting_has_its_form(client: PageClient, place: Place, episode: Episode, kind: str) -> None:
    page = words(client.get(reverse("record-meeting", args=[episode.pk, kind])))
    assert ("What did the review decide?" in page) is (kind == "review")
    assert ("When is the next review?" in page) is (kind != "ending")
    assert "Collect updates instead" not in page


def test_there_is_no_other_kind_of_meeting(client: PageClient, episode: Episode) -> None:
    for kind in ("party", "updates"):  # updates are for places and levels where a review needs no meeting
        assert client.get(reverse("record-meeting", args=[episode.pk, kind])).status_code == 404


def test_a_planning_meeting_is_recorded_with_who_came(client: PageClient, place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        mother = parent_in(episode)
        child = members_on(episode.family_id, on=PLANNED_ON)[0].person
    typed = meeting_typed(invited=[mother.pk], came=[child.pk])
    response = post(client, "record-meeting", episode.pk, "planning", **typed)
    assert response.status_code == 302
    with acting_as(place.worker):
        meeting = Meeting.objects.get()
        asked = {row.name: (row.agency, row.came) for row in Attendance.objects.all()}
    assert asked == {
        mother.name: ("", False),
        child.name: ("", True),
        "Tess Teacher": ("Larkhill Test School", True),
        "Nina Nurse": ("", False),
    }
    page = words(client.get(reverse("meeting", args=[meeting.pk])))
    for expected in ("Ashby wants a quiet morning.", "A bedtime for everybody.", "Did not come", "Wilf Worker"):
        assert expected in page


def test_more_people_are_added_by_saving_and_nothing_typed_is_lost(
    client: PageClient, place: Place, episode: Episode
) -> None:
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(chair=""), more="1")
    assert response.status_code == 302
    page = words(client.get(reverse("record-meeting", args=[episode.pk, "planning"])))
    assert 'name="name_5"' in page
    assert "Nina Nurse" in page
    assert "There is a problem" not in page
    with acting_as(place.worker):
        assert not Meeting.objects.exists()


def test_rows_that_nobody_could_have_asked_for_are_not_made(client: PageClient, episode: Episode) -> None:
    for rows in ("999999", "-4", "many", ""):
        response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(rows=rows, chair=""))
        assert response.status_code == 422
        assert words(response).count('name="agency_') <= 30


def test_a_row_without_a_name_is_an_error(client: PageClient, episode: Episode) -> None:
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(name_1="", agency_1="Police"))
    assert "Enter the name of practitioner 2, or empty the row" in words(response)


def test_a_meeting_asks_when_it_began_instead_of_taking_now(client: PageClient, episode: Episode) -> None:
    page = words(client.get(reverse("record-meeting", args=[episode.pk, "planning"])))
    assert 'name="held_at-day" type="text" inputmode="numeric" value="9"' in page
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(**{"held_at-time": ""}))
    assert response.status_code == 422
    tomorrow = day("held_at", PLANNED_ON + timedelta(days=1))
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(**tomorrow))
    assert "must be in the past" in words(response)


def test_what_people_wrote_keeps_its_lines(client: PageClient, place: Place, episode: Episode) -> None:
    post(client, "plan-terms", episode.pk, contingency="Ring Wilf.\nThen <b>Nan</b>.", version=0)
    page = client.get(reverse("plan", args=[episode.pk])).content.decode()
    assert '<div class="baton-written">Ring Wilf.\nThen &lt;b&gt;Nan&lt;/b&gt;.</div>' in page.replace("\r", "")


def test_one_person_cannot_chair_and_take_notes(client: PageClient, episode: Episode) -> None:
    response = post(client, "record-meeting", episode.pk, "planning", **meeting_typed(note_taker="wilf worker"))
    assert response.status_code == 422
    assert "Name another note taker" in words(response)
    assert "A bedtime for everybody." in words(response)


def test_the_next_meeting_knows_who_came_to_the_last(client: PageClient, place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker)
    page = words(client.get(reverse("record-meeting", args=[episode.pk, "review"])))
    for expected in ("Wilf Worker", "Tess Teacher", "Nina Nurse", "This review is due by Monday 21 December 2026."):
        assert expected in page


def test_a_next_date_later_than_the_framework_asks_is_kept_and_warned_of(client: PageClient, episode: Episode) -> None:
    typed = meeting_typed(**day("next_on", date(2027, 3, 1)))
    response = client.post(
        reverse("record-meeting", args=[episode.pk, "planning"]), {"form_key": uuid4(), **typed}, follow=True
    )
    assert "is later than the framework asks: Monday 21 December 2026" in words(response)


@pytest.mark.parametrize(
    ("decision", "way"),
    [
        ("continue", "Bring the plan up to date"),
        ("step_down", "Bring the plan up to date"),
        ("close", "Propose to close"),
    ],
)
def test_a_review_leads_to_what_it_decided(
    client: PageClient, place: Place, episode: Episode, decision: str, way: str
) -> None:
    meeting = a_meeting(episode, by=place.worker, **review_words(decision=decision))
    assert way in words(client.get(reverse("meeting", args=[meeting.pk])))


def test_doncasters_level_2_offers_to_collect_updates(client: PageClient, place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    an_agreed_plan(episode, by=place.worker)
    address = reverse("record-meeting", args=[episode.pk, "updates"])
    assert address in words(client.get(reverse("meetings", args=[episode.pk])))
    assert address in words(client.get(reverse("record-meeting", args=[episode.pk, "review"])))
    assert "What Marigold Quillfeather says" in words(client.get(address))
    with acting_as(place.worker):
        mother = parent_in(episode)
    typed = meeting_typed(
        **{f"update_from_{mother.pk}": "Better."}, update_0="Late twice.", decision="continue", shared_back="By letter."
    )
    response = client.post(address, {"form_key": uuid4(), **typed})
    assert response.status_code == 302
    with acting_as(place.worker):
        review = Meeting.objects.get()
        assert Event.objects.get(kind="review_held").meeting is False
    page = words(client.get(reverse("meeting", args=[review.pk])))
    for expected in ("Review by collected updates", "Better.", "Late twice.", "No update", "By letter."):
        assert expected in page


def test_a_review_of_updates_stands_in_the_list(client: PageClient, place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    a_meeting(episode, by=place.worker, **updates_words())
    page = words(client.get(reverse("meetings", args=[episode.pk])))
    assert "1 of 2 sent an update. Carry on with the plan" in page
