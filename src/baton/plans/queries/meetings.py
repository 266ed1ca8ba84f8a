"""Reads of planning meetings, reviews and ending meetings."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.episodes.models import Episode
from baton.plans.models import Attendance, Meeting

MOST_SHOWN = 100  # six weeks apart, that is eleven years


def meetings_of(episode: Episode) -> QuerySet[Meeting]:
    """The episode's meetings and reviews with who was asked, newest first. Two queries."""
    meetings = Meeting.objects.filter(episode=episode).select_related("recorded_by").prefetch_related("attendances")
    return meetings.order_by("-held_at", "-id")[:MOST_SHOWN]


def get_meeting(meeting_id: int) -> Meeting:
    """A meeting with who was asked, episode and family; `Http404` where the asker does not hold it. Two queries."""
    meetings = Meeting.objects.select_related("episode__family__team", "recorded_by").prefetch_related("attendances")
    return get_object_or_404(meetings, pk=meeting_id)


def practitioners_before(episode: Episode) -> list[Attendance]:
    """The practitioners who were asked to the last meeting, so that nobody types them again. One query."""
    last = Meeting.objects.filter(episode=episode).order_by("-held_at", "-id").values("pk")[:1]
    return list(Attendance.objects.filter(meeting__in=last, person__isnull=True))
