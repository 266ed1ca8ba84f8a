"""Deadlines: derived by the practice engine, and read from where they are kept."""

from datetime import datetime
from typing import Any

from baton.episodes.models import Allocation, Deadline, DirectedDate, Episode, Event
from baton.people.queries import children_of
from baton.practice import deadlines as engine
from baton.practice.facts import Child, DirectedDate as SetDate, EpisodeFacts, Happened
from baton.practice.frameworks import Framework, load_framework

KEY_FIELDS = ("timescale", "person_id", "started_at")
VALUE_FIELDS = (
    "team_id",
    "owner_id",
    "owed_by",
    "title",
    "due_on",
    "due_at",
    "lasts_until",
    "warn_from",
    "framework_lasts_until",
    "state",
    "met_at",
)


def key_of(row: Deadline) -> tuple[object, ...]:
    """What tells one deadline of an episode from another: the rule, for whom, and which turn of its clock."""
    return tuple(getattr(row, name) for name in KEY_FIELDS)


def framework_of(episode: Episode) -> Framework:
    """The framework version the episode began under."""
    return load_framework(episode.framework_place, version=episode.framework_version)


def facts_of(episode: Episode) -> EpisodeFacts:
    """What the engine needs to know of the episode. One query."""
    children = tuple(
        Child(id=str(member.person_id), date_of_birth=member.person.date_of_birth)
        for member in children_of(episode.family_id)
    )
    return EpisodeFacts(level=episode.level, route=episode.route, children=children, flags=frozenset(episode.flags))


def happened_in(episode: Episode) -> list[Happened]:
    """The episode's events as the engine reads them, oldest first. One query."""
    return [
        Happened(
            kind=event.kind,
            at=event.at,
            for_id=str(event.person_id) if event.person_id else None,
            tool=event.tool or None,
            meeting=event.meeting,
            point=event.point or None,
            record=f"{event.record}:{event.record_id}",
        )
        for event in Event.objects.filter(episode=episode).order_by("at", "id")
    ]


def dates_set_for(episode: Episode) -> list[SetDate]:
    """The dates managers set for this episode's deadlines. One query."""
    return [
        SetDate(
            timescale=row.timescale,
            started_at=row.started_at,
            for_id=str(row.person_id) if row.person_id else None,
            due_on=row.due_on,
            reason=row.reason,
            by=row.by.name,
        )
        for row in DirectedDate.objects.filter(episode=episode).select_related("by")
    ]


def explained(episode: Episode, *, at: datetime) -> tuple[engine.Deadline, ...]:
    """Every deadline of the episode with its explanation, as things stand at a moment. Three queries."""
    return engine.deadlines(
        framework_of(episode), facts_of(episode), happened_in(episode), at=at, directed=dates_set_for(episode)
    )


def derived_rows(episode: Episode, *, at: datetime) -> list[Deadline]:
    """The rows that should be kept for the episode: what is due, was due or stays undone. Nothing that has not started."""
    lead = Allocation.objects.filter(episode=episode, until_at__isnull=True).values_list("practitioner_id", flat=True).first()
    rows: dict[tuple[object, ...], Deadline] = {}
    for derived in explained(episode, at=at):
        if derived.state in Deadline.State.values:
            row = _row(episode, derived, lead)
            rows[key_of(row)] = row
    return list(rows.values())


def _row(episode: Episode, derived: engine.Deadline, lead: int | None) -> Deadline:
    values: dict[str, Any] = {
        "timescale": derived.timescale,
        "person_id": int(derived.for_id) if derived.for_id else None,
        "started_at": derived.started_by.at if derived.started_by else None,
        "owed_by": derived.owed_by,
        "title": derived.title,
        "due_on": derived.due_on,
        "due_at": derived.due_at,
        "lasts_until": derived.lasts_until,
        "warn_from": derived.warn_from,
        "framework_lasts_until": derived.framework_lasts_until,
        "state": derived.state,
        "met_at": derived.met_at,
    }
    owner = lead if derived.owed_by == "lead_practitioner" else None
    return Deadline(episode=episode, family_id=episode.family_id, team_id=episode.team_id, owner_id=owner, **values)
