"""A recorded meeting is corrected: its event and the deadlines move, and what stood before is kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from baton.episodes.models import Correction, Deadline, Episode, Event
from baton.plans.actions import correct_meeting, set_terms
from baton.plans.models import Attendance, Meeting
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from tests.client import page_client
from tests.factories import Place, an_allocated_episode
from tests.factories.plans import (
    INVITED,
    PLANNED,
    REVIEW_ON,
    a_draft_plan,
    a_meeting,
    an_agreed_plan,
    meeting_words,
    review_words,
    the_plan,
    updates_words,
)
from tests.html import parse, text_of
from tests.visitor import Answer

pytestmark = pytest.mark.django_db
LATER = PLANNED + timedelta(days=3)
EARLIER = PLANNED - timedelta(days=4)


def correct(meeting: Meeting, *, by: User, because: str = "Wrong day", version: int = 1, **words: Any) -> Meeting:
    told = meeting_words(**words)
    with acting_as(by):
        return correct_meeting(meeting=meeting, **told, because=because, version=version, by=by, at=LATER)


def test_correcting_the_day_moves_the_event_and_the_deadlines(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    corrected = correct(meeting, by=place.worker, held_at=EARLIER)
    with acting_as(place.worker):
        held = Event.objects.get(kind="planning_meeting_held")
        assert (held.at, held.recorded_at, held.recorded_by) == (EARLIER, PLANNED, place.worker)
        assert Event.objects.get(kind="minutes_recorded").at == PLANNED
        review = Deadline.objects.get(episode=episode, timescale="review")
        assert (review.started_at, review.due_on) == (EARLIER, EARLIER.date() + timedelta(weeks=6))
        assert AuditEntry.objects.filter(action="correct_meeting", record_id=meeting.pk, by=place.worker).exists()
    assert (corrected.version, corrected.changed_by) == (2, place.worker)


def test_what_stood_is_kept_with_who_changed_it_when_and_why(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    people = [INVITED[0]._replace(came=False), *INVITED[1:]]
    correct(meeting, by=place.manager, because="She was ill", people=people, decisions="Try an earlier bedtime.")
    with acting_as(place.worker):
        kept = Correction.objects.get(record="plans_meeting", record_id=meeting.pk)
        assert kept.before["decisions"] == "Try a bedtime for everybody."
        assert kept.before["people"].startswith(
            "Marigold Quillfeather (came)\nTess Teacher, Larkhill Test School (came)"
        )
        assert set(kept.before) == {"decisions", "people"}
        assert (kept.by, kept.at, kept.because) == (place.manager, LATER, "She was ill")
        assert Attendance.objects.filter(meeting=meeting, came=True).count() == 1


def test_a_meeting_is_not_changed_without_a_reason(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    with pytest.raises(Refused, match="Write why you change what was recorded"):
        correct(meeting, by=place.worker, because=" ", held_at=EARLIER)
    correct(meeting, by=place.worker, because="")  # the same again
    with acting_as(place.worker):
        assert Meeting.objects.get().held_at == PLANNED
        assert not Correction.objects.exists()


def test_a_correction_keeps_to_what_is_asked_of_every_meeting(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    for wrong, says in (
        ({"held_at": LATER + timedelta(days=1)}, "after it was held"),
        ({"note_taker": "wilf worker"}, "Name another note taker"),
        ({"people": []}, "Say who came"),
    ):
        with pytest.raises(Refused, match=says):
            correct(meeting, by=place.worker, **wrong)


def test_minutes_of_a_meeting_that_was_later_than_said_count_from_the_correction(
    place: Place, episode: Episode
) -> None:
    meeting = a_meeting(episode, by=place.worker)
    correct(meeting, by=place.worker, held_at=PLANNED + timedelta(days=2))
    with acting_as(place.worker):
        assert Event.objects.get(kind="minutes_recorded").at == LATER


def test_a_corrected_next_date_becomes_the_plans_unless_somebody_set_another(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    meeting = a_meeting(episode, by=place.worker)
    moved = REVIEW_ON - timedelta(days=1)
    correct(meeting, by=place.worker, next_on=moved)
    with acting_as(place.worker):
        plan = the_plan(episode, by=place.worker)
        assert plan.review_on == moved
        told = {"visit_every_weeks": 2, "alone": {}, "contingency": plan.contingency, "version": plan.version}
        other = moved - timedelta(days=1)
        set_terms(episode=episode, review_on=other, **told, by=place.worker, at=LATER)
    correct(meeting, by=place.worker, version=2, next_on=REVIEW_ON)
    with acting_as(place.worker):
        assert the_plan(episode, by=place.worker).review_on == other


def test_a_review_of_updates_stays_one(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    review = a_meeting(episode, by=place.worker, **updates_words())
    told = updates_words(shared_back="By telephone.")
    told["minutes"] = replace(told["minutes"], met=True, kind=Meeting.Kind.PLANNING)
    with acting_as(place.worker):
        corrected = correct_meeting(
            meeting=review, **told, because="We rang them", version=1, by=place.worker, at=LATER
        )
        assert (corrected.kind, corrected.met, corrected.shared_back) == ("review", False, "By telephone.")
        assert Event.objects.get(kind="review_held").meeting is False


def test_after_help_ended_the_record_is_still_put_right_within_its_time(place: Place, episode: Episode) -> None:
    a_draft_plan(episode, by=place.worker)
    review = a_meeting(episode, by=place.worker, **review_words())
    with acting_as(place.manager):
        Episode.objects.filter(pk=episode.pk).update(state="closed", ended_at=PLANNED + timedelta(days=1))
    with pytest.raises(Refused, match="Help had ended before this day"):
        correct(review, by=place.worker, kind="review", decision="continue", held_at=PLANNED + timedelta(days=2))
    corrected = correct(review, by=place.worker, kind="review", decision="continue", held_at=EARLIER)
    assert corrected.held_at == EARLIER


def test_the_second_of_two_is_told_and_nothing_is_written(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    correct(meeting, by=place.manager, decisions="The manager's words")
    with pytest.raises(EditedMeanwhile) as told:
        correct(meeting, by=place.worker, decisions="Mine")
    assert (told.value.by, told.value.version) == ("Mina Manager", 2)
    assert told.value.theirs["decisions"] == "The manager's words"
    assert told.value.theirs["name_2"] == "Nina Nurse"


def test_who_wrote_it_and_the_manager_correct_it_and_nobody_else(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    for who in (place.colleague, place.other_manager, place.hub_adviser):
        with pytest.raises(NotAllowed):
            correct(meeting, by=who, decisions="Mine")


# --- in the browser --------------------------------------------------------------------------------------------------


@pytest.fixture
def _the_clock_stands() -> Iterator[None]:
    with clock.stopped_at(LATER):
        yield


def typed_of(page: str) -> dict[str, Any]:
    """Everything the page's form would send if nothing were touched."""
    typed: dict[str, Any] = {**Answer(200, "", page).hidden, "form_key": str(uuid4())}
    for control in parse(page).iter():
        tag, name = control.tag.rpartition("}")[2], control.get("name")
        if tag == "textarea" and name:
            typed[name] = control.text or ""
        chosen = control.get("type") not in ("radio", "checkbox") or control.get("checked") is not None
        if tag == "input" and name and chosen and control.get("type") != "hidden":
            typed.setdefault(name, []).append(control.get("value", ""))
    return typed


@pytest.mark.usefixtures("_the_clock_stands")
def test_the_form_begins_with_what_stands_and_the_page_shows_what_stood(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    client, address = page_client(place.worker), reverse("meeting", args=[meeting.pk])
    assert "Correct this record" in client.get(address).content.decode()
    form = reverse("correct-meeting", args=[meeting.pk])
    typed = typed_of(client.get(form).content.decode())
    response = client.post(form, typed)
    assert "Write why you change what was recorded" in response.content.decode()
    typed |= {"because": "We met on Thursday", "held_at-day": "5", "form_key": str(uuid4())}
    page = text_of(parse(client.post(form, typed, follow=True).content.decode()).find(".//main"))
    assert "When 5 November 2026 at 8:30am" in page
    after = page.split("What was changed")[1]
    assert "12 November 2026 at 8:30am, by Wilf Worker: We met on Thursday" in after
    assert "When 9 November 2026 at 8:30am" in after
    with acting_as(place.worker):
        assert set(Correction.objects.get().before) == {"held_at"}
        assert Attendance.objects.filter(meeting=meeting).count() == 3


@pytest.mark.usefixtures("_the_clock_stands")
def test_a_review_of_updates_is_corrected_in_its_own_form(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    review = a_meeting(episode, by=place.worker, **updates_words())
    client, form = page_client(place.worker), reverse("correct-meeting", args=[review.pk])
    typed = typed_of(client.get(form).content.decode())
    typed |= {"because": "By telephone after all", "shared_back": "By telephone"}
    client.post(form, typed)
    with acting_as(place.worker):
        assert Meeting.objects.get().shared_back == "By telephone"


@pytest.mark.usefixtures("_the_clock_stands")
def test_two_correct_a_meeting_and_the_second_sees_both(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    client, form = page_client(place.worker), reverse("correct-meeting", args=[meeting.pk])
    typed = typed_of(client.get(form).content.decode()) | {"because": "Mine", "decisions": "Mine"}
    correct(meeting, by=place.manager, decisions="The manager's words")
    response = client.post(form, typed)
    assert response.status_code == 409
    page = text_of(parse(response.content.decode()).find(".//main"))
    assert "Mina Manager saved this while you were typing" in page
    assert "The manager's words" in page


@pytest.mark.usefixtures("_the_clock_stands")
def test_a_colleague_is_offered_no_correction_and_refused_one(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    client = page_client(place.colleague)
    assert "Correct this record" not in client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert client.get(reverse("correct-meeting", args=[meeting.pk])).status_code == 403
