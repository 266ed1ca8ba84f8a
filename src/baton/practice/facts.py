"""What the engine is told about one episode: who it is for, what happened, and the dates a manager set."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Route = Literal["request", "step_down"]


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the episode; `date_of_birth` is None when nobody knows it."""

    id: str
    date_of_birth: date | None


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What decides which timescales apply. `flags` name exceptions such as "homeless_16_17"."""

    level: int | None
    route: Route = "request"
    children: tuple[Child, ...] = ()
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. `at` carries a timezone. `record` is the record it came from, as "visits.Visit:12".

    `for_id` is the child it was for, `tool` the tool scored, `meeting` whether a review was a meeting, `point` the
    oversight point a note is about.
    """

    kind: str
    at: datetime
    for_id: str | None = None
    tool: str | None = None
    meeting: bool | None = None
    point: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class DirectedDate:
    """A date a manager set for one deadline, instead of the framework's.

    `record`, of the event that started it, says which occurrence of a clock it is for, also after the event was
    corrected to another day; without one `started_at` does; without either it is for whichever is open.
    """

    timescale: str
    started_at: datetime | None
    for_id: str | None
    due_on: date
    reason: str
    by: str
    record: str | None = None
