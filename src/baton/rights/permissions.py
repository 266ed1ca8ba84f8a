"""Who may register what people ask of their record, and who answers it."""

from baton.platform.models import User
from baton.platform.roles import EVERY_ROLE, Role


def may_register(user: User, subject: object) -> bool:
    """Everybody who works here: a person may ask anybody."""
    return user.has_role(*EVERY_ROLE)


def may_answer(user: User, subject: object) -> bool:
    """Information governance."""
    return user.has_role(Role.GOVERNANCE)
