"""Moving home: one address for everybody who moves there, and the end of the homes they leave; putting one right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from baton.people.actions.keeping import note_change, shared_address
from baton.people.actions.over_time import correct_over_time, record_over_time, save_in_step, subject_of
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
    no_uprn: str = ""
    is_shared_care: bool = False
    keep_from: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Written:
    """An address as it is written."""

    lines: str
    postcode: str = ""
    uprn: str = ""
    no_uprn: str = ""


@action(allowed=may_change_member)
def correct_home(
    *,
    member: FamilyMember,
    row: Residence,
    values: Mapping[str, Any],
    written: Written,
    version: int,
    by: User,
    at: datetime,
) -> Residence:
    """Put right what is recorded of a home, and its address, for everybody recorded there. What stood is kept.

    Raises as `correct_over_time`.
    """
    correct_over_time(member=member, row=row, values=values, version=version, by=by, at=at)
    address = Address.objects.select_for_update(no_key=True).get(pk=row.address_id)
    was = {name: stood for name, said in vars(written).items() if (stood := getattr(address, name)) != said}
    if was:
        for name in was:
            setattr(address, name, getattr(written, name))
        address.save()
        for home in Residence.objects.filter(address=address).select_related("person").order_by("person_id"):
            note_change(home.person, subject_of(home), was, record_id=home.pk, by=by, at=at)
            Residence.objects.filter(pk=home.pk).update(version=F("version") + 1)
            save_in_step(home.person, by, at)
    row.refresh_from_db()
    return row


@action(allowed=may_change_member)
def move_home(
    *, member: FamilyMember, home: Home, with_them: Sequence[FamilyMember] = (), by: User, at: datetime
) -> Address:
    """Record where somebody lives, and who of the family lives there from the same day on.

    The main home before ends that day. Raises `Refused` where the days cannot be.
    """
    written = Written(home.lines, home.postcode, home.uprn, home.no_uprn)
    address = home.known or shared_address(member.family_id, **vars(written))
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
