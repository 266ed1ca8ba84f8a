"""Moving home: one address for everybody who moves there, and the end of the homes they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from baton.people.actions.keeping import shared_address
from baton.people.actions.over_time import record_over_time
from baton.people.models import Address, FamilyMember, Residence
from baton.people.permissions import may_change_member
from baton.platform.actions import action
from baton.platform.models import User


@dataclass(frozen=True)
class Home:
    """Where somebody lives, as it is told: an address that is known, or a new one."""

    kind: str = Residence.Kind.MAIN
    known: Address | None = None
    lines: str = ""
    postcode: str = ""
    uprn: str = ""
    is_shared_care: bool = False
    keep_from: str = ""
    from_on: date | None = None
    until_on: date | None = None


@action(allowed=may_change_member)
def move_home(
    *, member: FamilyMember, home: Home, with_them: Sequence[FamilyMember] = (), by: User, at: datetime
) -> Address:
    """Record where somebody lives, and who of the family lives there from the same day on.

    The main home before ends that day. Raises `Refused` where the days cannot be.
    """
    address = home.known or shared_address(member.family_id, lines=home.lines, postcode=home.postcode, uprn=home.uprn)
    for each in (member, *with_them):
        residence = Residence(
            address=address,
            kind=home.kind,
            is_shared_care=home.is_shared_care,
            keep_from=home.keep_from,
            from_on=home.from_on,
            until_on=home.until_on,
        )
        record_over_time(member=each, row=residence, by=by, at=at)
    return address
