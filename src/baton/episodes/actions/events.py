"""Writing down what happened, once, from the record it came from."""

from datetime import datetime

from django.db import models

from baton.episodes.actions.deadlines import refresh_deadlines
from baton.episodes.models import Episode, Event
from baton.people.models import Person
from baton.platform.actions import at_end_of_action, current_action
from baton.platform.added import add_rows
from baton.practice.happenings import Happening

UNIQUE = ("record", "record_id", "kind", "person")
CORRECTED = ("episode", "family", "at", "tool", "meeting", "point", "summary")


def record_event(
    *,
    kind: Happening,
    episode: Episode,
    record: models.Model,
    at: datetime,
    summary: str = "",
    person: Person | None = None,
    tool: str = "",
    meeting: bool | None = None,
    point: str = "",
) -> None:
    """Record, or correct, the event of one kind that comes from a record (for one person, if it is about one).

    Only an action that names the kind in its `events` may. The episode's deadlines are refreshed once, when the action
    ends.
    """
    told = event_of(
        kind=kind,
        episode=episode,
        record=record,
        at=at,
        summary=summary,
        person=person,
        tool=tool,
        meeting=meeting,
        point=point,
    )
    record_events([told])


def record_events(told: list[Event]) -> None:
    """Record, or correct, several events, each made by `event_of`, as `record_event` does. One statement."""
    for event in told:
        _refuse_unnamed(Happening(event.kind))
        refresh_at_end(event.episode)
    # One statement, also when two actions tell of the same record; who recorded it first, and when, stays.
    add_rows(told, once_by=UNIQUE, corrects=CORRECTED)


def event_of(
    *,
    kind: Happening,
    episode: Episode,
    record: models.Model,
    at: datetime,
    summary: str = "",
    person: Person | None = None,
    tool: str = "",
    meeting: bool | None = None,
    point: str = "",
) -> Event:
    """The event of one kind that comes from a record, told by the action under way; not yet recorded."""
    underway = current_action()
    return Event(
        record=record._meta.db_table,
        record_id=record.pk,
        kind=kind,
        person=person,
        episode=episode,
        family_id=episode.family_id,
        at=at,
        tool=tool,
        meeting=meeting,
        point=point,
        summary=summary[:300],
        recorded_at=underway.at,
        recorded_by=underway.by,
    )


def take_back_event(*, kind: Happening, episode: Episode, record: models.Model, person: Person | None = None) -> None:
    """Take an event back that a corrected record no longer tells: a visit that failed after all was not made."""
    _refuse_unnamed(kind)
    table = record._meta.db_table
    Event.objects.filter(record=table, record_id=record.pk, kind=kind, person=person).delete()
    refresh_at_end(episode)


def _refuse_unnamed(kind: Happening) -> None:
    if not any(kind in allowed for allowed in current_action().allowed_events):
        raise RuntimeError(f"No action under way records {kind}.")


def refresh_at_end(episode: Episode) -> None:
    """Refresh the episode's deadlines once, when the outermost action ends."""
    at = current_action().at

    def refresh() -> None:
        refresh_deadlines(episode_id=episode.pk, at=at)

    at_end_of_action(("deadlines", episode.pk), refresh)


def refresh_for_family(family_id: int) -> None:
    """Refresh the deadlines of the family's open episode, if it has one, when the outermost action ends."""
    for episode in Episode.objects.filter(family_id=family_id, state__in=[Episode.State.WAITING, Episode.State.OPEN]):
        refresh_at_end(episode)
