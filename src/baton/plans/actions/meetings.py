"""Recording planning meetings, reviews with and without a meeting, and ending meetings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import NamedTuple

from baton.episodes.actions import note_correction, record_event
from baton.episodes.models import Episode
from baton.plans.actions.revisions import in_short, locked_episode, note_change
from baton.plans.models import Attendance, Meeting, Plan
from baton.plans.permissions import may_correct_meeting, may_plan
from baton.plans.policies.meetings import TO_CORRECT_MEETING, TO_RECORD_MEETING, MeetingFacts
from baton.plans.queries.meetings import what_stands
from baton.plans.queries.reviews import review_asked
from baton.platform.actions import action
from baton.platform.dates_in_words import long_day
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening

HELD = {Meeting.Kind.PLANNING: Happening.PLANNING_MEETING_HELD, Meeting.Kind.REVIEW: Happening.REVIEW_HELD}
OF_A_MEETING = (*HELD.values(), Happening.MINUTES_RECORDED, Happening.PLAN_REVISED)
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


@action(allowed=may_plan, events=OF_A_MEETING)
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
    meeting = Meeting(episode=episode, family_id=episode.family_id, recorded_by=by, recorded_at=at)
    _write(meeting, minutes)
    require(TO_RECORD_MEETING, _facts(meeting, people, today=day_of(at)))
    meeting.save()
    _write_people(meeting, people)
    _record(meeting, people, minuted_at=at)
    _set_review_date(meeting)
    return meeting


@action(allowed=may_correct_meeting, events=OF_A_MEETING)
def correct_meeting(
    *,
    meeting: Meeting,
    minutes: Minutes,
    people: Sequence[Attending],
    because: str,
    version: int,
    by: User,
    at: datetime,
) -> Meeting:
    """Correct what was written down of a meeting or a review; its events and deadlines follow.

    What stood before is kept with who changed it, when and why. What kind of meeting it was, and whether people met,
    stays. A corrected next date becomes the plan's where the plan still says the old one. Raises `Refused` by
    `TO_CORRECT_MEETING` or when the reason is wanting, and `EditedMeanwhile` when somebody saved it since `version`.
    """
    episode = locked_episode(meeting.episode_id)
    meeting = Meeting.objects.select_related("changed_by").get(pk=meeting.pk)
    meeting.episode = episode
    if meeting.version != version:
        name = meeting.changed_by.name if meeting.changed_by else "Somebody else"
        raise EditedMeanwhile(as_typed(meeting), version=meeting.version, by=name)
    before, next_before = what_stands(meeting), meeting.next_on
    _write(meeting, replace(minutes, kind=meeting.kind, met=meeting.met))
    require(TO_CORRECT_MEETING, _facts(meeting, people, today=day_of(at)))
    meeting.changed_by, meeting.version = by, version + 1
    meeting.save()
    Attendance.objects.filter(meeting=meeting).delete()
    _write_people(meeting, people)
    after = what_stands(meeting)
    note_correction(episode=episode, record=meeting, before=before, after=after, because=because, by=by, at=at)
    _record(meeting, people, minuted_at=meeting.recorded_at if meeting.recorded_at >= meeting.held_at else at)
    if meeting.next_on != next_before and episode.is_open:
        _set_review_date(meeting, instead_of=next_before)
    return meeting


def as_typed(meeting: Meeting) -> dict[str, object]:
    """What stands in a meeting, by the names of its form."""
    typed: dict[str, object] = {each.name: getattr(meeting, each.name) for each in fields(Minutes)}
    invited, came, row = [], [], 0
    for each in meeting.attendances.all():
        if each.person_id:
            invited.append(str(each.person_id))
            came += [str(each.person_id)] if each.came else []
            typed[f"update_from_{each.person_id}"] = each.update
        else:
            for name in ("name", "agency", "came", "update"):
                typed[f"{name}_{row}"] = getattr(each, name)
            row += 1
    return typed | {"invited": invited, "came": came}


def _write(meeting: Meeting, minutes: Minutes) -> None:
    told = asdict(minutes) | {name: " ".join(getattr(minutes, name).split()) for name in ("chair", "note_taker")}
    for name, value in told.items():
        setattr(meeting, name, value)


def _write_people(meeting: Meeting, people: Sequence[Attending]) -> None:
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, family_id=meeting.family_id, **each._asdict()) for each in people
    )


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
        help_ended_on=day_of(meeting.episode.ended_at) if meeting.episode.ended_at else None,
    )


def _record(meeting: Meeting, people: Sequence[Attending], *, minuted_at: datetime) -> None:
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
        kind, summary = Happening.MINUTES_RECORDED, in_short(summary)
        record_event(kind=kind, episode=episode, record=meeting, at=minuted_at, summary=summary)


def _set_review_date(meeting: Meeting, *, instead_of: date | None = None) -> None:
    """What the latest meeting agreed as the next date is the plan's review date, entered once.

    A corrected date counts only where the plan still says the one it stands `instead_of`.
    """
    plan = Plan.objects.filter(episode_id=meeting.episode_id).first()
    if plan is None or meeting.next_on is None or plan.review_on == meeting.next_on:
        return
    if instead_of not in (None, plan.review_on):
        return
    if Meeting.objects.filter(episode_id=meeting.episode_id, held_at__gt=meeting.held_at).exists():
        return
    plan.episode, plan.review_on = meeting.episode, meeting.next_on
    plan.version += 1
    plan.save(update_fields=["review_on", "version"])
    note_change(plan, f"Next review on {long_day(meeting.next_on)}")
