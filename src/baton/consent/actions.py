"""Changes to what a family agreed to: given, refused, asked again, withdrawn, considered. Nothing refers anybody."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from baton.consent.models import Consent, Refusal, Renewal, in_words
from baton.consent.permissions import (
    may_consider_refusal,
    may_consider_withdrawal,
    may_record_consent,
    may_record_refusal,
    may_renew_consents,
    may_withdraw_consent,
)
from baton.consent.policies import (
    TO_CONSIDER,
    TO_CONSIDER_A_REFUSAL,
    TO_RECORD,
    TO_RECORD_A_REFUSAL,
    TO_RENEW,
    TO_WITHDRAW,
    ConsiderationFacts,
    RecordingFacts,
    RefusalFacts,
    RenewalFacts,
    WithdrawalFacts,
)
from baton.consent.queries import membership_of, of_the_same_giver, said_by_the_same
from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.people.models import Family, Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.calendar import age_on, day_of
from baton.practice.happenings import Happening

OPEN = (Episode.State.WAITING, Episode.State.OPEN)


@dataclass(frozen=True)
class Told:
    """What is written down of agreement beside who gave it, how and when."""

    purpose: str = Consent.Purpose.HELP
    agency: str = ""  # a code of the list "agency"
    organisation: str = ""
    where: str = ""
    scope: str = ""
    limits: str = ""
    understanding: str = ""
    witnessed_by: str = ""
    has_copy: bool = False
    has_leaflet: bool = False


@dataclass(frozen=True)
class Asked:
    """What somebody was asked about, by whom, what they said, and what follows."""

    by: str
    at: datetime
    follows: str
    purpose: str = Consent.Purpose.HELP
    agency: str = ""  # a code of the list "agency"
    organisation: str = ""
    where: str = ""
    reason: str = ""
    follows_note: str = ""


@action(allowed=may_record_consent, events=(Happening.WRITTEN_CONSENT_RECORDED,))
def record_consent(
    *,
    family: Family,
    given_by: str = "",
    person: Person | None = None,
    method: str,
    given_at: datetime,
    told: Told = Told(),  # it never changes
    by: User,
    at: datetime,
) -> Consent:
    """Record that somebody agreed to one thing (DOR 14.1): the person, or a name where they are not on record.

    Agreement to help in writing is an event of the family's open episode. Where they said no before, this ends it.
    Raises `Refused` by `TO_RECORD`.
    """
    given_by = person.name if person else given_by.strip()
    require(TO_RECORD, _recording(family, person, given_by, told, given_at, at))
    consent = Consent.objects.create(
        family=family,
        person=person,
        given_by=given_by,
        method=method,
        given_at=given_at,
        recorded_at=at,
        recorded_by=by,
        **asdict(told),
    )
    said_no = Refusal.objects.filter(_about_the_same(consent), superseded_by__isnull=True, asked_at__lte=given_at)
    said_no.filter(said_by_the_same(given_by, person, called="said_by")).update(superseded_by=consent)
    if method == Consent.Method.WRITTEN and consent.purpose == Consent.Purpose.HELP:
        said = f"{given_by} agreed in writing"
        _record(Happening.WRITTEN_CONSENT_RECORDED, consent, family, at=given_at, summary=said, person=person)
    return consent


@action(allowed=may_record_refusal, events=(Happening.AGREEMENT_REFUSED,))
def record_refusal(
    *, family: Family, said_by: str = "", person: Person | None = None, asked: Asked, by: User, at: datetime
) -> Refusal:
    """Record that somebody was asked to agree to one thing and does not: the person, or a name where not on record.

    It refers nobody and ends nothing by itself (DOR 17.1). Agreement they gave after it was recorded already ends it.
    Raises `Refused` by `TO_RECORD_A_REFUSAL`: where they had agreed and it stands, they withdraw that instead.
    """
    said_by = person.name if person else said_by.strip()
    refusal = Refusal(
        family=family,
        person=person,
        said_by=said_by,
        asked_by=asked.by.strip(),
        asked_at=asked.at,
        recorded_at=at,
        recorded_by=by,
        **{name: value for name, value in asdict(asked).items() if name not in ("by", "at")},
    )
    agreed = Consent.objects.filter(_about_the_same(refusal), said_by_the_same(said_by, person, called="given_by"))
    require(TO_RECORD_A_REFUSAL, _refusing(refusal, agreed, at))
    refusal.superseded_by = agreed.filter(given_at__gt=asked.at).order_by("given_at", "pk").first()
    refusal.save()
    summary = f"{said_by} does not agree: {refusal.to_what}"[:300]
    _record(Happening.AGREEMENT_REFUSED, refusal, family, at=asked.at, summary=summary, person=person)
    return refusal


@action(allowed=may_consider_refusal, events=(Happening.REFUSAL_CONSIDERED,))
def consider_refusal(*, refusal: Refusal, outcome: str, note: str, by: User, at: datetime) -> Refusal:
    """A manager writes what they considered after a no: whether the first worries remain, and who else should know.

    Nobody is referred by this. Raises `Refused` when a policy of `TO_CONSIDER_A_REFUSAL` is not met.
    """
    refusal = Refusal.objects.select_for_update().select_related("family").get(pk=refusal.pk)
    facts = ConsiderationFacts(
        is_withdrawn=False,
        considered_before=refusal.considered_at is not None,
        note_is_written=bool(note.strip()),
        outcome_is_chosen=outcome in Consent.Considered.values,
        agreed_since=not refusal.stands,
    )
    require(TO_CONSIDER_A_REFUSAL, facts)
    refusal.considered_outcome, refusal.consideration = outcome, note
    refusal.considered_by, refusal.considered_at = by, at
    refusal.save(update_fields=["considered_outcome", "consideration", "considered_by", "considered_at"])
    summary = f"{refusal.said_by}: {refusal.get_considered_outcome_display()}"[:300]
    _record(Happening.REFUSAL_CONSIDERED, refusal, refusal.family, at=at, summary=summary, person=refusal.person)
    return refusal


@action(allowed=may_renew_consents, events=(Happening.CONSENT_RENEWED,))
def renew_consents(
    *, family: Family, consents: Sequence[Consent], asked_at: datetime, note: str = "", by: User, at: datetime
) -> list[Renewal]:
    """Record that people were asked again and still agree, as after a review. Raises `Refused` by `TO_RENEW`."""
    ids = [consent.pk for consent in consents]
    found = list(Consent.objects.select_for_update().filter(family=family, pk__in=ids).order_by("pk"))
    facts = RenewalFacts(
        chosen=len(found),
        all_stand=len(found) == len(ids) and all(consent.stands for consent in found),
        all_given_before=all(consent.given_at <= asked_at for consent in found),
        in_the_future=asked_at > at,
    )
    require(TO_RENEW, facts)
    renewals = [
        Renewal(consent=each, family=family, asked_at=asked_at, note=note, recorded_at=at, recorded_by=by)
        for each in found
    ]
    renewals = Renewal.objects.bulk_create(renewals)
    givers = " and ".join(dict.fromkeys(each.given_by for each in found))
    summary = f"{givers} still {'agrees' if len({each.given_by for each in found}) == 1 else 'agree'}"[:300]
    _record(Happening.CONSENT_RENEWED, renewals[0], family, at=asked_at, summary=summary)
    return renewals


@action(allowed=may_withdraw_consent, events=(Happening.CONSENT_WITHDRAWN,))
def withdraw_consent(
    *, consent: Consent, withdrawn_at: datetime, reason: str, everything: bool = False, by: User, at: datetime
) -> Consent:
    """Record that somebody no longer agrees, to this or to `everything`, and why (DOR 17.1).

    It refers nobody and ends nothing by itself. Raises `Refused` when a policy of `TO_WITHDRAW` is not met.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    others = of_the_same_giver(consent).exclude(pk=consent.pk).filter(withdrawn_at__isnull=True)
    taken_back = [consent, *(others.select_for_update() if everything else ())]
    facts = WithdrawalFacts(
        still_stands=consent.stands,
        reason_is_written=bool(reason.strip()),
        after_it_was_given=all(withdrawn_at >= each.given_at for each in taken_back),
        in_the_future=withdrawn_at > at,
    )
    require(TO_WITHDRAW, facts)
    for each in taken_back:
        each.withdrawn_at, each.withdrawal_reason, each.withdrawal_recorded_by = withdrawn_at, reason, by
        each.save(update_fields=["withdrawn_at", "withdrawal_reason", "withdrawal_recorded_by"])
        said = _no_longer(each)
        _record(Happening.CONSENT_WITHDRAWN, each, each.family, at=withdrawn_at, summary=said, person=each.person)
    return consent


@action(allowed=may_consider_withdrawal, events=(Happening.WITHDRAWAL_CONSIDERED,))
def consider_withdrawal(*, consent: Consent, outcome: str, note: str, by: User, at: datetime) -> Consent:
    """A manager writes what they considered: whether the first worries remain, and who else should know (DOR 17.1).

    Whatever else the same person withdrew and nobody considered is considered with it. Nobody is referred by this.
    Raises `Refused` when a policy of `TO_CONSIDER` is not met.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    facts = ConsiderationFacts(
        is_withdrawn=not consent.stands,
        considered_before=consent.considered_at is not None,
        note_is_written=bool(note.strip()),
        outcome_is_chosen=outcome in Consent.Considered.values,
    )
    require(TO_CONSIDER, facts)
    waiting = of_the_same_giver(consent).filter(withdrawn_at__isnull=False, considered_at__isnull=True)
    waiting.update(considered_outcome=outcome, consideration=note, considered_by=by, considered_at=at)
    consent.refresh_from_db()
    summary = f"{consent.given_by}: {consent.get_considered_outcome_display()}"[:300]
    _record(Happening.WITHDRAWAL_CONSIDERED, consent, consent.family, at=at, summary=summary, person=consent.person)
    return consent


def _recording(
    family: Family, person: Person | None, given_by: str, told: Told, given_at: datetime, at: datetime
) -> RecordingFacts:
    member = membership_of(person, family) if person else None
    born = person.date_of_birth if person else None
    return RecordingFacts(
        giver_is_named=bool(given_by),
        is_of_the_family=person is None or member is not None,
        given_in_the_future=given_at > at,
        agency_is_named=(told.purpose == Consent.Purpose.HELP) == (not told.organisation.strip()),
        giver_age=age_on(day_of(given_at), born=born) if born else None,
        giver_is_a_child=member is not None and member.part == "child",
        understanding_is_written=bool(told.understanding.strip()),
        at_the_front_door=told.where == Consent.Where.FRONT_DOOR,
    )


def _refusing(refusal: Refusal, agreed: QuerySet[Consent], at: datetime) -> RefusalFacts:
    is_help = refusal.purpose == Consent.Purpose.HELP
    standing = agreed.filter(given_at__lte=refusal.asked_at, withdrawn_at__isnull=True)
    return RefusalFacts(
        who_is_named=bool(refusal.said_by),
        is_of_the_family=refusal.person is None or membership_of(refusal.person, refusal.family) is not None,
        in_the_future=refusal.asked_at > at,
        asker_is_named=bool(refusal.asked_by),
        agreement_stands=standing.exists(),
        agency_is_named=is_help == (not refusal.organisation.strip()),
        what_follows_is_chosen=refusal.follows in Refusal.Follows.values,
    )


def _about_the_same(said: Consent | Refusal) -> Q:
    return Q(family=said.family_id, purpose=said.purpose, organisation__iexact=said.organisation)


def _no_longer(consent: Consent) -> str:
    to_what = "" if consent.purpose == Consent.Purpose.HELP else f": {in_words(consent.purpose, consent.organisation)}"
    return f"{consent.given_by} no longer agrees{to_what}"[:300]


def _record(
    kind: Happening,
    record: Consent | Refusal | Renewal,
    family: Family,
    *,
    at: datetime,
    summary: str,
    person: Person | None = None,
) -> None:
    episode = Episode.objects.filter(family=family, state__in=OPEN).first()
    if episode is not None:
        record_event(kind=kind, episode=episode, record=record, at=at, summary=summary, person=person)
