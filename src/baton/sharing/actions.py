"""Recording what was decided: to share, or not to; and keeping the copy that leaves by it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.consent.models import Consent
from baton.documents.models import Document as Uploaded
from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember, Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.codes import code_list
from baton.practice.happenings import Happening
from baton.sharing.models import Decision, DocumentLeft, HandedOut
from baton.sharing.permissions import may_share
from baton.sharing.policies import NOT_TO_SHARE, TO_SHARE, Agreed, SharingFacts
from baton.sharing.queries import Document

MakeCopy = Callable[[Decision], bytes]


@dataclass(frozen=True)
class Told:
    """What was decided about, to whom, by whom and why."""

    document: Document
    decided_by: str
    decided_at: datetime
    agency: str = ""  # a code of the list "agency"
    organisation: str = ""
    recipient: str = ""
    because: str = ""


@dataclass(frozen=True)
class Ground:
    """What something goes under: an agreement, a code of the list "sharing_reason", or somebody of the family."""

    agreement: Consent | None = None
    reason: str = ""
    person: Person | None = None

    @property
    def kind(self) -> str:
        """The ground's kind; empty where nothing was chosen."""
        if self.agreement:
            return Decision.Ground.AGREEMENT
        if self.reason:
            return code_list("sharing_reason").codes[self.reason].group
        return Decision.Ground.OWN if self.person else ""


@action(allowed=may_share, events=(Happening.INFORMATION_SHARED,))
def decide_to_share(
    *, family: Family, told: Told, ground: Ground, copy: MakeCopy | None = None, by: User, at: datetime
) -> Decision:
    """Record that something of a family goes to somebody (DPF, DER principle 7), and under what.

    A document leaves as the file that `copy` makes of the decision, and that file is kept; one that was added leaves as
    it was added. Where an agreement is chosen and no agency named, it goes to the agency that the agreement is about.
    Raises `Refused` by `TO_SHARE`; `ValueError` for a document of Baton's without its copy.
    """
    uploaded = _uploaded(family, told.document)
    if bool(told.document.record_id) != (copy is not None or uploaded is not None):
        raise ValueError("A document leaves as a copy, and nothing else does.")
    agreed = Consent.objects.select_for_update().filter(pk=ground.agreement.pk).first() if ground.agreement else None
    organisation = told.organisation.strip() or (agreed.organisation if agreed else "")
    person = ground.person if ground.kind == Decision.Ground.OWN else None
    facts = SharingFacts(
        **_said(told, at),
        receiver_is_named=bool(organisation) or person is not None,
        ground=ground.kind,
        agreed=_agreed(agreed, family, organisation) if agreed else None,
        receiver_is_of_the_family=_is_of(family, person),
        file_may_leave=uploaded is None or (uploaded.withdrawn_at is None and uploaded.may_be_handed_out),
    )
    require(TO_SHARE, facts)
    decision = _record(
        told,
        family=family,
        is_shared=True,
        agency=told.agency or (agreed.agency if agreed else ""),
        organisation="" if person else organisation,
        person=person,
        ground=ground.kind,
        agreement=agreed,
        reason=ground.reason,
        recorded_by=by,
        recorded_at=at,
    )
    _keep_what_left(decision, uploaded, copy)
    return decision


@action(allowed=may_share, events=(Happening.SHARING_REFUSED,))
def decide_not_to_share(*, family: Family, told: Told, by: User, at: datetime) -> Decision:
    """Record that something of a family does not go to an agency, and why. Raises `Refused` by `NOT_TO_SHARE`."""
    _uploaded(family, told.document)
    require(NOT_TO_SHARE, SharingFacts(**_said(told, at), receiver_is_named=bool(told.organisation.strip())))
    return _record(
        told,
        family=family,
        is_shared=False,
        agency=told.agency,
        organisation=told.organisation.strip(),
        recorded_by=by,
        recorded_at=at,
    )


def _said(told: Told, at: datetime) -> dict[str, Any]:
    return {
        "is_described": bool(told.document.described.strip()),
        "decider_is_named": bool(told.decided_by.strip()),
        "in_the_future": told.decided_at > at,
        "because_is_written": bool(told.because.strip()),
    }


def _agreed(agreement: Consent, family: Family, organisation: str) -> Agreed:
    return Agreed(
        is_about_sharing=agreement.purpose == Consent.Purpose.SHARE,
        is_of_this_family=agreement.family_id == family.pk,
        stands=agreement.stands,
        covers_the_agency=agreement.organisation.casefold() == organisation.casefold(),
    )


def _is_of(family: Family, person: Person | None) -> bool:
    return person is not None and FamilyMember.objects.filter(family=family, person=person).exists()


def _uploaded(family: Family, document: Document) -> Uploaded | None:
    """The document that was added, held so that nobody withdraws it while it leaves; nothing where it is another."""
    if document.what != Decision.What.DOCUMENT:
        return None
    return Uploaded.objects.select_for_update(no_key=True).get(family=family, pk=document.record_id)


def _keep_what_left(decision: Decision, document: Uploaded | None, copy: MakeCopy | None) -> None:
    if document:
        left = {"document": document, "size": document.size, "digest": document.sha256}
        DocumentLeft.objects.create(decision=decision, family_id=decision.family_id, **left)
    elif copy:
        _keep(decision, copy(decision))


def _keep(decision: Decision, content: bytes) -> HandedOut:
    return HandedOut.objects.create(
        decision=decision,
        family_id=decision.family_id,
        content=content,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        made_at=decision.recorded_at,
        made_by=decision.recorded_by,
    )


def _record(told: Told, **decided: object) -> Decision:
    document = told.document
    decision = Decision.objects.create(
        what=document.what,
        record_id=document.record_id or None,
        shown_on=document.shown_on,
        described=document.described,
        recipient=told.recipient,
        because=told.because,
        decided_by=told.decided_by,
        decided_at=told.decided_at,
        **decided,
    )
    _tell(decision)
    return decision


def _tell(decision: Decision) -> None:
    """Where a family was helped, sharing stands on its timeline: with the open episode, else with the last one."""
    episode = Episode.objects.filter(family_id=decision.family_id).order_by("-opened_at", "-pk").first()
    if episode is not None:
        kind = Happening.INFORMATION_SHARED if decision.is_shared else Happening.SHARING_REFUSED
        summary = f"To {decision.receiver}: {decision.described}"
        record_event(kind=kind, episode=episode, record=decision, at=decision.decided_at, summary=summary)
