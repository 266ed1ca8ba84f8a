"""Who may change families."""

from baton.people.models import Family, FamilyMember, FamilyWarning
from baton.platform.models import Team, User
from baton.platform.roles import CASEWORKERS, MANAGERS, Role


def may_register_family(user: User, team: Team) -> bool:
    """The hub starts a family's record when it accepts a request; so does a manager."""
    return user.has_role(Role.HUB_ADVISER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)


def may_change_family(user: User, family: Family) -> bool:
    """The hub, and those who work with families; row security says with which."""
    return user.has_role(Role.HUB_ADVISER, *CASEWORKERS)


def may_change_member(user: User, member: FamilyMember) -> bool:
    """Those who work with families; row security says with which."""
    return user.has_role(*CASEWORKERS)


def may_compare(user: User, member: FamilyMember) -> bool:
    """Managers say whether somebody is recorded twice, and the hub, which opens no person's page."""
    return user.has_role(*MANAGERS)


def may_warn(user: User, family: Family) -> bool:
    """Those who work with families; row security says with which."""
    return user.has_role(*CASEWORKERS)


def may_change_warning(user: User, warning: FamilyWarning) -> bool:
    """Those who work with families; row security says with which."""
    return user.has_role(*CASEWORKERS)
