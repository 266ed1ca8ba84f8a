"""Reads of planning meetings, reviews and ending meetings."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.episodes.models import Episode
from baton.people.models import FamilyMember
from baton.plans.models import Attendance, Meeting
from baton.platform.dates_in_words import long_day, moment

MOST_SHOWN = 100  # six weeks apart, that is eleven years


def meetings_of(episode: Episode) -> QuerySet[Meeting]:
    """The episode's meetings and reviews with who was asked, newest first. Two queries."""
    meetings = Meeting.objects.filter(episode=episode).select_related("recorded_by").prefetch_related("attendances")
    return meetings.order_by("-held_at", "-id")[:MOST_SHOWN]


def get_meeting(meeting_id: int) -> Meeting:
    """A meeting with who was asked, episode and family; `Http404` where the asker does not hold it. Two queries."""
    meetings = Meeting.objects.select_related("episode__family__team", "recorded_by", "changed_by").prefetch_related(
        "attendances"
    )
    return get_object_or_404(meetings, pk=meeting_id)


def members_at(meeting: Meeting) -> list[FamilyMember]:
    """The places in the family of those who were asked to a meeting, one each, also of who has left. One query."""
    asked = Attendance.objects.filter(meeting=meeting, person__isnull=False).values("person")
    found = FamilyMember.objects.filter(family_id=meeting.family_id, person__in=asked).select_related("person")
    return list({each.person_id: each for each in found.order_by("part", "person__date_of_birth", "from_on")}.values())


def what_stands(meeting: Meeting) -> dict[str, str]:
    """What is written down of a meeting, in words, by the names of the form; who was asked as `people`. One query."""
    texts = ("chair", "note_taker", "childs_views", "discussed", "decisions", "shared_back")
    return {
        "held_at": moment(meeting.held_at),
        "people": "\n".join(_asked(each, meeting) for each in Attendance.objects.filter(meeting=meeting)),
        "childs_voice": meeting.get_childs_voice_display(),
        "decision": meeting.get_decision_display(),
        "next_on": long_day(meeting.next_on),
        **{name: getattr(meeting, name) for name in texts},
    }


def _asked(each: Attendance, meeting: Meeting) -> str:
    who = f"{each.name}, {each.agency}" if each.agency else each.name
    if each.update:
        return f"{who}: {each.update}"
    return f"{who} ({'came' if each.came else 'did not come'})" if meeting.met else f"{who} (no update)"


def practitioners_before(episode: Episode) -> list[Attendance]:
    """The practitioners who were asked to the last meeting, so that nobody types them again. One query."""
    last = Meeting.objects.filter(episode=episode).order_by("-held_at", "-id").values("pk")[:1]
    return list(Attendance.objects.filter(meeting__in=last, person__isnull=True))
