"""A timescale as a framework states it: who owes what, which events start and stop its clock, rival readings."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from baton.practice.citations import Source
from baton.practice.facts import Child, EpisodeFacts, Happened
from baton.practice.happenings import Happening
from baton.practice.spans import Span, Unit

StopsWhen = Literal["any", "all"]


class Clock(StrEnum):
    """How often a timescale's clock runs in one episode."""

    ONCE = "once"
    EACH = "each"
    REPEATING = "repeating"
    BETWEEN = "between"


class Scope(StrEnum):
    """What a timescale is counted for. Only those of an episode give an episode a deadline."""

    EPISODE = "episode"
    TEAM = "team"
    LOCALITY = "locality"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """An event that starts or stops a clock. Tools, meeting and point narrow it down; None asks for nothing.

    Each is equal to itself only, which makes looking one up quick.
    """

    event: Happening
    tools: frozenset[str] | None = None
    meeting: bool | None = None
    point: str | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether the trigger asks for more than the kind of event."""
        return self.tools is not None or self.meeting is not None or self.point is not None

    def accepts(self, happened: Happened) -> bool:
        """Whether an event of this kind also meets the conditions. A review counts as a meeting unless it says not."""
        if self.tools is not None and happened.tool not in self.tools:
            return False
        if self.meeting is not None and (happened.meeting is not False) is not self.meeting:
            return False
        return self.point is None or happened.point == self.point


@dataclass(frozen=True, slots=True)
class Applies:
    """To which episodes and children a timescale applies; None and empty mean all."""

    levels: frozenset[int] | None = None
    routes: frozenset[str] | None = None
    age_from: int | None = None
    unless_flags: frozenset[str] = frozenset()
    for_each_child: bool = False
    otherwise: str = ""

    def level_is_awaited(self, episode: EpisodeFacts) -> bool:
        """Whether the answer depends on a level of need that nobody has decided yet."""
        return self.levels is not None and episode.level is None

    def excludes(self, episode: EpisodeFacts) -> bool:
        """Whether the timescale is not for this episode."""
        wrong_level = self.levels is not None and episode.level is not None and episode.level not in self.levels
        wrong_route = self.routes is not None and episode.route not in self.routes
        return wrong_level or wrong_route or bool(self.unless_flags & episode.flags)

    def persons(self, episode: EpisodeFacts) -> tuple[Child | None, ...]:
        """For whom a deadline is kept: each child, or None for the whole episode."""
        return episode.children if self.for_each_child else (None,)


EVERYONE = Applies()


@dataclass(frozen=True, slots=True)
class Rival:
    """Another reading of the same timescale. What it leaves out is as in the adopted reading."""

    within: Span | None
    source: Source
    note: str = ""
    starts_with: tuple[Trigger, ...] = ()
    age_from: int | None = None

    @property
    def amount(self) -> int | None:
        """The number, None when the reading differs in something else."""
        return self.within.amount if self.within else None

    @property
    def unit(self) -> Unit | None:
        """What the number counts."""
        return self.within.unit if self.within else None


@dataclass(frozen=True)
class Timescale:
    """A rule with a clock. One of `within`, `due_with` (due the day of another event) and `comes_first` is set."""

    id: str
    title: str
    says: str
    theme: str
    owed_by: str
    scope: Scope
    clock: Clock
    starts_with: tuple[Trigger, ...]
    stops_with: tuple[Trigger, ...]
    stops_when: StopsWhen
    ends_with: tuple[Trigger, ...]
    within: Span | None
    due_with: tuple[Trigger, ...]
    comes_first: bool
    warn: Span
    applies: Applies
    source: Source
    also: tuple[Source, ...]
    rivals: tuple[Rival, ...]
    in_force_from: date
    in_force_until: date | None
    checked_on: date

    @property
    def amount(self) -> int | None:
        """The adopted number, None where the deadline is another event."""
        return self.within.amount if self.within else None

    @property
    def unit(self) -> Unit | None:
        """What the number counts."""
        return self.within.unit if self.within else None

    @property
    def repeats(self) -> bool:
        """Whether every stop starts the clock again."""
        return self.clock in (Clock.REPEATING, Clock.BETWEEN)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every paragraph that gives the adopted reading."""
        return (self.source, *self.also)

    def is_in_force(self, day: date) -> bool:
        """Whether a clock that starts on this day runs under this rule."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)
