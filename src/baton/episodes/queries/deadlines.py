"""Deadlines: derived by the practice engine, for the pages that explain them and the rows that are kept."""

from datetime import datetime

from baton.episodes.models import Deadline, Episode
from baton.episodes.queries.stories import Story, stories_of
from baton.practice import deadlines as engine

Key = tuple[object, ...]
Values = tuple[object, ...]

KEY_FIELDS = ("timescale", "person_id", "started_at", "record", "record_id")
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
URGENCY = (Deadline.State.OPEN, Deadline.State.ENDED_UNMET, Deadline.State.MET_LATE, Deadline.State.MET)


def explained(episode: Episode, *, at: datetime) -> tuple[engine.Deadline, ...]:
    """Every deadline of the episode with its explanation, as things stand at a moment. Two queries."""
    return deadlines_in(stories_of([episode.pk])[0], at=at)


def explained_row(row: Deadline, *, at: datetime) -> engine.Deadline | None:
    """The explanation of one kept row, which brings its episode; None if it is no longer derived. Two queries."""
    same = [each for each in explained(row.episode, at=at) if key_of_derived(each) == key_of(row)]
    return next((each for each in same if each.state == row.state), same[0] if same else None)


def deadlines_in(story: Story, *, at: datetime) -> tuple[engine.Deadline, ...]:
    """Every deadline of a story, as things stand at a moment. No query."""
    return engine.deadlines(story.framework, story.facts, story.events, at=at, directed=story.dates_set)


def wanted_rows(story: Story, *, at: datetime) -> dict[Key, Values]:
    """The rows to keep, values by key: what is due, was due or stays undone; nothing that has not started. No query.

    All that is recorded counts, also what somebody else recorded a moment after `at` and committed first. Where one
    record starts two turns of a clock at the same instant, the row tells of the one still open.
    """
    known = max([at, *(happened.at for happened in story.events)])
    kept: dict[Key, engine.Deadline] = {}
    for derived in deadlines_in(story, at=known):
        if derived.state.value in URGENCY:
            key = key_of_derived(derived)
            beside = kept.get(key)
            if beside is None or URGENCY.index(derived.state) <= URGENCY.index(beside.state):
                kept[key] = derived
    return {key: _values(story, derived) for key, derived in kept.items()}


def row_of(story: Story, key: Key, values: Values) -> Deadline:
    """The row that keeps a deadline of an episode."""
    told = zip((*KEY_FIELDS, *VALUE_FIELDS), (*key, *values), strict=True)
    return Deadline(episode_id=story.episode.pk, family_id=story.episode.family_id, **dict(told))


def key_of(row: Deadline) -> Key:
    """What tells one deadline of an episode from another: the rule, for whom, and what started this turn of its clock.

    The record tells two visits of the same minute apart.
    """
    return tuple(getattr(row, name) for name in KEY_FIELDS)


def key_of_derived(derived: engine.Deadline) -> Key:
    """What `key_of` will say of the row that is kept of a derived deadline."""
    started = derived.started_by
    record, _, record_id = ((started and started.record) or "").partition(":")
    return (
        derived.timescale,
        int(derived.for_id) if derived.for_id else None,
        started.at if started else None,
        record,
        int(record_id) if record_id else None,
    )


def _values(story: Story, derived: engine.Deadline) -> Values:
    """In the order of `VALUE_FIELDS`."""
    return (
        story.episode.team_id,
        story.lead_id if derived.owed_by == "lead_practitioner" else None,
        derived.owed_by,
        derived.title,
        derived.due_on,
        derived.due_at,
        derived.lasts_until,
        derived.warn_from,
        derived.framework_lasts_until,
        derived.state,
        derived.met_at,
    )
