"""Recording what holds from one day until another: names, contact, school and GP, agencies; and putting it right."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from baton.people.actions.keeping import bring_in_step, note_change
from baton.people.models import ContactPoint, FamilyMember, OverTime, Person, PersonName, Residence, Setting
from baton.people.permissions import may_change_member
from baton.people.policies.over_time import TO_HOLD, Days, TimeFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of


@action(allowed=may_change_member)
def record_over_time(*, member: FamilyMember, row: OverTime, by: User, at: datetime) -> OverTime:
    """Record something new of a person. Where there can be only one at a time, what stood until now ends that day.

    Raises `Refused` when a policy of `TO_HOLD` is not met.
    """
    person = _held(member)
    row.person, row.recorded_at, row.recorded_by = person, at, by
    _end_what_it_replaces(row)
    require(TO_HOLD, _facts_of(row, day_of(at)))
    _prefer_only_one(row)
    row.save()
    save_in_step(person, by, at)
    return row


@action(allowed=may_change_member)
def correct_over_time(
    *, member: FamilyMember, row: OverTime, values: Mapping[str, Any], version: int, by: User, at: datetime
) -> OverTime:
    """Put right what is recorded, or say when it ended. What stood is kept.

    Raises `Refused` when a policy of `TO_HOLD` is not met, and `EditedMeanwhile` when somebody saved it since.
    """
    person = _held(member)
    now = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk, person=person)
    was = {name: getattr(now, name) for name in values}
    if now.version != version:
        raise EditedMeanwhile(was, version=now.version, by="Somebody else")
    for name, value in values.items():
        setattr(now, name, value)
    require(TO_HOLD, _facts_of(now, day_of(at)))
    if was != dict(values):
        note_change(person, subject_of(now), was, record_id=now.pk, by=by, at=at)
        now.version += 1
        _prefer_only_one(now)
        now.save()
        save_in_step(person, by, at)
    return now


def subject_of(row: OverTime) -> str:
    """Under which subject changes of a row are kept."""
    return row._meta.model_name or ""


def alone_among(row: OverTime) -> Mapping[str, Any] | None:
    """Which rows of the same person may not hold at the same time, as a filter; nothing where any number may."""
    if isinstance(row, PersonName) and row.kind == PersonName.Kind.LEGAL:
        return {"kind": PersonName.Kind.LEGAL}
    if isinstance(row, Setting) and row.kind == Setting.Kind.GP:
        return {"kind": Setting.Kind.GP}
    if isinstance(row, Setting) and not row.is_second:
        return {"is_second": False, "kind__in": [kind for kind in Setting.Kind if kind != Setting.Kind.GP]}
    if isinstance(row, Residence) and row.kind == Residence.Kind.MAIN and not row.is_shared_care:
        return {"kind": Residence.Kind.MAIN, "is_shared_care": False}
    return None


def _held(member: FamilyMember) -> Person:
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=member.person_id)


def _end_what_it_replaces(row: OverTime) -> None:
    """The home, school or name before ends on the day the new one begins; only one that began earlier is ended."""
    among = alone_among(row)
    if among is None or row.from_on is None:
        return
    open_ones = type(row)._default_manager.filter(person=row.person, until_on__isnull=True, **among)
    for before in open_ones.exclude(from_on__gte=row.from_on):
        before.until_on = row.from_on
        before.save(update_fields=["until_on"])


def _prefer_only_one(row: OverTime) -> None:
    if isinstance(row, ContactPoint) and row.is_preferred:
        others = ContactPoint.objects.filter(person=row.person, is_preferred=True, until_on__isnull=True)
        others.exclude(pk=row.pk).update(is_preferred=False)


def save_in_step(person: Person, by: User, at: datetime) -> None:
    """Within an action: repeat on the person what holds now, and save them."""
    bring_in_step(person, on=day_of(at))
    person.version += 1
    person.changed_by = by
    person.save()


def _facts_of(row: OverTime, today: date) -> TimeFacts:
    among = alone_among(row)
    others: tuple[Days, ...] = ()
    if among is not None:
        rows = type(row)._default_manager.filter(person=row.person, **among).exclude(pk=row.pk)
        others = tuple(Days(*dates) for dates in rows.values_list("from_on", "until_on"))
    return TimeFacts(Days(row.from_on, row.until_on), today, row.person.date_of_birth, others)
