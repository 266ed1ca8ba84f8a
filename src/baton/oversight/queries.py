"""Reads of what managers added, and of what they owe."""

from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.stories import framework_of
from baton.oversight.models import OversightNote, SignOff, Supervision
from baton.practice.happenings import Happening

MOST_SHOWN = 200


def notes_of(episode: Episode) -> list[OversightNote]:
    """The managers' notes of an episode, newest first. One query."""
    return list(OversightNote.objects.filter(episode=episode).select_related("by").order_by("-at", "-pk")[:MOST_SHOWN])


def supervisions_of(episode: Episode) -> list[Supervision]:
    """The discussions of an episode in supervision, newest first. One query."""
    found = Supervision.objects.filter(episode=episode).select_related("by", "practitioner")
    return list(found.order_by("-held_at", "-pk")[:MOST_SHOWN])


def sign_offs_of(episode: Episode) -> list[SignOff]:
    """The senior sign-offs of an episode, newest first. One query."""
    return list(SignOff.objects.filter(episode=episode).select_related("by").order_by("-at", "-pk")[:MOST_SHOWN])


def points_owed(episode: Episode) -> dict[str, Deadline]:
    """The points at which oversight is owed now, the first due first, each with its deadline. One query."""
    points = {prompt.timescale.id: prompt.id for prompt in framework_of(episode).oversight}
    owed = Deadline.objects.filter(episode=episode, timescale__in=points, state=Deadline.State.OPEN)
    found: dict[str, Deadline] = {}
    for deadline in owed.order_by("lasts_until", "pk"):
        found.setdefault(points[deadline.timescale], deadline)
    return found


def asks_for_sign_off(episode: Episode) -> bool:
    """Whether the framework has a limit that only a senior manager's sign-off lifts. No query."""
    return any(
        trigger.event == Happening.SENIOR_SIGN_OFF_GIVEN
        for rule in framework_of(episode).timescales
        for trigger in rule.stops_with
    )
