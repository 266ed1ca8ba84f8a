"""Who is in the team around a family."""

from datetime import datetime

from baton.governance.models import AroundMember
from baton.governance.permissions import may_change_team_around
from baton.platform.actions import action
from baton.platform.models import User


@action(allowed=may_change_team_around)
def join_team_around(*, family_id: int, user: User, part: str, by: User, at: datetime) -> AroundMember:
    """Let somebody of any agency work with a family. `part` is what they do for it: "school nurse"."""
    return AroundMember.objects.create(family_id=family_id, user=user, part=part, from_at=at, added_by=by)


@action(allowed=may_change_team_around)
def leave_team_around(*, member: AroundMember, by: User, at: datetime) -> AroundMember:
    """Somebody is no longer in the team around a family, and no longer sees it."""
    member.until_at, member.ended_by = at, by
    member.save(update_fields=["until_at", "ended_by"])
    return member
