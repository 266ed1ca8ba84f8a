"""The hub's queue. A page of it costs four queries, however many requests and families there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Value

from baton.people.models import FamilyMember
from baton.platform.models import User
from baton.platform.prepared import is_one_of, prepared
from baton.requests.models import HelpRequest, RequestPerson, together
from baton.requests.queries.recognition import earlier_requests_of_many, known_in_many

ON_A_PAGE = 25
ANSWERED_SHOWN_FOR = timedelta(days=30)
OPEN = ~Q(state=HelpRequest.State.ANSWERED)
TO_TELL = Q(answered_how=HelpRequest.AnsweredHow.NOT_YET)


@dataclass(frozen=True)
class QueueRow:
    """A request that waits, with what the hub knows without opening it."""

    request: HelpRequest
    status: str  # of its clock: "upcoming", "due_soon", "overdue", or "" where the place sets no timescale
    surnames: str
    children: int
    earlier: int  # requests about the same people in the twelve months before
    is_known: bool
    has_open_episode: bool


@dataclass(frozen=True)
class HubCounts:
    """How the queue stands: requests that wait, by state and clock; and answers still to be told to the enquirer."""

    waiting: int
    screening: int
    mine: int
    overdue: int
    due_soon: int
    in_danger: int
    to_tell: int

    @property
    def open(self) -> int:
        """All that wait for an answer."""
        return self.waiting + self.screening


def hub_queue(at: datetime, page: int | str = 1, *, counts: HubCounts, of: User | None = None) -> Page[QueueRow]:
    """What waits for the hub: a child in danger first, then the oldest due, or where nothing is due the oldest.

    `counts` says how many there are; `of` narrows it to what one adviser has. Four queries; 25 requests to a page.
    """
    waiting = HelpRequest.objects.filter(OPEN) if of is None else HelpRequest.objects.filter(OPEN, screener=of)
    waiting = waiting.order_by("-child_in_danger", F("screen_due_at").asc(nulls_last=True), "received_at", "pk")
    pages = Paginator(waiting.values_list("pk", flat=True), ON_A_PAGE)
    pages.count = counts.open if of is None else counts.mine
    shown = pages.get_page(page)
    requests = {request.pk: request for request in _in_a_list(list(shown.object_list))}
    return _rows(Page([requests[pk] for pk in shown.object_list], shown.number, pages), at)  # type: ignore[arg-type]


def hub_counts(at: datetime, *, of: User | None = None) -> HubCounts:
    """How many requests wait, are being screened, late or soon late; `mine` are those `of` one adviser. Two queries."""
    return HubCounts(**_open_ones(at=at, of=of.pk if of else 0)[0], **_to_tell()[0])


@prepared
def _to_tell() -> QuerySet[HelpRequest, Any]:
    return HelpRequest.objects.filter(TO_TELL).values(all=Value(1)).annotate(to_tell=Count("pk")).values("to_tell")


@prepared
def _open_ones(at: datetime, of: int) -> QuerySet[HelpRequest, Any]:
    return (
        HelpRequest.objects.filter(OPEN)
        .values(all=Value(1))
        .annotate(
            waiting=Count("pk", filter=Q(state=HelpRequest.State.WAITING)),
            screening=Count("pk", filter=Q(state=HelpRequest.State.SCREENING)),
            mine=Count("pk", filter=Q(screener=of)),
            overdue=Count("pk", filter=Q(screen_due_at__lt=at)),
            due_soon=Count("pk", filter=Q(screen_warn_from__lte=at, screen_due_at__gte=at)),
            in_danger=Count("pk", filter=Q(child_in_danger=True)),
        )
        .values("waiting", "screening", "mine", "overdue", "due_soon", "in_danger")
    )


@prepared
def _in_a_list(ids: list[int]) -> QuerySet[HelpRequest]:
    children = RequestPerson.objects.filter(request=OuterRef("pk"), part=FamilyMember.Part.CHILD).order_by("pk")
    named = ArraySubquery(children.values("family_name"))
    return HelpRequest.objects.filter(is_one_of("pk", ids)).select_related("screener").annotate(children_named=named)


def answered_requests(at: datetime, page: int | str = 1) -> Page[HelpRequest]:
    """What the hub answered in the last thirty days, the newest first, 25 to a page. Three queries."""
    since = at - ANSWERED_SHOWN_FOR
    recent = HelpRequest.objects.filter(state=HelpRequest.State.ANSWERED, screened_at__gte=since)
    return Paginator(_for_a_list(recent).order_by("-screened_at"), ON_A_PAGE).get_page(page)


def still_to_tell() -> list[HelpRequest]:
    """Answered requests whose enquirer was not told yet, the longest waiting first, at most 25. Two queries."""
    return list(_for_a_list(HelpRequest.objects.filter(TO_TELL)).order_by("screened_at")[:ON_A_PAGE])


def clock_status(request: HelpRequest, at: datetime) -> str:
    """How a request's clock stands at a moment; nothing where its place sets no timescale."""
    if request.screen_due_at is None:
        return ""
    if at > request.screen_due_at:
        return "overdue"
    soon = request.screen_warn_from is not None and at >= request.screen_warn_from
    return "due_soon" if soon else "upcoming"


def _for_a_list(requests: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
    return requests.select_related("screener").prefetch_related("people")


def _rows(page: Page[HelpRequest], at: datetime) -> Page[QueueRow]:
    requests: list[Any] = list(page.object_list)
    ids = [request.pk for request in requests]
    earlier, known = earlier_requests_of_many(ids), known_in_many(ids)
    rows = [
        QueueRow(
            request=request,
            status=clock_status(request, at),
            surnames=together(request.children_named),
            children=len(request.children_named),
            earlier=earlier.get(request.pk, 0),
            is_known=request.pk in known,
            has_open_episode=known.get(request.pk, False),
        )
        for request in requests
    ]
    return Page(rows, page.number, page.paginator)  # type: ignore[arg-type]
