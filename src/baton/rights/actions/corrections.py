"""Asking for a record to be put right, and deciding on it."""

from datetime import date, datetime

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.calendar import day_of
from baton.rights.models import Correction
from baton.rights.permissions import may_ask_for_correction, may_decide_correction
from baton.rights.policies.corrections import TO_ASK, TO_DECIDE, CorrectionFacts


@action(allowed=may_ask_for_correction)
def ask_for_correction(
    *, family_id: int, asked_by: str, said_wrong: str, received_on: date, by: User, at: datetime
) -> Correction:
    """Write down what somebody says is wrong. Raises `Refused` by `TO_ASK`."""
    require(TO_ASK, CorrectionFacts(on=received_on, today=day_of(at), received_on=received_on))
    told = {"asked_by": asked_by, "said_wrong": said_wrong, "received_on": received_on}
    return Correction.objects.create(family_id=family_id, **told, registered_at=at, registered_by=by)


@action(allowed=may_decide_correction)
def decide_correction(
    *, correction: Correction, decision: str, because: str, statement: str, told_on: date, by: User, at: datetime
) -> Correction:
    """Say what was put right, or why not; then what they say stays with the record. Raises `Refused` by `TO_DECIDE`."""
    now = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
    facts = CorrectionFacts(
        on=told_on, today=day_of(at), received_on=now.received_on, is_decided=now.decided_at is not None
    )
    require(TO_DECIDE, facts)
    now.decision, now.because, now.statement, now.told_on = decision, because, statement, told_on
    now.decided_by, now.decided_at = by, at
    now.save()
    return now
