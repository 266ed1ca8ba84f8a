"""Agreement to share and decisions about sharing, made by the actions as practitioners make them."""

from datetime import datetime, timedelta

from baton.consent.actions import Asked, record_consent, record_refusal, withdraw_consent
from baton.consent.actions import Told as Agreed
from baton.consent.models import Consent, Refusal
from baton.people.models import Family, FamilyMember
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.sharing.actions import Ground, Told, decide_to_share
from baton.sharing.models import Decision
from baton.sharing.presenters.papers import copy_that_leaves
from baton.sharing.queries import Document
from tests.factories.times import MONDAY

AGREED = MONDAY + timedelta(days=4)
DECIDED = MONDAY + timedelta(days=20)
SCHOOL = "Otter School"
IN_WORDS = Document("information", 0, "That mornings are hard")
# What somebody types about who decided, and when.
TYPED_DECISION = {
    "decided_by": "Mo Manager",
    **{f"decided_at-{name}": value for name, value in (("day", "3"), ("month", "11"), ("year", "2026"))},
    "decided_at-time": "2pm",
}


def agreement_to_share(
    family_id: int, *, by: User, with_whom: str = SCHOOL, purpose: str = "share", at: datetime = AGREED
) -> Consent:
    """The mother agrees in writing to sharing with an agency."""
    with acting_as(by):
        member = FamilyMember.objects.select_related("person").get(family=family_id, part="parent")
        return record_consent(
            family=Family.objects.get(pk=family_id),
            person=member.person,
            method="written",
            given_at=at,
            told=Agreed(purpose=purpose, agency="school", organisation=with_whom, where="visit"),
            by=by,
            at=at,
        )


def said_no(
    family_id: int, *, by: User, who: str = "Ashby", follows: str = "goes_on", at: datetime = AGREED, **asked: str
) -> Refusal:
    """Somebody of the family was asked by the worker and does not agree."""
    told = Asked(by.name, at, follows, **{"where": "visit", "reason": "I do not need it."} | asked)
    with acting_as(by):
        member = FamilyMember.objects.select_related("person").get(family=family_id, person__given_name=who)
        family = Family.objects.get(pk=family_id)
        return record_refusal(family=family, person=member.person, asked=told, by=by, at=at)


def taken_back(consent: Consent, *, by: User, at: datetime = AGREED + timedelta(days=3)) -> Consent:
    """The agreement is withdrawn."""
    with acting_as(by):
        return withdraw_consent(consent=consent, withdrawn_at=at, reason="They told others.", by=by, at=at)


def decided(
    family_id: int, ground: Ground, *, by: User, document: Document = IN_WORDS, at: datetime = DECIDED, **told: str
) -> Decision:
    """A decision to share by the worker, with the copy of a document."""
    said = Told(document, decided_by=by.name, decided_at=at, **told)
    with acting_as(by):
        family = Family.objects.get(pk=family_id)
        copy = copy_that_leaves if document.record_id else None
        return decide_to_share(family=family, told=said, ground=ground, copy=copy, by=by, at=at)
