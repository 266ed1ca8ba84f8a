"""The deadlines kept for episodes: derived again from events and framework, and written where they differ."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from operator import attrgetter

from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.deadlines import KEY_FIELDS, VALUE_FIELDS, Story, derived_rows, key_of, stories_of

Rows = dict[tuple[object, ...], Deadline]
BATCH = 500
UNIQUE = ("episode", *KEY_FIELDS)
VALUES = attrgetter(*VALUE_FIELDS)

_postponed: ContextVar[bool] = ContextVar("deadlines_postponed", default=False)


def refresh_deadlines(*, episode_id: int, at: datetime) -> int:
    """Make the kept deadlines of an episode equal what the practice engine derives. Returns how many rows changed.

    The episode is locked first: of two changes made at once, the second to finish derives from both.
    """
    if _postponed.get():
        return 0
    return refresh_batch(Episode.objects.select_for_update(no_key=True).filter(pk=episode_id), at=at)


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
            wanted = derived_rows(story, at=at)
            for key in kept.keys() ^ wanted.keys():
                yield story.episode.pk, str(key[0])
            for key in kept.keys() & wanted.keys():
                if _differs(kept[key], wanted[key]):
                    yield story.episode.pk, str(key[0])


@contextmanager
def deadlines_refreshed_later() -> Iterator[None]:
    """For loading many past actions: leave deadlines alone; the loader rebuilds them all at its end."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def refresh_batch(episodes: Iterable[Episode], *, at: datetime) -> int:
    """Refresh some episodes together. Returns how many rows were written or removed. At most eight queries."""
    written: list[Deadline] = []
    removed: list[int] = []
    for story, kept in _with_kept(episodes):
        wanted = derived_rows(story, at=at)
        written += [row for key, row in wanted.items() if key not in kept or _differs(kept[key], row)]
        removed += [row.pk for key, row in kept.items() if key not in wanted]
    if removed:
        Deadline.objects.filter(pk__in=removed).delete()
    Deadline.objects.bulk_create(
        written, batch_size=BATCH * 4, update_conflicts=True, unique_fields=UNIQUE, update_fields=VALUE_FIELDS
    )
    return len(written) + len(removed)


def _with_kept(episodes: Iterable[Episode]) -> Iterator[tuple[Story, Rows]]:
    stories = stories_of(list(episodes))
    kept: dict[int, Rows] = {story.episode.pk: {} for story in stories}
    for row in Deadline.objects.filter(episode__in=kept):
        kept[row.episode_id][key_of(row)] = row
    for story in stories:
        yield story, kept[story.episode.pk]


def _differs(kept: Deadline, wanted: Deadline) -> bool:
    return bool(VALUES(kept) != VALUES(wanted))


def _batches() -> Iterator[Sequence[Episode]]:
    last = 0
    while batch := list(Episode.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
