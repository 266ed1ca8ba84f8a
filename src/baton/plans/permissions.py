"""Who may change plans. Which families somebody holds is PostgreSQL's to say; these say what a role lets people do."""

from baton.episodes.models import Episode
from baton.episodes.permissions import may_manage
from baton.plans.models import Closure, Goal, Meeting, PlanAction
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS, Role


def may_plan(user: User, about: Episode | Goal | PlanAction) -> bool:
    """Anybody who works with families and holds this one writes its plan, and records its meetings."""
    return user.has_role(*CASEWORKERS)


def may_correct_meeting(user: User, meeting: Meeting) -> bool:
    """What was written down of a meeting is corrected by who wrote it, or by the manager."""
    by_whom = user.pk == meeting.recorded_by_id or may_manage(user, meeting.episode)
    return by_whom and user.has_role(*CASEWORKERS)


def may_propose_closure(user: User, episode: Episode) -> bool:
    """Anybody who works with the family may propose to end help; only the manager ends it."""
    return user.has_role(*CASEWORKERS)


def may_close(user: User, episode: Episode) -> bool:
    """The manager of the team that holds the family closes (DOR 17.2)."""
    return user.has_role_in(episode.team_id, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)


def may_decide(user: User, closure: Closure) -> bool:
    """Who may close may also send a proposal back."""
    return may_close(user, closure.episode)
