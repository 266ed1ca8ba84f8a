"""Who is in the team around a family."""

from datetime import datetime

from baton.episodes.actions import record_event
from baton.governance.models import AroundMember
from baton.governance.permissions import may_change_team_around
from baton.governance.policies import TO_JOIN, JoiningFacts
from baton.governance.queries.accounts import works_with_families
from baton.governance.queries.circles import is_around, open_episode_of
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.happenings import Happening


@action(allowed=may_change_team_around, events=(Happening.TEAM_AROUND_JOINED,))
def join_team_around(
    *, family_id: int, part: str, user: User | None = None, name: str = "", agency: str = "", by: User, at: datetime
) -> AroundMember:
    """Let somebody of any agency work with a family. `part` is what they do for it: "school nurse".

    Whoever has an account sees the family from now on; a name without one is only written down. Raises `Refused` by
    `TO_JOIN`.
    """
    facts = JoiningFacts(
        has_account=user is not None,
        name=name,
        is_in_it_already=user is not None and is_around(family_id, user),
        works_with_families=user is not None and works_with_families(user, on=at.date()),
    )
    require(TO_JOIN, facts)
    member = AroundMember.objects.create(
        family_id=family_id, user=user, name="" if user else name.strip(), agency="" if user else agency.strip(),
        part=part, from_at=at, added_by=by,
    )  # fmt: skip
    _record(Happening.TEAM_AROUND_JOINED, member, at)
    return member


@action(allowed=may_change_team_around, events=(Happening.TEAM_AROUND_LEFT,))
def leave_team_around(*, member: AroundMember, by: User, at: datetime) -> AroundMember:
    """Somebody is no longer in the team around a family, and no longer sees it."""
    member.until_at, member.ended_by = at, by
    member.save(update_fields=["until_at", "ended_by"])
    _record(Happening.TEAM_AROUND_LEFT, member, at)
    return member


def _record(kind: Happening, member: AroundMember, at: datetime) -> None:
    episode = open_episode_of(member.family_id)
    if episode is not None:
        record_event(kind=kind, episode=episode, record=member, at=at, summary=f"{member.called}, {member.part}")
