"""Giving a family to one lead practitioner."""

from datetime import date, datetime

from baton.episodes.actions.events import record_event
from baton.episodes.models import Allocation, Episode
from baton.episodes.permissions import may_manage
from baton.episodes.policies import TO_ALLOCATE, AllocationFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.platform.roles import CASEWORKERS
from baton.practice.happenings import Happening


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
    first_visit_on: date | None = None,
    assessment_on: date | None = None,
    planning_meeting_on: date | None = None,
    manager_review_on: date | None = None,
    handover: str = "",
    by: User,
    at: datetime,
) -> Allocation:
    """Give the family to a lead practitioner, with the allocation note (DOR 10.1). A second allocation is a transfer.

    The four dates are what the manager asks for; the framework's own deadlines stay as they are.
    Raises `Refused` when a policy of `TO_ALLOCATE` is not met.
    """
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    now = Allocation.objects.filter(episode=episode, until_at__isnull=True).first()
    require(TO_ALLOCATE, _facts(episode, now, to, handover))
    if now is not None:
        now.until_at = at
        now.save(update_fields=["until_at"])
    allocation = Allocation.objects.create(
        episode=episode,
        family_id=episode.family_id,
        practitioner=to,
        from_at=at,
        allocated_by=by,
        children=children,
        needs=needs,
        first_visit_on=first_visit_on,
        assessment_on=assessment_on,
        planning_meeting_on=planning_meeting_on,
        manager_review_on=manager_review_on,
        handover=handover,
    )
    _record(episode, allocation, first=now is None, at=at)
    return allocation


def _facts(episode: Episode, now: Allocation | None, to: User, handover: str) -> AllocationFacts:
    return AllocationFacts(
        episode_is_open=episode.is_open,
        practitioner_works_here=to.is_active and to.has_role(*CASEWORKERS),
        already_leads=now is not None and now.practitioner_id == to.pk,
        handover_written=bool(handover.strip()),
        has_lead=now is not None,
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
