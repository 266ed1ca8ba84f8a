"""Recording what was decided: to share, or not to."""

from dataclasses import dataclass
from datetime import datetime

from baton.consent.models import Consent
from baton.people.models import Family, FamilyMember, Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.codes import code_list
from baton.sharing.models import Decision
from baton.sharing.permissions import may_share
from baton.sharing.policies import NOT_TO_SHARE, TO_SHARE, Agreed, SharingFacts
from baton.sharing.queries import Document


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


@action(allowed=may_share)
def decide_to_share(*, family: Family, told: Told, ground: Ground, by: User, at: datetime) -> Decision:
    """Record that something of a family goes to somebody (DPF, DER principle 7), and under what.

    Where an agreement is chosen and no agency named, it goes to the agency that the agreement is about. Raises
    `Refused` by `TO_SHARE`: an agreement that was withdrawn or is about another agency covers nothing.
    """
    agreed = Consent.objects.select_for_update().filter(pk=ground.agreement.pk).first() if ground.agreement else None
    organisation = told.organisation.strip() or (agreed.organisation if agreed else "")
    person = ground.person if ground.kind == Decision.Ground.OWN else None
    facts = SharingFacts(
        is_described=bool(told.document.described.strip()),
        receiver_is_named=bool(organisation) or person is not None,
        decider_is_named=bool(told.decided_by.strip()),
        in_the_future=told.decided_at > at,
        ground=ground.kind,
        agreed=_agreed(agreed, family, organisation) if agreed else None,
        because_is_written=bool(told.because.strip()),
        receiver_is_of_the_family=person is not None
        and FamilyMember.objects.filter(family=family, person=person).exists(),
    )
    require(TO_SHARE, facts)
    return _record(
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


@action(allowed=may_share)
def decide_not_to_share(*, family: Family, told: Told, by: User, at: datetime) -> Decision:
    """Record that something of a family does not go to an agency, and why. Raises `Refused` by `NOT_TO_SHARE`."""
    facts = SharingFacts(
        is_described=bool(told.document.described.strip()),
        receiver_is_named=bool(told.organisation.strip()),
        decider_is_named=bool(told.decided_by.strip()),
        in_the_future=told.decided_at > at,
        because_is_written=bool(told.because.strip()),
    )
    require(NOT_TO_SHARE, facts)
    return _record(
        told,
        family=family,
        is_shared=False,
        agency=told.agency,
        organisation=told.organisation.strip(),
        recorded_by=by,
        recorded_at=at,
    )


def _agreed(agreement: Consent, family: Family, organisation: str) -> Agreed:
    return Agreed(
        is_about_sharing=agreement.purpose == Consent.Purpose.SHARE,
        is_of_this_family=agreement.family_id == family.pk,
        stands=agreement.stands,
        covers_the_agency=agreement.organisation.casefold() == organisation.casefold(),
    )


def _record(told: Told, **decided: object) -> Decision:
    document = told.document
    return Decision.objects.create(
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
