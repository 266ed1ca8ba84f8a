"""Giving a family to one lead practitioner."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from baton.episodes.actions.events import record_event
from baton.episodes.models import Allocation, Episode
from baton.episodes.permissions import may_manage
from baton.episodes.policies import TO_ALLOCATE, AllocationFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, Refused, require
from baton.platform.roles import CASEWORKERS
from baton.practice.happenings import Happening

SOMEBODY_ELSE_WAS_QUICKER = (
    "Somebody else allocated this family at the same moment. Open the page again to see who leads."
)


class Dates(TypedDict, total=False):
    """The four dates of an allocation note."""

    first_visit_on: date | None
    assessment_on: date | None
    planning_meeting_on: date | None
    manager_review_on: date | None


@action(
    allowed=may_manage,
    events=(Happening.LEAD_PRACTITIONER_ALLOCATED, Happening.LEAD_PRACTITIONER_CHANGED, Happening.HANDOVER_RECORDED),
)
def allocate(
    *,
    episode: Episode,
    to: User,
    children: int,
    needs: str,
    handover: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
    **dates: Unpack[Dates],
) -> Allocation:
    """Give the family to a lead practitioner, with the allocation note (DOR 10.1). A second allocation is a transfer.

    The four dates are what the manager asks for; the framework's own deadlines stay as they are. `version` is the id of
    the allocation that held when the manager decided, 0 for none. Raises `EditedMeanwhile` when another holds now, and
    `Refused` when a policy of `TO_ALLOCATE` is not met.
    """
    episode = Episode.objects.select_for_update(no_key=True).get(pk=episode.pk)
    now = Allocation.objects.filter(episode=episode, until_at__isnull=True).select_related("allocated_by").first()
    _refuse_a_second_decision(now, version)
    require(TO_ALLOCATE, _facts(episode, now, to, handover, at))
    if now is not None:
        now.until_at = at
        now.save(update_fields=["until_at"])
    allocation = Allocation(
        episode=episode,
        family_id=episode.family_id,
        practitioner=to,
        from_at=at,
        allocated_by=by,
        children=children,
        needs=needs,
        handover=handover,
        **dates,
    )
    _save_as_the_only_one(allocation)
    _record(episode, allocation, first=now is None, at=at)
    return allocation


def _refuse_a_second_decision(now: Allocation | None, version: int | None) -> None:
    holds = now.pk if now else 0
    if now is not None and version is not None and version != holds:
        raise EditedMeanwhile({"to": str(now.practitioner_id)}, version=holds, by=now.allocated_by.name)


def _save_as_the_only_one(allocation: Allocation) -> None:
    """The database holds that nobody leads beside another, whichever way the rows came."""
    try:
        with transaction.atomic():
            allocation.save(force_insert=True)
    except IntegrityError as error:
        if "one_lead_practitioner_at_a_time" not in str(error):
            raise
        raise Refused(SOMEBODY_ELSE_WAS_QUICKER) from error


def _facts(episode: Episode, now: Allocation | None, to: User, handover: str, at: datetime) -> AllocationFacts:
    return AllocationFacts(
        episode_is_open=episode.is_open,
        practitioner_works_here=to.is_active and to.has_role(*CASEWORKERS),
        already_leads=now is not None and now.practitioner_id == to.pk,
        handover_written=bool(handover.strip()),
        has_lead=now is not None,
        follows_the_last=now is None or now.from_at <= at,
    )


def _record(episode: Episode, allocation: Allocation, *, first: bool, at: datetime) -> None:
    name = allocation.practitioner.name
    if first and episode.state == Episode.State.WAITING:
        episode.state = Episode.State.OPEN
        episode.save(update_fields=["state"])
        kind, summary = Happening.LEAD_PRACTITIONER_ALLOCATED, f"{name} is lead practitioner"
    else:
        kind, summary = Happening.LEAD_PRACTITIONER_CHANGED, f"{name} takes over as lead practitioner"
    record_event(kind=kind, episode=episode, record=allocation, at=at, summary=summary)
    if allocation.handover:
        record_event(
            kind=Happening.HANDOVER_RECORDED, episode=episode, record=allocation, at=at, summary="Handover written"
        )
