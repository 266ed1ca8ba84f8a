"""Meetings and reviews in words."""

from dataclasses import dataclass

from django.urls import reverse

from baton.episodes.models import Episode
from baton.plans.models import Attendance, Meeting
from baton.platform.dates_in_words import day, moment
from baton.platform.jinja import url_if_any

UPDATES = "updates"  # the address of a review that collects updates instead of a meeting
TITLES = {
    Meeting.Kind.PLANNING: "Planning meeting",
    Meeting.Kind.REVIEW: "Review meeting",
    UPDATES: "Review by collected updates",
    Meeting.Kind.ENDING: "Ending meeting",
}


LABELS = {
    "held_at": "When",
    "people": "Who was asked",
    "chair": "Chair",
    "note_taker": "Notes by",
    "childs_voice": "Whose voice the children had",
    "childs_views": "What the children think",
    "discussed": "What was talked about",
    "decision": "Decision",
    "decisions": "What was decided",
    "shared_back": "How everybody heard",
    "next_on": "Next review",
}


@dataclass(frozen=True)
class WayOn:
    """What a decision leads to."""

    text: str
    href: str


def title_of(meeting: Meeting) -> str:
    """What the meeting was."""
    return TITLES[Meeting.Kind(meeting.kind) if meeting.met else UPDATES]


def line_of(meeting: Meeting) -> str:
    """Who came and what was decided, in one line of a list."""
    asked = list(meeting.attendances.all())
    came = sum(1 for each in asked if each.came)
    said = f"{came} of {len(asked)} {'came' if meeting.met else 'sent an update'}"
    return f"{said}. {Meeting.Decision(meeting.decision).label}" if meeting.decision else said


def facts_of_meeting(meeting: Meeting) -> list[tuple[str, str]]:
    """The rows of a meeting's summary."""
    rows = [("When", moment(meeting.held_at))]
    if meeting.met:
        rows += [("Chair", meeting.chair), ("Notes by", meeting.note_taker)]
    if meeting.decision:
        rows.append(("Decision", Meeting.Decision(meeting.decision).label))
    if meeting.next_on:
        rows.append(("Next review", day(meeting.next_on)))
    return [*rows, ("Written down", f"{moment(meeting.recorded_at)}, by {meeting.recorded_by.name}")]


def texts_of(meeting: Meeting) -> list[tuple[str, str]]:
    """What was written, each under its heading."""
    voice = Meeting.Voice(meeting.childs_voice).label if meeting.childs_voice else "Not said"
    texts = [
        (f"What the children think: {voice[:1].lower()}{voice[1:]}", meeting.childs_views),
        ("What was talked about" if meeting.met else "What the updates say together", meeting.discussed),
        ("What was decided", meeting.decisions),
        ("How everybody heard", meeting.shared_back),
    ]
    return [(heading, text) for heading, text in texts if text]


def name_and_agency(person: Attendance) -> str:
    """As one line."""
    return f"{person.name}, {person.agency}" if person.agency else person.name


def ways_on(meeting: Meeting) -> list[WayOn]:
    """What the decision asks for next; nothing once help has ended."""
    episode: Episode = meeting.episode
    if not episode.is_open:
        return []
    plan = WayOn("Bring the plan up to date", reverse("plan", args=[episode.pk]))
    scores = WayOn("Score again", url_if_any("score-tool", episode.pk))
    close = WayOn("Propose to close", reverse("propose-closure", args=[episode.pk]))
    step_up = WayOn("Step up to social care", url_if_any("step-up", episode.pk))
    ending = WayOn("Record the ending meeting", reverse("record-meeting", args=[episode.pk, Meeting.Kind.ENDING.value]))
    ways = {
        Meeting.Decision.CONTINUE: [plan, scores],
        Meeting.Decision.STEP_UP: [step_up, plan],
        Meeting.Decision.STEP_DOWN: [plan, scores],
        Meeting.Decision.CLOSE: [ending, scores, close],
    }
    if meeting.kind == Meeting.Kind.ENDING:
        return [close]
    found = ways[Meeting.Decision(meeting.decision)] if meeting.decision else [plan]
    if meeting.kind == Meeting.Kind.REVIEW:
        found = [WayOn("Ask again who agrees", url_if_any("renew-consents", episode.family_id)), *found]
    return [way for way in found if way.href]
