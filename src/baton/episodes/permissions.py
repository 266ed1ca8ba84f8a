"""Who may change episodes. Which families somebody holds is PostgreSQL's to say; these say what a role may do."""

from baton.episodes.models import Deadline, Episode
from baton.platform.models import Team, User
from baton.platform.roles import CASEWORKERS, Role


def may_open_episode(user: User, team: Team) -> bool:
    """The hub opens an episode for the team it passes a family to; so does that team's manager."""
    return user.has_role(Role.HUB_ADVISER) or user.has_role_in(team.pk, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)


def may_manage(user: User, episode: Episode) -> bool:
    """The manager of the team that holds the family."""
    return user.has_role_in(episode.team_id, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)


def may_work_on(user: User, episode: Episode) -> bool:
    """Anybody who works with families and holds this one."""
    return user.has_role(*CASEWORKERS)


def may_set_date(user: User, deadline: Deadline) -> bool:
    """The manager of the team that holds the family may set another date."""
    return user.has_role_in(deadline.team_id, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)
