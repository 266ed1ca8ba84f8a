"""Answering the enquirer afterwards, where a child's safety came first."""

from datetime import datetime

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.requests.models import HelpRequest
from baton.requests.permissions import may_screen
from baton.requests.policies import TO_TELL, TellingFacts


@action(allowed=may_screen)
def tell_enquirer(*, request: HelpRequest, answer: str, answered_how: str, by: User, at: datetime) -> HelpRequest:
    """Write what the enquirer was told after the request was passed to social care. Raises `Refused` by `TO_TELL`."""
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    facts = TellingFacts(
        is_answered=request.is_answered,
        still_to_tell=request.answered_how == HelpRequest.AnsweredHow.NOT_YET,
        answer_is_written=bool(answer.strip()),
    )
    require(TO_TELL, facts)
    request.answer, request.answered_how = answer, answered_how
    request.save(update_fields=["answer", "answered_how"])
    return request
