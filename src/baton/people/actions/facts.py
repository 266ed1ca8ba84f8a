"""Changes to what is true of a person, each with what stood before; and the birth of a child who was awaited."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from baton.people.actions.keeping import bring_in_step, note_change
from baton.people.actions.members import families_to_follow, tell_followers_of
from baton.people.models import FamilyMember, Person, PersonName
from baton.people.permissions import may_change_member
from baton.people.policies.facts import LISTS, TO_RECORD, PersonFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of


@action(allowed=may_change_member)
def change_facts(
    *, member: FamilyMember, subject: str, facts: Mapping[str, Any], version: int, by: User, at: datetime
) -> Person:
    """Record facts of a person, by field; what stood is kept under the subject. `version` is the person's.

    Raises `Refused` when a policy of `TO_RECORD` is not met, and `EditedMeanwhile` when the person was saved since.
    """
    person = locked_person(member, version, facts)
    was = {name: getattr(person, name) for name in facts}
    for name, value in facts.items():
        setattr(person, name, value)
    require(TO_RECORD, _facts_of(person, was, today=day_of(at)))
    if was != dict(facts):
        note_change(person, subject, was, by=by, at=at)
        _save(person, by)
        if facts.keys() & {"date_of_birth", "died_on"}:
            tell_followers_of(families_to_follow(person.pk))
    return person


@action(allowed=may_change_member)
def record_birth(
    *,
    member: FamilyMember,
    born_on: date,
    given_name: str,
    family_name: str,
    sex: str,
    version: int,
    by: User,
    at: datetime,
) -> Person:
    """A child who was awaited is born: the same record gets a date of birth and a name from that day.

    Raises `Refused` when a policy of `TO_RECORD` is not met, and `EditedMeanwhile` when the person was saved since.
    """
    told = {"date_of_birth": born_on, "due_on": None, "sex": sex}
    person = locked_person(member, version, told)
    was = {name: getattr(person, name) for name in told}
    for name, value in told.items():
        setattr(person, name, value)
    require(TO_RECORD, _facts_of(person, was, today=day_of(at)))
    note_change(person, "birth", was, by=by, at=at)
    PersonName.objects.filter(person=person, kind=PersonName.Kind.LEGAL, until_on__isnull=True).update(until_on=born_on)
    PersonName.objects.create(
        person=person,
        kind=PersonName.Kind.LEGAL,
        given_name=given_name,
        family_name=family_name,
        why="Named when born",
        from_on=born_on,
        recorded_at=at,
        recorded_by=by,
    )
    bring_in_step(person, on=day_of(at))
    _save(person, by)
    tell_followers_of(families_to_follow(person.pk))
    return person


def locked_person(member: FamilyMember, version: int, facts: Mapping[str, Any]) -> Person:
    """Within an action: the person, held until the end of it. Raises `EditedMeanwhile` when saved since `version`."""
    locked = Person.objects.select_for_update(of=("self",), no_key=True).select_related("changed_by")
    person = locked.get(pk=member.person_id)
    if person.version != version:
        name = person.changed_by.name if person.changed_by else "Somebody else"
        raise EditedMeanwhile({each: getattr(person, each) for each in facts}, version=person.version, by=name)
    return person


def _save(person: Person, by: User) -> None:
    person.version += 1
    person.changed_by = by
    person.save()


def _facts_of(person: Person, was: Mapping[str, Any], *, today: date) -> PersonFacts:
    names = [name for name in PersonFacts.__dataclass_fields__ if name not in ("today", "chosen")]
    told = {name: getattr(person, name) for name in names}
    chosen: dict[str, tuple[str, ...]] = {}
    for name in was:
        if name in LISTS:
            chosen[LISTS[name]] = tuple(_codes(getattr(person, name)) - _codes(was[name]))
    tuples = {name: tuple(told[name]) for name in ("disabilities", "send_needs")}
    return PersonFacts(today=today, chosen=chosen, **(told | tuples))


def _codes(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {value} - {""}
