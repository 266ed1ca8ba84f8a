"""Who in the hub has a request."""

from datetime import datetime

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.requests.models import HelpRequest
from baton.requests.permissions import may_screen
from baton.requests.policies import TO_GIVE_BACK, TO_TAKE, HoldingFacts


@action(allowed=may_screen)
def take(*, request: HelpRequest, from_colleague: bool = False, by: User, at: datetime) -> HelpRequest:
    """Take a request to screen it; `from_colleague` takes it over. Raises `Refused` by `TO_TAKE`."""
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    require(TO_TAKE, _facts(request, by, from_colleague=from_colleague))
    if request.screener_id != by.pk:
        request.screener, request.screening_started_at = by, at
        request.state = HelpRequest.State.SCREENING
        request.save(update_fields=["screener", "screening_started_at", "state"])
    return request


@action(allowed=may_screen)
def give_back(*, request: HelpRequest, by: User, at: datetime) -> HelpRequest:
    """Give a request back to the queue. Raises `Refused` by `TO_GIVE_BACK`."""
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    require(TO_GIVE_BACK, _facts(request, by))
    request.screener, request.screening_started_at = None, None
    request.state = HelpRequest.State.WAITING
    request.save(update_fields=["screener", "screening_started_at", "state"])
    return request


def _facts(request: HelpRequest, by: User, *, from_colleague: bool = False) -> HoldingFacts:
    return HoldingFacts(
        is_answered=request.is_answered,
        held_by_me=request.screener_id == by.pk,
        held_by_colleague=request.screener_id not in (None, by.pk),
        from_colleague=from_colleague,
    )
