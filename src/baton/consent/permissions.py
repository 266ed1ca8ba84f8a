"""Who may record agreement to help. Whose family it is, is PostgreSQL's to say."""

from baton.consent.models import Consent, Refusal
from baton.people.models import Family
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS, MANAGERS, Role


def may_record_consent(user: User, family: Family) -> bool:
    """Those who work with families; and the hub, for what was said at the front door."""
    return user.has_role(Role.HUB_ADVISER, *CASEWORKERS)


def may_record_refusal(user: User, family: Family) -> bool:
    """Those who work with families write down that somebody was asked and does not agree."""
    return user.has_role(*CASEWORKERS)


def may_renew_consents(user: User, family: Family) -> bool:
    """Those who work with families ask again, at a review or a visit."""
    return user.has_role(*CASEWORKERS)


def may_withdraw_consent(user: User, consent: Consent) -> bool:
    """Those who work with families write down that somebody no longer agrees."""
    return user.has_role(*CASEWORKERS)


def may_consider_withdrawal(user: User, consent: Consent) -> bool:
    """A manager considers what a withdrawal means for the children."""
    return user.has_role(*MANAGERS)


def may_consider_refusal(user: User, refusal: Refusal) -> bool:
    """A manager considers what it means for the children that somebody does not agree."""
    return user.has_role(*MANAGERS)
