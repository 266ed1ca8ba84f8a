"""Changes to a family's agreement to help."""

from datetime import datetime

from baton.consent.models import Consent
from baton.consent.permissions import may_consider_withdrawal, may_record_consent, may_withdraw_consent
from baton.consent.policies import (
    TO_CONSIDER,
    TO_RECORD,
    TO_WITHDRAW,
    ConsiderationFacts,
    RecordingFacts,
    WithdrawalFacts,
)
from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember, Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.happenings import Happening

OPEN = (Episode.State.WAITING, Episode.State.OPEN)


@action(allowed=may_record_consent, events=(Happening.WRITTEN_CONSENT_RECORDED,))
def record_consent(
    *,
    family: Family,
    given_by: str = "",
    person: Person | None = None,
    method: str,
    given_at: datetime,
    scope: str = "",
    limits: str = "",
    witnessed_by: str = "",
    by: User,
    at: datetime,
) -> Consent:
    """Record that somebody agreed to early help (DOR 14.1): the person, or a name where they are not on record.

    Agreement in writing is an event of the family's open episode. Raises `Refused` by `TO_RECORD`.
    """
    given_by = person.name if person else given_by.strip()
    facts = RecordingFacts(
        giver_is_named=bool(given_by),
        is_of_the_family=person is None or FamilyMember.objects.filter(family=family, person=person).exists(),
        given_in_the_future=given_at > at,
    )
    require(TO_RECORD, facts)
    consent = Consent.objects.create(
        family=family,
        person=person,
        given_by=given_by,
        method=method,
        scope=scope,
        limits=limits,
        witnessed_by=witnessed_by,
        given_at=given_at,
        recorded_at=at,
        recorded_by=by,
    )
    if method == Consent.Method.WRITTEN:
        _record(Happening.WRITTEN_CONSENT_RECORDED, consent, at=given_at, summary=f"{given_by} agreed in writing")
    return consent


@action(allowed=may_withdraw_consent, events=(Happening.CONSENT_WITHDRAWN,))
def withdraw_consent(*, consent: Consent, withdrawn_at: datetime, reason: str, by: User, at: datetime) -> Consent:
    """Record that somebody no longer agrees, and why (DOR 17.1). It refers nobody and ends nothing by itself.

    Raises `Refused` when a policy of `TO_WITHDRAW` is not met.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    facts = WithdrawalFacts(
        still_stands=consent.stands,
        reason_is_written=bool(reason.strip()),
        after_it_was_given=withdrawn_at >= consent.given_at,
        in_the_future=withdrawn_at > at,
    )
    require(TO_WITHDRAW, facts)
    consent.withdrawn_at, consent.withdrawal_reason, consent.withdrawal_recorded_by = withdrawn_at, reason, by
    consent.save(update_fields=["withdrawn_at", "withdrawal_reason", "withdrawal_recorded_by"])
    _record(Happening.CONSENT_WITHDRAWN, consent, at=withdrawn_at, summary=f"{consent.given_by} no longer agrees")
    return consent


@action(allowed=may_consider_withdrawal)
def consider_withdrawal(*, consent: Consent, note: str, by: User, at: datetime) -> Consent:
    """A manager writes what they considered: whether the first worries remain, and who else should know (DOR 17.1).

    Raises `Refused` when a policy of `TO_CONSIDER` is not met.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    facts = ConsiderationFacts(
        is_withdrawn=not consent.stands,
        considered_before=consent.considered_at is not None,
        note_is_written=bool(note.strip()),
    )
    require(TO_CONSIDER, facts)
    consent.consideration, consent.considered_by, consent.considered_at = note, by, at
    consent.save(update_fields=["consideration", "considered_by", "considered_at"])
    return consent


def _record(kind: Happening, consent: Consent, *, at: datetime, summary: str) -> None:
    episode = Episode.objects.filter(family_id=consent.family_id, state__in=OPEN).first()
    if episode is not None:
        record_event(kind=kind, episode=episode, record=consent, at=at, summary=summary, person=consent.person)
