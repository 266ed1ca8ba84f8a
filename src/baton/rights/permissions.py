"""Who may register what people ask of their record, and who answers it."""

from baton.platform.models import User
from baton.platform.roles import CASEWORKERS, EVERY_ROLE, MANAGERS, Role


def may_register(user: User, subject: object) -> bool:
    """Everybody who works here: a person may ask anybody."""
    return user.has_role(*EVERY_ROLE)


def may_answer(user: User, subject: object) -> bool:
    """Information governance."""
    return user.has_role(Role.GOVERNANCE)


def may_ask_for_correction(user: User, subject: object) -> bool:
    """Those who work with the family."""
    return user.has_role(*CASEWORKERS)


def may_decide_correction(user: User, subject: object) -> bool:
    """A manager of the family, and information governance."""
    return user.has_role(*MANAGERS, Role.GOVERNANCE)
