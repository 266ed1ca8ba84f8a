"""What waits for a practitioner and for a manager, list by list: one query each, which the caller cuts short.

Each takes the person, the teams they manage and the moment, needed or not, so that a home page can be made of any.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value

from baton.assessments.models import Assessment
from baton.consent.models import Consent, Refusal
from baton.episodes.models import Allocation, Deadline, Episode, Event
from baton.episodes.queries.allocation import waiting_episodes
from baton.plans.models import Closure, PlanAction
from baton.platform.prepared import is_one_of
from baton.practice.happenings import Happening
from baton.visits.models import Visit

WITHDRAWAL, REFUSAL = "withdrawal", "refusal"


def my_families(user: int, teams: list[int], at: datetime) -> QuerySet[Allocation]:
    """The families the person leads, next deadline first, each with `next_title`, `next_until` and `last_visit_at`."""
    next_due = Deadline.objects.filter(
        episode=OuterRef("episode"),
        owner=OuterRef("practitioner"),
        state=Deadline.State.OPEN,
        lasts_until__isnull=False,
    ).order_by("lasts_until", "id")
    visits = Event.objects.filter(episode=OuterRef("episode"), kind=Happening.VISIT_MADE).order_by("-at")
    return (
        Allocation.objects.filter(practitioner=user, until_at__isnull=True)
        .select_related("family", "episode")
        .annotate(
            next_title=Subquery(next_due.values("title")[:1]),
            next_until=Subquery(next_due.values("lasts_until")[:1]),
            next_warn=Subquery(next_due.values("warn_from")[:1]),
            last_visit_at=Subquery(visits.values("at")[:1]),
        )
        .order_by(F("next_until").asc(nulls_last=True), "family__name", "id")
    )


def my_planned_visits(user: int, teams: list[int], at: datetime) -> QuerySet[Visit]:
    """The person's planned visits, soonest first; one that has passed waits to be recorded."""
    planned = Visit.objects.filter(practitioner=user, state=Visit.State.PLANNED)
    return planned.select_related("family").order_by("planned_for", "id")


def my_sent_back(user: int, teams: list[int], at: datetime) -> QuerySet[Episode]:
    """Where a manager sent an assessment or a proposal to close back to who leads, the oldest help first.

    Each with `returned_assessment`, the id of an assessment sent back, or none, and with its closure.
    """
    returned = Assessment.objects.filter(episode=OuterRef("pk"), state=Assessment.State.RETURNED)
    led = Allocation.objects.filter(practitioner=user, until_at__isnull=True)
    found = Episode.objects.filter(pk__in=led.values("episode"))
    return (
        found.annotate(returned_assessment=Subquery(returned.values("pk")[:1]))
        .filter(
            Q(returned_assessment__isnull=False) | Q(closure__returned_because__gt="", closure__closed_at__isnull=True)
        )
        .select_related("family", "closure__returned_by")
        .order_by("opened_at", "id")
    )


def my_actions(user: int, teams: list[int], at: datetime) -> QuerySet[PlanAction]:
    """What the person promised in plans and has not done, soonest first."""
    mine = PlanAction.objects.filter(owner_user=user, done_on__isnull=True)
    open_ones = mine.filter(goal__plan__episode__state=Episode.State.OPEN)
    return open_ones.select_related("family", "goal__plan").order_by("due_on", "id")


def waiting_to_allocate(user: int, teams: list[int], at: datetime) -> QuerySet[Episode]:
    """Families of the manager's teams that wait for a lead practitioner, oldest due first."""
    return waiting_episodes().filter(is_one_of("team_id", teams))


def assessments_to_authorise(user: int, teams: list[int], at: datetime) -> QuerySet[Assessment]:
    """Assessments of the manager's teams that wait for the manager, longest waiting first."""
    submitted = Assessment.objects.filter(is_one_of("episode__team_id", teams), state=Assessment.State.SUBMITTED)
    return submitted.select_related("family", "submitted_by").order_by("submitted_at", "id")


def closures_to_decide(user: int, teams: list[int], at: datetime) -> QuerySet[Closure]:
    """Closures proposed in the manager's teams and not answered, longest waiting first."""
    open_ones = Closure.objects.filter(closed_at__isnull=True, returned_because="", episode__state=Episode.State.OPEN)
    of_teams = open_ones.filter(is_one_of("episode__team_id", teams))
    return of_teams.select_related("family", "episode", "proposed_by").order_by("proposed_at", "id")


def agreement_to_consider(user: int, teams: list[int], at: datetime) -> "QuerySet[Any, dict[str, Any]]":
    """What a manager has to consider in families of their teams, longest waiting first, in one query.

    Agreement that was withdrawn: what one person withdrew is considered together, so it is one row. And who does not
    agree, where a manager was asked to consider it. Each with `of`, `record`, `name` (of the family), `who`, `since`,
    `about_purpose`, `about_organisation` and `of_family`.
    """
    withdrawn = Consent.objects.filter(withdrawn_at__isnull=False, considered_at__isnull=True)
    of_teams = withdrawn.filter(is_one_of("family__team_id", teams))
    first = of_teams.order_by("family", "person", "given_by", "withdrawn_at", "pk")
    ones = Consent.objects.filter(pk__in=first.distinct("family", "person", "given_by").values("pk"))
    refused = Refusal.objects.filter(
        is_one_of("family__team_id", teams),
        follows=Refusal.Follows.MANAGER,
        considered_at__isnull=True,
        superseded_by__isnull=True,
    )
    both = _to_consider(ones, WITHDRAWAL, who="given_by", since="withdrawn_at").union(
        _to_consider(refused, REFUSAL, who="said_by", since="asked_at"), all=True
    )
    return both.order_by("since", "of", "record")


def _to_consider(found: "QuerySet[Any]", of: str, *, who: str, since: str) -> "QuerySet[Any, dict[str, Any]]":
    told = {"of": Value(of), "record": F("pk"), "name": F("family__name"), "who": F(who), "since": F(since)}
    about = {"about_purpose": F("purpose"), "about_organisation": F("organisation"), "of_family": F("family_id")}
    return found.order_by().values(**told, **about)


def is_past(visit: Visit, at: datetime) -> bool:
    """Whether a planned visit should have happened by now."""
    return visit.planned_for is not None and visit.planned_for < at
