"""Who may change what is recorded of relationships and networks. Whose family it is, is PostgreSQL's to say."""

from baton.people.models import Family
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS
from baton.relationships.models import NetworkTie, Relationship


def may_relate(user: User, family: Family) -> bool:
    """Those who work with families."""
    return user.has_role(*CASEWORKERS)


def may_change_relationship(user: User, relationship: Relationship) -> bool:
    """Those who work with families."""
    return user.has_role(*CASEWORKERS)


def may_change_tie(user: User, tie: NetworkTie) -> bool:
    """Those who work with families."""
    return user.has_role(*CASEWORKERS)
