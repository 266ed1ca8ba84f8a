"""What a manager looks at to choose a lead practitioner: who waits, who works here, what each of them holds."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import F, Func, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baton.episodes.models import Allocation, Deadline, Episode
from baton.episodes.queries.deadlines import deadlines_in
from baton.episodes.queries.episodes import IS_HELD
from baton.episodes.queries.stories import stories_of
from baton.people.models import FamilyMember
from baton.platform.models import User
from baton.platform.roles import Role
from baton.practice.calendar import end_of
from baton.practice.deadlines import State
from baton.practice.facts import Happened
from baton.practice.happenings import Happening

ALLOCATE = "allocate"  # the clock of the waiting list, where a framework sets it
MOST_FOUND = 20
# The four dates of an allocation note, and the timescale that gives each where the framework sets one (DOR 10.1).
DATES = {
    "first_visit_on": "first_visit",
    "assessment_on": "assessment",
    "planning_meeting_on": "planning_meeting",
    "manager_review_on": "supervision",
}
LAST_STEPS = {"assessment": Happening.ASSESSMENT_AUTHORISED}  # what starts the next clock when done on its last day


class Rows(Func):
    """How many rows a subquery gives."""

    template = "(select count(*) from (%(expressions)s) counted)"
    output_field = IntegerField()


def waiting_episodes() -> QuerySet[Episode]:
    """Episodes without a lead practitioner, the oldest due first, each with its allocation clock where there is one."""
    clock = Deadline.objects.filter(episode=OuterRef("pk"), timescale=ALLOCATE, state=Deadline.State.OPEN)
    return (
        Episode.objects.filter(IS_HELD, state=Episode.State.WAITING)
        .annotate(
            lasts_until=Subquery(clock.values("lasts_until")[:1]), warn_from=Subquery(clock.values("warn_from")[:1])
        )
        .select_related("family", "team")
        .order_by(Coalesce("lasts_until", "requested_at"), "pk")
    )


def workers_with_caseloads(team_ids: Collection[int], *, at: datetime, on: date) -> QuerySet[User]:
    """The practitioners of the teams, the least busy first. One query.

    Each carries `families`, `children`, `overdue` and `due_soon`, of the families the asker may see.
    """
    here = Q(roles_held__team_id__in=team_ids) & _practises(on)
    return (
        _with_caseloads(User.objects.filter(here, is_active=True), at)
        .distinct()
        .order_by(F("families"), "family_name", "pk")
    )


def practitioners_found(words: str, *, at: datetime, on: date) -> QuerySet[User]:
    """Practitioners of any agency whose name or agency holds each word, 20 at most, with caseloads. One query."""
    found = User.objects.filter(_practises(on), is_active=True).select_related("organisation")
    for word in words.split()[:5]:
        found = found.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(organisation__name__icontains=word)
        )
    return _with_caseloads(found, at).distinct().order_by("family_name", "given_name", "pk")[:MOST_FOUND]


def practitioner(user_id: int, *, at: datetime, on: date) -> User | None:
    """One practitioner with the caseload, or None if there is no such practitioner. One query."""
    found = User.objects.filter(_practises(on), pk=user_id, is_active=True).select_related("organisation")
    return _with_caseloads(found, at).first()


def note_foreseen(episode: Episode, *, at: datetime) -> dict[str, date | int]:
    """An allocation note as far as it is known: the number of children, and the framework's dates if allocated now.

    Each step is taken to be done on its last day. What is done already, or has no timescale, is left out. Two queries.
    """
    story = stories_of([episode.pk])[0]
    story.events.append(Happened(kind=Happening.LEAD_PRACTITIONER_ALLOCATED, at=at))
    found: dict[str, date | int] = {"children": len(story.children)}
    for field, timescale in DATES.items():
        open_ones = (d for d in deadlines_in(story, at=_far(at)) if d.timescale == timescale and d.state is State.OPEN)
        due_on = next((d.due_on for d in open_ones if d.due_on), None)
        if due_on is None:
            continue
        found[field] = due_on
        if timescale in LAST_STEPS:
            story.events.append(Happened(kind=LAST_STEPS[timescale], at=end_of(due_on)))
    return found


def _far(at: datetime) -> datetime:
    """A moment at which all that is supposed here is known."""
    return at.replace(year=at.year + 1, day=min(at.day, 28))


def _practises(on: date) -> Q:
    now = Q(roles_held__from_on__lte=on) & (Q(roles_held__until_on__isnull=True) | Q(roles_held__until_on__gte=on))
    return Q(roles_held__role=Role.PRACTITIONER) & now


def _with_caseloads(users: QuerySet[User], at: datetime) -> QuerySet[User]:
    led = Allocation.objects.filter(practitioner=OuterRef("pk"), until_at__isnull=True)
    led_deeper = Allocation.objects.filter(practitioner=OuterRef(OuterRef("pk")), until_at__isnull=True)
    children = FamilyMember.objects.filter(
        part=FamilyMember.Part.CHILD, until_on__isnull=True, family__in=led_deeper.values("family")
    )
    owed = Deadline.objects.filter(owner=OuterRef("pk"), state=Deadline.State.OPEN)
    return users.annotate(
        families=_count(led),
        children=_count(children),
        overdue=_count(owed.filter(lasts_until__lt=at)),
        due_soon=_count(owed.filter(warn_from__lte=at, lasts_until__gte=at)),
    )


def _count(rows: QuerySet[Model]) -> Rows:
    return Rows(rows.values("pk"))
