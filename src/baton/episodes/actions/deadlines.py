"""The deadlines kept for episodes: derived again from events and framework, and written where they differ."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.deadlines import KEY_FIELDS, VALUE_FIELDS, Key, Values, row_of, wanted_rows
from baton.episodes.queries.stories import Story, locked, stories_of
from baton.platform.added import add_rows
from baton.platform.prepared import is_one_of, prepared

Kept = dict[Key, tuple[Values, int]]  # the values of a row, and its id
BATCH = 500
UNIQUE = ("episode", *KEY_FIELDS)
KEPT = ("pk", "episode_id", *KEY_FIELDS, *VALUE_FIELDS)

_postponed: ContextVar[bool] = ContextVar("deadlines_postponed", default=False)


def refresh_deadlines(*, episode_id: int, at: datetime) -> int:
    """Make the kept deadlines of an episode equal what the practice engine derives. Returns how many rows changed.

    The episode is locked first: of two changes made at once, the second to finish derives from both.
    """
    if _postponed.get():
        return 0
    return refresh_batch([episode_id], at=at)


def rebuild_deadlines(*, at: datetime) -> tuple[int, int]:
    """Refresh the deadlines of every episode the asker may see. Returns how many episodes and changed rows."""
    episodes = changed = 0
    for batch in _batches():
        changed += refresh_batch(batch, at=at)
        episodes += len(batch)
    return episodes, changed


def deadlines_that_differ(*, at: datetime) -> Iterator[tuple[int, str]]:
    """Where kept deadlines are not what a rebuild would give: the episode and the rule. Changes nothing."""
    for batch in _batches():
        for story, kept in _with_kept(batch):
            wanted = wanted_rows(story, at=at)
            for key in kept.keys() | wanted.keys():
                if key not in kept or key not in wanted or kept[key][0] != wanted[key]:
                    yield story.episode.pk, str(key[0])


@contextmanager
def deadlines_refreshed_later() -> Iterator[None]:
    """For loading many past actions: leave deadlines alone; the loader rebuilds them all at its end."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def refresh_batch(episode_ids: Sequence[int], *, at: datetime) -> int:
    """Refresh some episodes together, locked. Returns how many rows were written or removed. At most five queries."""
    written: list[Deadline] = []
    removed: list[int] = []
    for story, kept in _with_kept(episode_ids, lock=True):
        wanted = wanted_rows(story, at=at)
        written += [
            row_of(story, key, values) for key, values in wanted.items() if key not in kept or kept[key][0] != values
        ]
        removed += [row_id for key, (_, row_id) in kept.items() if key not in wanted]
    if removed:
        Deadline.objects.filter(pk__in=removed).delete()
    add_rows(written, once_by=UNIQUE, corrects=VALUE_FIELDS)
    return len(written) + len(removed)


def _with_kept(episode_ids: Sequence[int], *, lock: bool = False) -> Iterator[tuple[Story, Kept]]:
    if lock:
        locked(list(episode_ids))
    stories = stories_of(episode_ids)
    kept: dict[int, Kept] = {story.episode.pk: {} for story in stories}
    rows = _kept_of_one(*kept) if len(kept) == 1 else _kept_of(list(kept))
    for row_id, episode_id, *told in rows:
        key, values = tuple(told[: len(KEY_FIELDS)]), tuple(told[len(KEY_FIELDS) :])
        kept[episode_id][key] = (values, row_id)
    for story in stories:
        yield story, kept[story.episode.pk]


@prepared
def _kept_of_one(episode_id: int) -> QuerySet[Deadline, tuple[Any, ...]]:
    return Deadline.objects.filter(episode_id=episode_id).values_list(*KEPT)


@prepared
def _kept_of(ids: list[int]) -> QuerySet[Deadline, tuple[Any, ...]]:
    return Deadline.objects.filter(is_one_of("episode_id", ids)).order_by("pk").values_list(*KEPT)


def _batches() -> Iterator[list[int]]:
    last = 0
    while batch := list(Episode.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield batch
        last = batch[-1]
