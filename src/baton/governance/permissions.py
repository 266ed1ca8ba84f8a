"""Who closes a family, who opens one, and who looks at that afterwards. PostgreSQL says of which families."""

from baton.platform.models import User
from baton.platform.roles import CASEWORKERS, MANAGERS, Role


def may_restrict(user: User, subject: object) -> bool:
    """Those who manage the family, and information governance."""
    return user.has_role(*MANAGERS, Role.GOVERNANCE)


def may_change_team_around(user: User, subject: object) -> bool:
    """Those who work with the family."""
    return user.has_role(*CASEWORKERS)


def may_open_in_emergency(user: User, subject: object) -> bool:
    """Those who work with families."""
    return user.has_role(*CASEWORKERS)


def may_review(user: User, emergency: object) -> bool:
    """A manager of the family, and information governance; nobody their own."""
    return user.has_role(*MANAGERS, Role.GOVERNANCE) and getattr(emergency, "user_id", None) != user.pk


def may_sample(user: User, subject: object) -> bool:
    """A service manager, and information governance."""
    return user.has_role(Role.SERVICE_MANAGER, Role.GOVERNANCE)
