"""Reads an episode with its events from JSON, and writes deadlines as JSON. What is wrong is named with its place."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast, get_args

from baton.practice.deadlines import Deadline
from baton.practice.facts import Child, EpisodeFacts, Happened, Route
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.rivals import RivalDue

Kind = TypeVar("Kind")
EPISODE_KEYS = ("level", "route", "children", "flags")
CHILD_KEYS = ("id", "date_of_birth")
EVENT_KEYS = ("kind", "at", "for", "tool", "meeting", "point", "record")
TYPE_NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}


class JsonError(ValueError):
    """The JSON does not say what it should; the message names the place and what to write there."""


def read_episode(text: str) -> tuple[EpisodeFacts, tuple[Happened, ...]]:
    """The episode and its events. Raises JsonError."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise JsonError(f"The file is not JSON: {error}") from error
    whole = _keys(found, "the file", ("episode", "events"))
    events = _get(whole, "events", list, "the file") or []
    episode = _episode(_get(whole, "episode", dict, "the file", needed=True))
    return episode, tuple(_event(each, f"events[{at}]") for at, each in enumerate(events))


def unknown_tools(framework: Framework, events: tuple[Happened, ...]) -> tuple[str, ...]:
    """The tools that events name and the framework does not have; such events stop no clock that asks for a tool."""
    known = {name for tool in framework.tools for name in (tool.id, *tool.known_as)}
    return tuple(sorted({event.tool for event in events if event.tool and event.tool not in known}))


def as_json(deadlines: tuple[Deadline, ...]) -> str:
    """Deadlines as a JSON list."""
    return json.dumps([_written(deadline) for deadline in deadlines], ensure_ascii=False, indent=2)


def _written(deadline: Deadline) -> dict[str, object]:
    started = deadline.started_by
    return {
        "timescale": deadline.timescale,
        "title": deadline.title,
        "owed_by": deadline.owed_by,
        "for": deadline.for_id,
        "started_by": {"kind": started.kind, "at": started.at.isoformat()} if started else None,
        **_due(deadline.due_on, deadline.due_at),
        "status": deadline.status.value,
        "met_at": deadline.met_at.isoformat() if deadline.met_at else None,
        "source": {"document": deadline.source.document, "paragraph": deadline.source.paragraph},
        "rivals": [_rival(rival) for rival in deadline.rivals],
        "explanation": deadline.explanation,
    }


def _rival(rival: RivalDue) -> dict[str, object]:
    earliest = {"earliest_on": rival.earliest_on.isoformat()} if rival.earliest_on else {}
    needed = {} if rival.is_needed else {"is_needed": False}
    source = {"document": rival.source.document, "paragraph": rival.source.paragraph}
    return {**_due(rival.due_on, rival.due_at), **earliest, **needed, "source": source, "note": rival.reading.note}


def _due(due_on: date | None, due_at: datetime | None) -> dict[str, str | None]:
    if due_at is not None:
        return {"due_at": due_at.isoformat()}
    return {"due_on": due_on.isoformat() if due_on else None}


def _episode(found: Mapping[str, Any]) -> EpisodeFacts:
    place = "episode"
    _keys(found, place, EPISODE_KEYS)
    route = _get(found, "route", str, place) or "request"
    if route not in get_args(Route):
        raise JsonError(f'{place}.route is "{route}"; write one of {", ".join(get_args(Route))}')
    children = _get(found, "children", list, place) or []
    flags = _get(found, "flags", list, place) or []
    if not all(isinstance(flag, str) for flag in flags):
        raise JsonError(f"{place}.flags is not a list of texts")
    return EpisodeFacts(
        level=_get(found, "level", int, place),
        route=cast("Route", route),
        children=tuple(_child(each, f"{place}.children[{at}]") for at, each in enumerate(children)),
        flags=frozenset(flags),
    )


def _child(found: object, place: str) -> Child:
    child = _keys(found, place, CHILD_KEYS)
    name, born = _get(child, "id", str, place, needed=True), _get(child, "date_of_birth", str, place)
    try:
        return Child(name, date.fromisoformat(born) if born else None)
    except ValueError as error:
        raise JsonError(f'{place}.date_of_birth is "{born}"; write it as 2013-05-01') from error


def _event(found: object, place: str) -> Happened:
    event = _keys(found, place, EVENT_KEYS)
    kind = _get(event, "kind", str, place, needed=True)
    if kind not in set(Happening):
        raise JsonError(f'{place}.kind is "{kind}", which is not a kind of event; use one of {", ".join(Happening)}')
    return Happened(
        kind,
        _instant(_get(event, "at", str, place, needed=True), f"{place}.at"),
        for_id=_get(event, "for", str, place),
        tool=_tool(_get(event, "tool", str, place)),
        meeting=_get(event, "meeting", bool, place),
        point=_get(event, "point", str, place),
        record=_get(event, "record", str, place),
    )


def _tool(written: str | None) -> str | None:
    return written.strip().lower().replace("-", "_").replace(" ", "_") if written else None


def _instant(written: str, place: str) -> datetime:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise JsonError(f'{place} is "{written}"; write it as 2026-10-05T09:30:00+01:00') from error
    if instant.tzinfo is None:
        raise JsonError(f'{place} is "{written}", which has no timezone; end it with +00:00, +01:00 or Z')
    return instant


def _keys(found: object, place: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise JsonError(f"{place} is not an object; write it in braces")
    unknown = sorted(found.keys() - set(known))
    if unknown:
        raise JsonError(f'{place} has an unknown key "{unknown[0]}"; the keys are {", ".join(known)}')
    return found


def _get(found: Mapping[str, Any], key: str, kind: type[Kind], place: str, *, needed: bool = False) -> Any:
    value = found.get(key)
    if value is None and not needed:
        return None
    if value is None:
        raise JsonError(f'{place} has no "{key}"')
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise JsonError(f"{place}.{key} is not {TYPE_NAMES[kind]}")
    return value
