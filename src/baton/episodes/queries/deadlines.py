"""Deadlines: derived by the practice engine, for the pages that explain them and the rows that are kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baton.episodes.models import Allocation, Deadline, DirectedDate, Episode, Event
from baton.people.models import FamilyMember
from baton.practice import deadlines as engine
from baton.practice.facts import Child, EpisodeFacts, Happened
from baton.practice.facts import DirectedDate as DateSet
from baton.practice.frameworks import Framework
from baton.practice.loading import load_framework

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


@dataclass
class Story:
    """All that the deadlines of one episode depend on."""

    episode: Episode
    children: list[Child] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    dates_set: list[DateSet] = field(default_factory=list)
    lead_id: int | None = None

    @property
    def framework(self) -> Framework:
        return framework_of(self.episode)

    @property
    def facts(self) -> EpisodeFacts:
        return EpisodeFacts(
            level=self.episode.level,
            route="step_down" if self.episode.route == Episode.Route.STEP_DOWN else "request",
            children=tuple(self.children),
            flags=frozenset(self.episode.flags),
        )


def framework_of(episode: Episode) -> Framework:
    """The framework version the episode began under."""
    return load_framework(episode.framework_place, version=episode.framework_version)


def stories_of(episodes: Sequence[Episode]) -> list[Story]:
    """What happened in each of the episodes, events oldest first. Four queries, however many episodes."""
    stories = {episode.pk: Story(episode) for episode in episodes}
    _add_children(stories)
    _add_events(stories)
    _add_dates_set(stories)
    leads = Allocation.objects.filter(episode__in=stories, until_at__isnull=True).values_list(
        "episode_id", "practitioner_id"
    )
    for episode_id, practitioner_id in leads:
        stories[episode_id].lead_id = practitioner_id
    return list(stories.values())


def story_from(
    episode: Episode, *, members: Iterable[FamilyMember], events: Iterable[Event], lead_id: int | None
) -> Story:
    """The story of an episode from records that a page has read already. One query, for the dates managers set."""
    young = (each for each in members if each.part == FamilyMember.Part.CHILD and each.until_on is None)
    children = sorted(young, key=lambda member: member.person_id)
    story = Story(
        episode=episode,
        children=[Child(id=str(child.person_id), date_of_birth=child.person.date_of_birth) for child in children],
        events=[
            _happened(
                each.kind, each.at, each.person_id, each.tool, each.meeting, each.point, each.record, each.record_id
            )
            for each in sorted(events, key=lambda event: (event.at, event.pk))
        ],
        lead_id=lead_id,
    )
    _add_dates_set({episode.pk: story})
    return story


def explained(episode: Episode, *, at: datetime) -> tuple[engine.Deadline, ...]:
    """Every deadline of the episode with its explanation, as things stand at a moment. Four queries."""
    return deadlines_in(stories_of([episode])[0], at=at)


def explained_row(row: Deadline, *, at: datetime) -> engine.Deadline | None:
    """The explanation of one kept row, which brings its episode; None if it is no longer derived. Four queries."""
    same = [each for each in explained(row.episode, at=at) if key_of(_row(Story(row.episode), each)) == key_of(row)]
    return next((each for each in same if each.state == row.state), same[0] if same else None)


def deadlines_in(story: Story, *, at: datetime) -> tuple[engine.Deadline, ...]:
    """Every deadline of a story, as things stand at a moment. No query."""
    return engine.deadlines(story.framework, story.facts, story.events, at=at, directed=story.dates_set)


def derived_rows(story: Story, *, at: datetime) -> dict[tuple[object, ...], Deadline]:
    """The rows to keep, by key: what is due, was due or stays undone; nothing that has not started. No query.

    All that is recorded counts, also what somebody else recorded a moment after `at` and committed first. Where one
    record starts two turns of a clock at the same instant, the row tells of the one still open.
    """
    known = max([at, *(happened.at for happened in story.events)])
    rows: dict[tuple[object, ...], Deadline] = {}
    for derived in deadlines_in(story, at=known):
        if derived.state.value in URGENCY:
            row = _row(story, derived)
            beside = rows.get(key_of(row))
            if beside is None or URGENCY.index(row.state) <= URGENCY.index(beside.state):
                rows[key_of(row)] = row
    return rows


def key_of(row: Deadline) -> tuple[object, ...]:
    """What tells one deadline of an episode from another: the rule, for whom, and what started this turn of its clock.

    The record tells two visits of the same minute apart.
    """
    return tuple(getattr(row, name) for name in KEY_FIELDS)


def key_of_derived(derived: engine.Deadline) -> tuple[object, ...]:
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


def _add_children(stories: dict[int, Story]) -> None:
    by_family = defaultdict(list)
    for story in stories.values():
        by_family[story.episode.family_id].append(story)
    members = FamilyMember.objects.filter(
        family_id__in=by_family, part=FamilyMember.Part.CHILD, until_on__isnull=True
    ).values_list("family_id", "person_id", "person__date_of_birth")
    for family_id, person_id, born in members.order_by("person_id"):
        for story in by_family[family_id]:
            story.children.append(Child(id=str(person_id), date_of_birth=born))


def _add_events(stories: dict[int, Story]) -> None:
    rows: Iterable[Any] = (
        Event.objects.filter(episode__in=stories)
        .order_by("at", "id")
        .values_list("episode_id", "kind", "at", "person_id", "tool", "meeting", "point", "record", "record_id")
    )
    for episode_id, *values in rows:
        stories[episode_id].events.append(_happened(*values))


def _happened(
    kind: str,
    at: datetime,
    person_id: int | None,
    tool: str,
    meeting: bool | None,
    point: str,
    record: str,
    record_id: int,
) -> Happened:
    return Happened(
        kind=kind,
        at=at,
        for_id=str(person_id) if person_id else None,
        tool=tool or None,
        meeting=meeting,
        point=point or None,
        record=f"{record}:{record_id}",
    )


def _add_dates_set(stories: dict[int, Story]) -> None:
    for row in DirectedDate.objects.filter(episode__in=stories).select_related("by"):
        stories[row.episode_id].dates_set.append(
            DateSet(
                timescale=row.timescale,
                started_at=row.started_at,
                for_id=str(row.person_id) if row.person_id else None,
                due_on=row.due_on,
                reason=row.reason,
                by=row.by.name,
                record=f"{row.record}:{row.record_id}" if row.record else None,
            )
        )


def _row(story: Story, derived: engine.Deadline) -> Deadline:
    episode = story.episode
    return Deadline(
        episode=episode,
        family_id=episode.family_id,
        team_id=episode.team_id,
        owner_id=story.lead_id if derived.owed_by == "lead_practitioner" else None,
        **dict(zip(KEY_FIELDS, key_of_derived(derived), strict=True)),
        owed_by=derived.owed_by,
        title=derived.title,
        due_on=derived.due_on,
        due_at=derived.due_at,
        lasts_until=derived.lasts_until,
        warn_from=derived.warn_from,
        framework_lasts_until=derived.framework_lasts_until,
        state=derived.state,
        met_at=derived.met_at,
    )
