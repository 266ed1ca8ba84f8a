"""What the hub finds out about a request before it decides: who the people are, and whether the family agrees."""

from datetime import datetime

from baton.people.models import Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.permissions import may_screen
from baton.requests.policies import HoldingFacts, request_is_not_answered


@action(allowed=may_screen)
def link_person(*, named: RequestPerson, person: Person | None, by: User, at: datetime) -> RequestPerson:
    """Say that somebody named in a request is a person we know; None takes it back. Raises `Refused` once answered."""
    _require_open(_locked(named.request_id), by)
    named.person = person
    named.save(update_fields=["person"])
    return named


@action(allowed=may_screen)
def record_agreement(
    *,
    request: HelpRequest,
    consent: str,
    consent_by: str = "",
    consent_method: str = "",
    consent_notes: str = "",
    by: User,
    at: datetime,
) -> HelpRequest:
    """Write down what the family said when the hub asked them (DOR 5.1).

    Raises `Refused` once the request is answered, and for agreement without who gave it and how.
    """
    request = _locked(request.pk)
    _require_open(request, by)
    if consent == HelpRequest.ConsentState.GIVEN and not (consent_by.strip() and consent_method):
        raise Refused("Write who agreed and how they said so.")
    request.consent, request.consent_by = consent, consent_by
    request.consent_method, request.consent_notes = consent_method, consent_notes
    request.consent_at = at if consent == HelpRequest.ConsentState.GIVEN else None
    request.save(update_fields=["consent", "consent_by", "consent_method", "consent_notes", "consent_at"])
    return request


def _locked(request_id: int) -> HelpRequest:
    return HelpRequest.objects.select_for_update().get(pk=request_id)


def _require_open(request: HelpRequest, by: User) -> None:
    facts = HoldingFacts(request.is_answered, held_by_me=request.screener_id == by.pk, held_by_colleague=False)
    require((request_is_not_answered,), facts)
