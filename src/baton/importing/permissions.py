"""Who may bring in the records of another system."""

from baton.platform.models import User
from baton.platform.roles import Role


def may_import(user: User | None, _: object) -> bool:
    """An administrator, through an operator's command. It shows them nobody's record."""
    return user is not None and user.is_active and user.has_role(Role.ADMINISTRATOR)
