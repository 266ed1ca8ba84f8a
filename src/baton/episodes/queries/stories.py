"""What the deadlines of an episode depend on: its facts, its children, what happened, and dates that managers set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from baton.episodes.models import Allocation, DirectedDate, Episode, Event
from baton.people.models import FamilyMember
from baton.platform.prepared import is_one_of, prepared
from baton.practice.facts import Child, EpisodeFacts, Happened
from baton.practice.facts import DirectedDate as DateSet
from baton.practice.frameworks import Framework
from baton.practice.loading import load_framework

TOLD = ("kind", "person_id", "tool", "meeting", "point", "record", "record_id")


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


def stories_of(episode_ids: Sequence[int]) -> list[Story]:
    """What happened in each of the episodes, events oldest first. One query, however many episodes."""
    told = _told_of_one(episode_ids[0]) if len(episode_ids) == 1 else _told_of(list(episode_ids))
    return [_story(episode) for episode in told]


@prepared
def locked(ids: list[int]) -> QuerySet[Episode, int]:
    """Hold the episodes until the transaction ends; what is read afterwards is what others have committed."""
    held = Episode.objects.filter(is_one_of("pk", ids)).order_by("pk")
    return held.select_for_update(no_key=True).values_list("pk", flat=True)


def story_from(
    episode: Episode, *, members: Iterable[FamilyMember], events: Iterable[Event], lead_id: int | None
) -> Story:
    """The story of an episode from records that a page has read already; the episode carries `DATES_SET`. No query."""
    now = (each for each in members if each.until_on is None and each.person.died_on is None)
    young = (each for each in now if each.part == FamilyMember.Part.CHILD)
    children = sorted(young, key=lambda member: member.person_id)
    return Story(
        episode=episode,
        children=[Child(id=str(child.person_id), date_of_birth=child.person.date_of_birth) for child in children],
        events=[
            _happened(at=each.at, **{name: getattr(each, name) for name in TOLD})
            for each in sorted(events, key=lambda event: (event.at, event.pk))
        ],
        dates_set=_dates_set(episode),
        lead_id=lead_id,
    )


DATES_SET = ArraySubquery(
    DirectedDate.objects.filter(episode=OuterRef("pk"))
    .order_by("pk")
    .values(
        json=JSONObject(
            timescale="timescale",
            person_id="person_id",
            started_at="started_at",
            record="record",
            record_id="record_id",
            due_on="due_on",
            reason="reason",
            given_name="by__given_name",
            family_name="by__family_name",
        )
    )
)
CHILDREN = ArraySubquery(
    FamilyMember.objects.filter(family=OuterRef("family"), part=FamilyMember.Part.CHILD, until_on__isnull=True)
    .filter(person__died_on__isnull=True)  # nobody is asked to see a child who has died
    .order_by("person_id")
    .values(json=JSONObject(id="person_id", born="person__date_of_birth"))
)
EVENTS = ArraySubquery(
    Event.objects.filter(episode=OuterRef("pk"))
    .order_by("at", "id")
    .values(json=JSONObject(**{name: name for name in (*TOLD, "at")}))
)
LEAD = Subquery(Allocation.objects.filter(episode=OuterRef("pk"), until_at__isnull=True).values("practitioner_id")[:1])


def _telling() -> Any:
    return Episode.objects.annotate(dates_set=DATES_SET, children_now=CHILDREN, happened=EVENTS, lead_id=LEAD)


@prepared
def _told_of_one(episode_id: int) -> QuerySet[Episode]:
    """For a list PostgreSQL plans anew each time, guessing at its length; for one it keeps the plan."""
    return cast("QuerySet[Episode]", _telling().filter(pk=episode_id))


@prepared
def _told_of(ids: list[int]) -> QuerySet[Episode]:
    return cast("QuerySet[Episode]", _telling().filter(is_one_of("pk", ids)).order_by("pk"))


def _story(episode: Any) -> Story:
    return Story(
        episode=episode,
        children=[Child(id=str(child["id"]), date_of_birth=_day(child["born"])) for child in episode.children_now],
        events=[_happened(**each | {"at": datetime.fromisoformat(each["at"])}) for each in episode.happened],
        dates_set=_dates_set(episode),
        lead_id=episode.lead_id,
    )


def _happened(*, at: datetime, **told: Any) -> Happened:
    """One event; `told` are the fields named in `TOLD`."""
    return Happened(
        kind=told["kind"],
        at=at,
        for_id=str(told["person_id"]) if told["person_id"] else None,
        tool=told["tool"] or None,
        meeting=told["meeting"],
        point=told["point"] or None,
        record=f"{told['record']}:{told['record_id']}",
    )


def _dates_set(episode: Any) -> list[DateSet]:
    return [
        DateSet(
            timescale=each["timescale"],
            started_at=datetime.fromisoformat(each["started_at"]) if each["started_at"] else None,
            for_id=str(each["person_id"]) if each["person_id"] else None,
            due_on=date.fromisoformat(each["due_on"]),
            reason=each["reason"],
            by=f"{each['given_name']} {each['family_name']}",
            record=f"{each['record']}:{each['record_id']}" if each["record"] else None,
        )
        for each in episode.dates_set
    ]


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
