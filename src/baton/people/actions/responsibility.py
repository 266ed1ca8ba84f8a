"""Who has parental responsibility for a child, from when until when, and how it came."""

from datetime import date, datetime

from baton.people.models import FamilyMember, ParentalResponsibility, Person
from baton.people.permissions import may_change_member
from baton.people.policies.over_time import TO_HOLD, Days, TimeFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require
from baton.practice.calendar import day_of
from baton.practice.codes import code_list

TO_THEMSELVES = "Nobody has parental responsibility for themselves."


@action(allowed=may_change_member)
def record_responsibility(
    *,
    member: FamilyMember,
    holder: Person,
    source: str,
    evidence: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    by: User,
    at: datetime,
) -> ParentalResponsibility:
    """Record that somebody has parental responsibility for the child `member`. Raises `Refused`."""
    held = ParentalResponsibility.objects.filter(child_id=member.person_id, holder=holder)
    others = tuple(Days(*dates) for dates in held.values_list("from_on", "until_on"))
    if holder.pk == member.person_id:
        raise Refused(TO_THEMSELVES)
    code_list("parental_responsibility").codes[source]
    require(TO_HOLD, TimeFacts(Days(from_on, until_on), day_of(at), member.person.date_of_birth, others))
    return ParentalResponsibility.objects.create(
        child_id=member.person_id,
        holder=holder,
        source=source,
        evidence=evidence,
        from_on=from_on,
        until_on=until_on,
        recorded_at=at,
        recorded_by=by,
    )


@action(allowed=may_change_member)
def end_responsibility(
    *, member: FamilyMember, responsibility: ParentalResponsibility, ended_on: date, by: User, at: datetime
) -> ParentalResponsibility:
    """Note the day from which somebody has no parental responsibility any more. Raises `Refused`."""
    now = ParentalResponsibility.objects.select_for_update(no_key=True).get(
        pk=responsibility.pk, child_id=member.person_id
    )
    require(TO_HOLD, TimeFacts(Days(now.from_on, ended_on), day_of(at)))
    now.until_on = ended_on
    now.version += 1
    now.save(update_fields=["until_on", "version"])
    return now
