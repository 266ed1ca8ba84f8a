"""Recording planning meetings, reviews with and without a meeting, and ending meetings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NamedTuple

from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.plans.actions.revisions import in_short, locked_episode, note_change
from baton.plans.models import Attendance, Meeting, Plan
from baton.plans.permissions import may_plan
from baton.plans.policies.meetings import TO_RECORD_MEETING, MeetingFacts
from baton.plans.queries.reviews import review_asked
from baton.platform.actions import action
from baton.platform.dates_in_words import long_day
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening

HELD = {Meeting.Kind.PLANNING: Happening.PLANNING_MEETING_HELD, Meeting.Kind.REVIEW: Happening.REVIEW_HELD}
HELP_ENDS = (Meeting.Decision.CLOSE, Meeting.Decision.STEP_UP)


class Attending(NamedTuple):
    """Somebody who was asked: a person of the family by id, or a practitioner by name and agency."""

    name: str
    came: bool
    agency: str = ""
    person_id: int | None = None
    update: str = ""


@dataclass(frozen=True)
class Minutes:
    """What is told of a meeting. `met` is False for a review of collected updates: then each person's `update` is kept,
    and `came` says that they sent one.
    """

    kind: str
    held_at: datetime
    childs_voice: str
    childs_views: str
    discussed: str
    decisions: str
    met: bool = True
    chair: str = ""
    note_taker: str = ""
    decision: str = ""
    shared_back: str = ""
    next_on: date | None = None


@action(
    allowed=may_plan,
    events=(Happening.PLANNING_MEETING_HELD, Happening.REVIEW_HELD, Happening.MINUTES_RECORDED, Happening.PLAN_REVISED),
)
def record_meeting(
    *,
    episode: Episode,
    minutes: Minutes,
    people: Sequence[Attending],
    by: User,
    at: datetime,
) -> Meeting:
    """Record a planning meeting, a review or an ending meeting (DOR 13, 15, 16; DLP, Team Around the Family).

    The next date becomes the plan's review date. Raises `Refused` when a policy of `TO_RECORD_MEETING` is not met.
    """
    episode = locked_episode(episode.pk)
    told = asdict(minutes) | {name: " ".join(getattr(minutes, name).split()) for name in ("chair", "note_taker")}
    meeting = Meeting(episode=episode, family_id=episode.family_id, recorded_by=by, recorded_at=at, **told)
    require(TO_RECORD_MEETING, _facts(meeting, people, today=day_of(at)))
    meeting.save()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, family_id=episode.family_id, **each._asdict()) for each in people
    )
    _record(meeting, people, at=at)
    _set_review_date(meeting)
    return meeting


def _facts(meeting: Meeting, people: Sequence[Attending], *, today: date) -> MeetingFacts:
    is_review = meeting.kind == Meeting.Kind.REVIEW
    return MeetingFacts(
        episode_is_open=meeting.episode.is_open,
        is_review=is_review,
        is_ending=meeting.kind == Meeting.Kind.ENDING,
        met=meeting.met,
        may_be_collected=is_review and review_asked(meeting.episode).may_be_collected,
        chair=meeting.chair,
        note_taker=meeting.note_taker,
        asked=len(people),
        answered=sum(1 for each in people if each.came),
        childs_views=meeting.childs_views,
        decision=meeting.decision,
        help_ends=meeting.decision in HELP_ENDS,
        shared_back=meeting.shared_back,
        held_on=day_of(meeting.held_at),
        next_on=meeting.next_on,
        today=today,
    )


def _record(meeting: Meeting, people: Sequence[Attending], *, at: datetime) -> None:
    episode = meeting.episode
    came = sum(1 for each in people if each.came)
    if kind := HELD.get(Meeting.Kind(meeting.kind)):
        summary = f"{came} of {len(people)} came" if meeting.met else f"{came} of {len(people)} sent an update"
        if meeting.decision:
            summary = f"{Meeting.Decision(meeting.decision).label}. {summary}"
        meets = meeting.met if kind == Happening.REVIEW_HELD else None
        record_event(kind=kind, episode=episode, record=meeting, at=meeting.held_at, meeting=meets, summary=summary)
    if meeting.met:
        summary = f"{Meeting.Kind(meeting.kind).label} of {long_day(meeting.held_at)}: {meeting.decisions}"
        record_event(kind=Happening.MINUTES_RECORDED, episode=episode, record=meeting, at=at, summary=in_short(summary))


def _set_review_date(meeting: Meeting) -> None:
    """What the latest meeting agreed as the next date is the plan's review date, entered once."""
    plan = Plan.objects.filter(episode_id=meeting.episode_id).first()
    if plan is None or meeting.next_on is None or plan.review_on == meeting.next_on:
        return
    if Meeting.objects.filter(episode_id=meeting.episode_id, held_at__gt=meeting.held_at).exists():
        return
    plan.episode, plan.review_on = meeting.episode, meeting.next_on
    plan.version += 1
    plan.save(update_fields=["review_on", "version"])
    note_change(plan, f"Next review on {long_day(meeting.next_on)}")
