"""Requests as those who sent them, and those who hold the family, see them."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.platform import drafts
from baton.platform.models import Draft, Submission, Team, User
from baton.requests.models import HelpRequest

ON_A_PAGE = 20


def get_request(request_id: int) -> HelpRequest:
    """The request with its people, if the asker may see it; `Http404` otherwise. Two queries."""
    found = HelpRequest.objects.select_related("screener", "team", "family", "episode").prefetch_related("people")
    return get_object_or_404(found, pk=request_id)


def get_sent_request(reference: str, *, holder: str) -> HelpRequest:
    """The request this holder sent under a reference; `Http404` otherwise."""
    return get_object_or_404(HelpRequest, reference=reference, holder=holder)


def requests_sent_by(user: User, page: int | str = 1) -> Page[HelpRequest]:
    """The requests somebody sent and how they were answered, newest first, twenty to a page. Three queries."""
    sent = HelpRequest.objects.filter(created_by=user).select_related("screener").prefetch_related("people")
    return Paginator(sent.order_by("-received_at"), ON_A_PAGE).get_page(page)


def requests_of_family(family_id: int) -> QuerySet[HelpRequest]:
    """The requests that were attached to a family, newest first, for a page to cut short. Two queries."""
    found = HelpRequest.objects.filter(family_id=family_id).select_related("screener").prefetch_related("people")
    return found.order_by("-received_at", "-id")


def started_by(holder: str, *, under: str) -> list[Draft]:
    """The half-typed answers of every request this holder has started, by path. One query."""
    return drafts.kept_under(holder=holder, path=under)


def sending_of(key: UUID, *, holder: str) -> str:
    """Where the sender of a request was led once it was sent; nothing while it was not. One query."""
    return Submission.objects.filter(key=key, holder=holder).values_list("location", flat=True).first() or ""


def teams_for_families() -> QuerySet[Team]:
    """The teams that can hold a family, by name."""
    return Team.objects.exclude(kind=Team.Kind.HUB).order_by("name")
