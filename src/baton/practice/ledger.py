"""What is known of one episode by a moment: its events in order, each once, found by what starts and stops clocks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from baton.practice.calendar import day_of
from baton.practice.facts import Happened
from baton.practice.timescales import Trigger


class Moment(NamedTuple):
    """An event with its instant in UTC, which compares safely through clock changes, and its day in London."""

    utc: datetime
    on: date
    happened: Happened


_instant = itemgetter(0)


class Ledger:
    """The known events of an episode. The order in which they arrive, and repetition, make no difference."""

    __slots__ = ("_by_kind", "_found")

    def __init__(self, events: Iterable[Happened], *, at: datetime) -> None:
        now = at.astimezone(UTC)
        known = [moment for moment in map(_moment, events) if moment.utc <= now]
        known.sort(key=_instant)
        if len(set(map(_instant, known))) < len(known):
            known = _each_once(known)
        self._by_kind: dict[str, list[Moment]] = {}
        self._found: dict[tuple[Trigger, ...], list[Moment]] = {}
        for moment in known:
            self._by_kind.setdefault(moment.happened.kind, []).append(moment)

    def matching(self, triggers: tuple[Trigger, ...]) -> list[Moment]:
        """The events that any of the triggers accepts, earliest first."""
        found = self._found.get(triggers)
        if found is None:
            found = self._found[triggers] = self._match(triggers)
        return found

    def first(self, triggers: tuple[Trigger, ...], *, since: Moment | None = None) -> Moment | None:
        """The earliest event that matches, from another event on and other than it."""
        for moment in self.matching(triggers):
            if since is None or (moment.utc >= since.utc and moment is not since):
                return moment
        return None

    def _match(self, triggers: tuple[Trigger, ...]) -> list[Moment]:
        if len(triggers) == 1 and not triggers[0].is_narrow:
            return self._by_kind.get(triggers[0].event, [])
        found = [
            moment
            for kind in dict.fromkeys(trigger.event for trigger in triggers)
            for moment in self._by_kind.get(kind, ())
            if any(trigger.event == kind and trigger.accepts(moment.happened) for trigger in triggers)
        ]
        if len(triggers) > 1:
            found.sort(key=_order)
        return found


def _each_once(known: list[Moment]) -> list[Moment]:
    """Events of one instant in an order of their own, and repetitions left out."""
    found: list[Moment] = []
    for _, together in groupby(known, key=_instant):
        tied = list(together)
        if len(tied) > 1:
            tied.sort(key=_order)
            tied = [moment for at, moment in enumerate(tied) if at == 0 or moment != tied[at - 1]]
        found += tied
    return found


def _moment(happened: Happened) -> Moment:
    at = happened.at
    return Moment(at if at.tzinfo is UTC else at.astimezone(UTC), day_of(at), happened)


def _order(moment: Moment) -> tuple[object, ...]:
    event = moment.happened
    return (
        moment.utc,
        event.kind,
        event.for_id or "",
        event.record or "",
        event.tool or "",
        event.point or "",
        event.meeting is not None,
        bool(event.meeting),
    )
