"""The deadlines kept for an episode: derived again from its events and its framework, and written where they differ."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING

from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.deadlines import VALUE_FIELDS, derived_rows, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_postponed: ContextVar[bool] = ContextVar("deadlines_postponed", default=False)


def refresh_deadlines(*, episode_id: int, at: datetime) -> int:
    """Make the kept deadlines of an episode equal what the practice engine derives. Returns how many rows changed."""
    if _postponed.get():
        return 0
    episode = Episode.objects.get(pk=episode_id)
    kept = {key_of(row): row for row in Deadline.objects.filter(episode=episode)}
    wanted = {key_of(row): row for row in derived_rows(episode, at=at)}
    return _remove(kept, wanted) + _change(kept, wanted) + _add(kept, wanted)


@contextmanager
def deadlines_refreshed_later() -> "Iterator[None]":
    """For loading many past actions: leave deadlines alone; the loader rebuilds them all at its end."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def _remove(kept: dict[tuple[object, ...], Deadline], wanted: dict[tuple[object, ...], Deadline]) -> int:
    gone = [row.pk for key, row in kept.items() if key not in wanted]
    if gone:
        Deadline.objects.filter(pk__in=gone).delete()
    return len(gone)


def _change(kept: dict[tuple[object, ...], Deadline], wanted: dict[tuple[object, ...], Deadline]) -> int:
    changed = []
    for key, row in kept.items():
        new = wanted.get(key)
        if new is not None and any(getattr(row, f) != getattr(new, f) for f in VALUE_FIELDS):
            new.pk = row.pk
            changed.append(new)
    if changed:
        Deadline.objects.bulk_update(changed, VALUE_FIELDS)
    return len(changed)


def _add(kept: dict[tuple[object, ...], Deadline], wanted: dict[tuple[object, ...], Deadline]) -> int:
    new = [row for key, row in wanted.items() if key not in kept]
    Deadline.objects.bulk_create(new)
    return len(new)


