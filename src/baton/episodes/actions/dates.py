"""Setting another date for one deadline."""

from datetime import date, datetime

from baton.episodes.actions.events import refresh_at_end
from baton.episodes.models import Deadline, DirectedDate
from baton.episodes.permissions import may_set_date
from baton.episodes.policies import TO_SET_DATE, DateFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.calendar import day_of


@action(allowed=may_set_date)
def set_date(*, deadline: Deadline, due_on: date, reason: str, by: User, at: datetime) -> DirectedDate:
    """Set another date for one deadline, with the reason (DOR 11). The framework's own date stays visible beside it.

    Raises `Refused` when a policy of `TO_SET_DATE` is not met.
    """
    facts = DateFacts(deadline_is_open=deadline.state == Deadline.State.OPEN, due_on=due_on, today=day_of(at))
    require(TO_SET_DATE, facts)
    directed, _ = DirectedDate.objects.update_or_create(
        episode_id=deadline.episode_id,
        timescale=deadline.timescale,
        person_id=deadline.person_id,  # type: ignore[misc]
        started_at=deadline.started_at,
        record=deadline.record,
        record_id=deadline.record_id,
        defaults={"family_id": deadline.family_id, "due_on": due_on, "reason": reason, "by": by, "at": at},
    )
    refresh_at_end(deadline.episode)
    return directed
