"""Meetings and reviews, through the actions: their events and deadlines."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from baton.episodes.models import Deadline, Episode, Event
from baton.plans.actions import (
    record_meeting,
)
from baton.plans.models import Attendance, Meeting, PlanRevision
from baton.platform.guard import acting_as
from baton.platform.refusals import Refused
from baton.practice.happenings import Happening
from tests.factories import Place, an_allocated_episode
from tests.factories.plans import (
    PLANNED,
    REVIEW_ON,
    a_meeting,
    an_agreed_plan,
    meeting_words,
    review_words,
    the_plan,
    updates_words,
)
from tests.plans.at_work import LATER, kinds_of, statuses

pytestmark = pytest.mark.django_db


def test_a_planning_meeting_meets_its_deadline_and_starts_the_next(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker, at=LATER)
    with acting_as(place.worker):
        events = {event.kind: event for event in Event.objects.filter(record="plans_meeting")}
        came = list(Attendance.objects.filter(came=True).values_list("name", flat=True))
    assert events[Happening.PLANNING_MEETING_HELD].at == PLANNED
    assert events[Happening.PLANNING_MEETING_HELD].meeting is None
    assert events[Happening.PLANNING_MEETING_HELD].summary == "2 of 3 came"
    assert events[Happening.MINUTES_RECORDED].at == LATER
    assert came == ["Marigold Quillfeather", "Tess Teacher"]
    assert meeting.next_on == REVIEW_ON
    assert statuses(episode, place, "review", LATER) == ["upcoming"]


def test_the_next_date_becomes_the_review_date_of_the_plan(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=LATER, **review_words(next_on=date(2027, 1, 15)))
    assert the_plan(episode, by=place.worker).review_on == date(2027, 1, 15)
    with acting_as(place.worker):
        assert PlanRevision.objects.get().changes == ["Next review on 15 January 2027"]


def test_a_next_date_that_the_plan_has_already_is_no_revision(place: Place, episode: Episode) -> None:
    plan = an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=LATER, **review_words(next_on=plan.review_on))
    assert "plan_revised" not in kinds_of(episode, place)


def test_an_older_meeting_written_down_late_leaves_the_review_date_alone(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=LATER, **review_words(held_at=LATER, next_on=date(2027, 1, 15)))
    a_meeting(episode, by=place.worker, at=LATER, **meeting_words(next_on=date(2026, 12, 1)))
    assert the_plan(episode, by=place.worker).review_on == date(2027, 1, 15)


def test_chair_and_note_taker_are_two_people(place: Place, episode: Episode) -> None:
    with acting_as(place.worker), pytest.raises(Refused, match="Name another note taker"):
        record_meeting(episode=episode, **meeting_words(note_taker="wilf  worker"), by=place.worker, at=LATER)


def test_the_database_too_wants_two_people(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(note_taker="WILF WORKER")


def test_only_a_review_may_do_without_a_meeting(place: Place, episode: Episode) -> None:
    meeting = a_meeting(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(met=False)


def test_at_doncasters_level_2_collected_updates_meet_the_review(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=2)
    an_agreed_plan(episode, by=place.worker)
    due_before = statuses(episode, place, "review_level_2", LATER)
    review = a_meeting(episode, by=place.worker, at=LATER, **updates_words(held_at=LATER))
    with acting_as(place.worker):
        event = Event.objects.get(kind=Happening.REVIEW_HELD)
        kept = (
            Deadline.objects.filter(timescale="review_level_2").order_by("started_at").values_list("state", flat=True)
        )
        assert list(kept) == ["met", "open"]
    assert due_before == ["upcoming"]
    assert (event.meeting, event.record_id) == (False, review.pk)
    assert statuses(episode, place, "review_level_2", LATER) == ["met", "upcoming"]
    assert "minutes_recorded" not in kinds_of(episode, place)


def test_at_doncasters_level_3_a_review_is_a_meeting(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster", level=3)
    an_agreed_plan(episode, by=place.worker)
    with acting_as(place.worker), pytest.raises(Refused, match="At this level of need a review is a meeting"):
        record_meeting(episode=episode, **updates_words(held_at=LATER), by=place.worker, at=LATER)
    assert statuses(episode, place, "review_level_3", LATER) == ["upcoming"]
    a_meeting(episode, by=place.worker, at=LATER, **review_words(held_at=LATER))
    assert statuses(episode, place, "review_level_3", LATER) == ["met", "upcoming"]


@pytest.mark.parametrize("framework", ["dorset", "derby"])
def test_where_nothing_says_otherwise_a_review_is_a_meeting(place: Place, framework: str) -> None:
    episode = an_allocated_episode(place, framework=framework, level=2)
    with acting_as(place.worker), pytest.raises(Refused, match="a review is a meeting"):
        record_meeting(episode=episode, **updates_words(), by=place.worker, at=LATER)


def test_an_ending_meeting_is_on_record_and_asks_for_no_next_date(place: Place, episode: Episode) -> None:
    a_meeting(episode, by=place.worker, **meeting_words(kind=Meeting.Kind.ENDING, next_on=None))
    kinds = kinds_of(episode, place)
    assert "minutes_recorded" in kinds
    assert "planning_meeting_held" not in kinds
