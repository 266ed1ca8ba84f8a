"""Who may plan, record and correct visits. Which families somebody holds is PostgreSQL's to say."""

from baton.episodes.permissions import may_manage, may_work_on
from baton.platform.models import User
from baton.visits.models import Visit
from baton.visits.states import PLANNED

__all__ = ["may_correct", "may_work_on"]


def may_correct(user: User, visit: Visit) -> bool:
    """A planned visit is recorded by whoever works with the family; a recorded one by its maker or the manager."""
    if visit.state == PLANNED or may_manage(user, visit.episode):
        return may_work_on(user, visit.episode)
    return may_work_on(user, visit.episode) and user.pk in (visit.practitioner_id, visit.recorded_by_id)
