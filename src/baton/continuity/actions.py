"""Writing a pack is a look at every family in it, and is on record as one."""

from collections.abc import Sequence
from datetime import datetime

from baton.continuity.permissions import may_write_pack
from baton.platform.access import note_look
from baton.platform.actions import action
from baton.platform.models import Team, User

WHAT = "continuity pack"


@action(allowed=may_write_pack)
def write_pack(*, team: Team, families: Sequence[int], why: str, by: User, at: datetime) -> Team:
    """Note for each family by whom, when and why it was written into a file that leaves Baton."""
    for family_id in families:
        note_look(family_id=family_id, what=WHAT, by=by, at=at, why=why)
    return team
