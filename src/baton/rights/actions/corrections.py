"""Asking for a record to be put right, and deciding on it."""

from datetime import date, datetime

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.calendar import day_of
from baton.rights.models import Correction
from baton.rights.permissions import may_ask_for_correction, may_decide_correction
from baton.rights.policies.corrections import TO_ASK, TO_DECIDE, CorrectionFacts
from baton.rights.queries.corrections import THE_WHOLE, About, is_of_family


@action(allowed=may_ask_for_correction)
def ask_for_correction(
    *,
    family_id: int,
    asked_by: str,
    said_wrong: str,
    received_on: date,
    about: About = THE_WHOLE,
    by: User,
    at: datetime,
) -> Correction:
    """Write down what somebody says is wrong, and what it is about. Raises `Refused` by `TO_ASK`."""
    facts = CorrectionFacts(
        on=received_on, today=day_of(at), received_on=received_on, is_of_the_family=is_of_family(about, family_id)
    )
    require(TO_ASK, facts)
    told = {"asked_by": asked_by, "said_wrong": said_wrong, "received_on": received_on}
    return Correction.objects.create(
        family_id=family_id,
        person_id=about.person_id,
        subject=about.subject,
        record=about.record,
        record_id=about.record_id,
        about=about.title,
        **told,
        registered_at=at,
        registered_by=by,
    )


@action(allowed=may_decide_correction)
def decide_correction(
    *, correction: Correction, decision: str, because: str, statement: str, told_on: date, by: User, at: datetime
) -> Correction:
    """Say what was put right, or why not; then what they say stays with the record. Raises `Refused` by `TO_DECIDE`."""
    now = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
    facts = CorrectionFacts(
        on=told_on,
        today=day_of(at),
        received_on=now.received_on,
        is_decided=now.decided_at is not None,
        changes_nothing=decision == Correction.Decision.NOT_CORRECTED,
        statement=statement,
    )
    require(TO_DECIDE, facts)
    now.decision, now.because, now.statement, now.told_on = decision, because, statement, told_on
    now.decided_by, now.decided_at = by, at
    now.save()
    return now
