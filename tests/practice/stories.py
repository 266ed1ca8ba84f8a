"""Short ways to tell what happened in an invented episode, and to ask for one of its deadlines."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from baton.practice.deadlines import Deadline, deadlines
from baton.practice.facts import Child, DirectedDate, EpisodeFacts, Happened
from baton.practice.loading import load_framework

LONDON = ZoneInfo("Europe/London")
LEVEL_2 = EpisodeFacts(level=2)
LEVEL_3 = EpisodeFacts(level=3)
STEP_DOWN = EpisodeFacts(level=3, route="step_down")


def at(written: str) -> datetime:
    """A London instant from "2026-10-05" (half past nine) or "2026-10-05 14:00"."""
    return datetime.fromisoformat(written if " " in written else f"{written} 09:30").replace(tzinfo=LONDON)


def day(written: str) -> date:
    return date.fromisoformat(written)


def happened(kind: str, when: str, **more: Any) -> Happened:
    return Happened(kind, at(when), **more)


def story(*events: tuple[str, str]) -> list[Happened]:
    """Plain events as pairs of kind and time."""
    return [happened(kind, when) for kind, when in events]


def all_deadlines(
    place: str, events: list[Happened], *, on: str = "2027-06-01", episode: EpisodeFacts = LEVEL_3, **more: Any
) -> tuple[Deadline, ...]:
    return deadlines(load_framework(place), episode, events, at=at(on), **more)


def found(place: str, timescale: str, events: list[Happened], **more: Any) -> list[Deadline]:
    return [each for each in all_deadlines(place, events, **more) if each.timescale == timescale]


def one(place: str, timescale: str, events: list[Happened], **more: Any) -> Deadline:
    (only,) = found(place, timescale, events, **more)
    return only


def child(name: str, born: str | None) -> Child:
    return Child(name, day(born) if born else None)


def directed(timescale: str, due_on: str, **more: Any) -> DirectedDate:
    told = {"started_at": None, "for_id": None, "reason": "the family is away", "by": "Manager Example"}
    return DirectedDate(timescale=timescale, due_on=day(due_on), **{**told, **more})
