"""Who may write the pack."""

from baton.platform.models import Team, User
from baton.platform.roles import Role


def may_write_pack(user: User, team: Team) -> bool:
    """The team's manager, and a service manager: those who answer for all of its families on any other day."""
    return user.is_active and user.has_role_in(team.pk, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)
