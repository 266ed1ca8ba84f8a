"""Who may change assessments. Which families somebody holds is PostgreSQL's to say; these say what roles let do."""

from baton.assessments.models import Assessment
from baton.episodes.models import Episode
from baton.episodes.permissions import may_manage, may_work_on
from baton.platform.models import User


def may_start(user: User, episode: Episode) -> bool:
    """Anybody who works with families and holds this one."""
    return may_work_on(user, episode)


def may_write(user: User, assessment: Assessment) -> bool:
    """Anybody who works with families and holds this one."""
    return may_work_on(user, assessment.episode)


def may_judge(user: User, assessment: Assessment) -> bool:
    """The manager of the team that holds the family."""
    return may_manage(user, assessment.episode)


def may_score(user: User, episode: Episode) -> bool:
    """Anybody who works with families and holds this one."""
    return may_work_on(user, episode)
