"""All that the page of one family shows, gathered in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from baton.assessments.models import Assessment
from baton.consent.models import Consent, Refusal
from baton.episodes.models import Allocation, Deadline, Episode, Event
from baton.episodes.queries.deadlines import KEY_FIELDS, deadlines_in, key_of
from baton.episodes.queries.stories import DATES_SET, Story, story_from
from baton.people.models import Family, FamilyMember
from baton.people.queries import members_on
from baton.plans.models import Goal
from baton.platform.models import User
from baton.platform.prepared import is_one_of, prepared
from baton.practice import deadlines as engine
from baton.practice.happenings import Happening
from baton.requests.models import HelpRequest
from baton.visits.models import Visit

MOST_EPISODES = 20
MOST_CONSENTS = 20
MOST_REQUESTS = 10
LATEST = 8
WRITING_UP = (Happening.VISIT_RECORDED, Happening.MINUTES_RECORDED)  # told in full on the timeline, left out in short


@dataclass(frozen=True)
class FamilyRecord:
    """What is known of a family: who is in it, the episode that is open or was the last, and what happened in that."""

    family: Family
    members: Sequence[FamilyMember]
    episodes: Sequence[Episode]
    allocations: Sequence[Allocation]
    story: Story | None
    latest: Sequence[Event]
    goals: Sequence[Goal]
    consents: Sequence[Consent]
    refusals: Sequence[Refusal]
    requests: Sequence[HelpRequest]
    visits: Sequence[Visit]

    @property
    def episode(self) -> Episode | None:
        """The open episode, else the last."""
        return self.episodes[0] if self.episodes else None

    @property
    def lead_now(self) -> Allocation | None:
        """Who leads the work now."""
        return next((each for each in self.allocations if each.until_at is None), None)

    @property
    def lead(self) -> User | None:
        """The lead practitioner now."""
        return self.lead_now.practitioner if self.lead_now else None

    def deadlines(self, *, at: datetime) -> tuple[engine.Deadline, ...]:
        """Every deadline of the episode, explained. No query."""
        return deadlines_in(self.story, at=at) if self.story else ()


def family_record(family: Family, *, on: date) -> FamilyRecord:
    """The whole record of one family that the asker may see. Ten queries, fewer where no episode was opened."""
    members = members_on(family.pk, on=on)
    episodes = episodes_of(family.pk)
    allocations = allocations_in([each.pk for each in episodes])
    episode = episodes[0] if episodes else None
    events = _events_in(episode.pk) if episode else []
    story = (
        story_from(episode, members=members, events=events, lead_id=_lead_id(episode, allocations)) if episode else None
    )
    return FamilyRecord(
        family=family,
        members=members,
        episodes=episodes,
        allocations=allocations,
        story=story,
        latest=[event for event in events[::-1] if event.kind not in WRITING_UP][:LATEST],
        goals=_goals_of(episode.pk) if episode else [],
        consents=_consents_of(family.pk),
        refusals=_refusals_of(family.pk),
        requests=_requests_of(family.pk),
        visits=_planned_visits(episode.pk) if episode else [],
    )


def lead_of(episode: Episode | None) -> User | None:
    """Who leads an episode now. One query."""
    now = Allocation.objects.filter(episode=episode, until_at__isnull=True).select_related("practitioner").first()
    return now.practitioner if now else None


def deadline_ids(episode: Episode) -> dict[tuple[object, ...], int]:
    """The kept rows of an episode's open deadlines, by what tells one from another. One query."""
    rows = Deadline.objects.filter(episode=episode, state=Deadline.State.OPEN).only("pk", *KEY_FIELDS)
    return {key_of(row): row.pk for row in rows}


@prepared
def episodes_of(family_id: int) -> QuerySet[Episode]:
    """The family's episodes, the open one first, then the newest, with plan, closure and the newest assessment.

    Twenty at most, with the dates that managers set. One query.
    """
    newest = Assessment.objects.filter(episode=OuterRef("pk")).order_by("-number")
    return (
        Episode.objects.filter(family_id=family_id)
        .select_related("team", "plan", "closure")
        .annotate(
            assessment_id=Subquery(newest.values("pk")[:1]),
            assessment_state=Subquery(newest.values("state")[:1]),
            assessment_at=Subquery(newest.values("authorised_at")[:1]),
            is_over=Q(ended_at__isnull=False),
            dates_set=DATES_SET,
        )
        .order_by("is_over", "-opened_at", "-id")[:MOST_EPISODES]
    )


@prepared
def allocations_in(episode_ids: list[int]) -> QuerySet[Allocation]:
    """Who led these episodes and when, newest first. One query."""
    led = is_one_of("episode_id", episode_ids)
    found = Allocation.objects.filter(led).select_related("practitioner__organisation")
    return found.order_by("-from_at", "-id")


@prepared
def _events_in(episode_id: int) -> QuerySet[Event]:
    """Without what no page shows of the people named: a family's events are many, and read each time."""
    found = Event.objects.filter(episode=episode_id).select_related("recorded_by", "person").order_by("at", "id")
    return found.only(
        *(field.name for field in Event._meta.concrete_fields),
        *("recorded_by__given_name", "recorded_by__family_name", "person__given_name"),
    )


@prepared
def _consents_of(family_id: int) -> QuerySet[Consent]:
    return Consent.objects.filter(family=family_id, purpose=Consent.Purpose.HELP).order_by("-given_at", "-id")[
        :MOST_CONSENTS
    ]


@prepared
def _refusals_of(family_id: int) -> QuerySet[Refusal]:
    asked = Refusal.objects.filter(family=family_id, purpose=Consent.Purpose.HELP, superseded_by__isnull=True)
    return asked.order_by("-asked_at", "-id")[:MOST_CONSENTS]


@prepared
def _requests_of(family_id: int) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(family=family_id).order_by("-received_at")[:MOST_REQUESTS]


@prepared
def _goals_of(episode_id: int) -> QuerySet[Goal]:
    wanted = Goal.objects.filter(plan__episode=episode_id)
    return wanted.annotate(
        actions_planned=Count("actions"), actions_done=Count("actions", filter=Q(actions__done_on__isnull=False))
    ).order_by("position", "id")


@prepared
def _planned_visits(episode_id: int) -> QuerySet[Visit]:
    planned = Visit.objects.filter(episode=episode_id, state=Visit.State.PLANNED).select_related("practitioner")
    return planned.order_by("planned_for", "id")[:3]


def _lead_id(episode: Episode, allocations: Sequence[Allocation]) -> int | None:
    leads = (each.practitioner_id for each in allocations if each.until_at is None and each.episode_id == episode.pk)
    return next(leads, None)
