"""Who closes a family, who opens one, and who looks at that afterwards. PostgreSQL says of which families."""

from baton.governance.queries.circles import answers_for
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS, MANAGERS, Role


def may_restrict(user: User, subject: object) -> bool:
    """Those who manage the family, and information governance."""
    return user.has_role(*MANAGERS, Role.GOVERNANCE)


def may_change_team_around(user: User, subject: object) -> bool:
    """The family's lead practitioner, the lead's manager, and the manager of the team that holds it."""
    family_id = subject if isinstance(subject, int) else getattr(subject, "family_id", None)
    return family_id is not None and user.has_role(*CASEWORKERS) and answers_for(family_id)


def may_open_in_emergency(user: User, subject: object) -> bool:
    """Those who work with families."""
    return user.has_role(*CASEWORKERS)


def may_review(user: User, emergency: object) -> bool:
    """A manager of the family, and information governance; nobody their own."""
    return user.has_role(*MANAGERS, Role.GOVERNANCE) and getattr(emergency, "user_id", None) != user.pk


def may_sample(user: User, subject: object) -> bool:
    """A service manager, and information governance."""
    return user.has_role(Role.SERVICE_MANAGER, Role.GOVERNANCE)


def may_close_alert(user: User, alert: object) -> bool:
    """Information governance; nobody what is about themselves."""
    return user.has_role(Role.GOVERNANCE) and getattr(alert, "user_id", None) != user.pk


def may_tell_of_oneself(user: User, subject: object) -> bool:
    """Everybody, of themselves."""
    return subject == user


def may_decide_at_panel(user: User, case: object) -> bool:
    """Whoever chairs a panel; PostgreSQL says of which locality."""
    return user.has_role(Role.PANEL_CHAIR)
