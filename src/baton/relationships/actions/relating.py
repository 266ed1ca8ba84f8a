"""Recording how two people are related, correcting it, ending it, striking it out."""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, Refused, require
from baton.practice.calendar import day_of
from baton.relationships.models import Relationship
from baton.relationships.permissions import may_change_relationship, may_relate
from baton.relationships.policies.relationships import (
    TO_RELATE,
    Life,
    Recorded,
    RelationshipFacts,
    Told,
    it_is_not_said_twice,
    there_is_one_birth_father,
    there_is_one_birth_mother,
)
from baton.relationships.queries import standing_between
from baton.relationships.states import MUTUAL, PARENTS, WEDDED, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_OF_THE_FAMILY = "Add both people to the family before you say how they are related."
WHY_NOT = {
    "one_birth_mother": there_is_one_birth_mother,
    "one_birth_father": there_is_one_birth_father,
    "relationships_do_not_repeat": it_is_not_said_twice,
    "a_mutual_relationship_is_said_once": it_is_not_said_twice,
}


@action(allowed=may_relate)
def record_relationship(*, family: Family, told: Told, by: User, at: datetime) -> Relationship:
    """Record how two people of a family are related; from then on it is read from both sides. Raises `Refused`."""
    return _record(family, [told], by, at)[0]


@action(allowed=may_relate)
def record_relationships(*, family: Family, told: Sequence[Told], by: User, at: datetime) -> Family:
    """Record several relationships of one family at once, each checked with those before it. Raises `Refused`."""
    _record(family, told, by, at)
    return family


@action(allowed=may_relate)
def add_relative(
    *, family: Family, person: Person, kind: str, relative: int, is_back: bool = False, by: User, at: datetime
) -> Relationship:
    """Add somebody to the family as one of its wider circle, and say whose relative they are.

    With `is_back` the person is the other side of the kind: the child of a mother. Raises `Refused`.
    """
    add_member(
        family=family,
        person=person,
        part=FamilyMember.Part.WIDER,
        relationship="",
        from_on=day_of(at),
        lives_with_family=False,
        by=by,
        at=at,
    )
    one, other = (relative, person.pk) if is_back else (person.pk, relative)
    return record_relationship(family=family, told=Told(one, kind, other), by=by, at=at)


@action(allowed=may_change_relationship)
def correct_relationship(
    *, relationship: Relationship, told: Told, version: int, by: User, at: datetime
) -> Relationship:
    """Put right what is recorded of two people. What stood is in the history. The two stay who they are.

    Raises `Refused`, and `EditedMeanwhile` when somebody saved it since.
    """
    now = _locked(relationship, version)
    told = replace(told, person=now.person_id, relative=now.relative_id)
    facts = _facts([told], by_family=now.family, today=day_of(at), without=now)
    require(TO_RELATE, facts[0])
    separated_on = now.separated_on
    _set(now, told)
    if now.standing == Standing.DIVORCED:
        now.separated_on = separated_on
    now.version += 1
    with _told_why():
        now.save()
    return now


@action(allowed=may_change_relationship)
def end_relationship(
    *, relationship: Relationship, standing: str, ended_on: date | None, version: int, by: User, at: datetime
) -> Relationship:
    """Note that a couple separated or divorced, or that something else is over.

    Raises `Refused`, and `EditedMeanwhile` when somebody saved it since.
    """
    told = Told(
        relationship.person_id,
        relationship.kind,
        relationship.relative_id,
        relationship.from_on,
        standing,
        ended_on,
        relationship.note,
    )
    return correct_relationship(relationship=relationship, told=told, version=version, by=by, at=at)


@action(allowed=may_change_relationship)
def strike_relationship(*, relationship: Relationship, because: str, by: User, at: datetime) -> Relationship:
    """Strike out what should never have been recorded; it stays to be read. Raises `Refused` without a reason."""
    if not because.strip():
        raise Refused("Say why it should not have been recorded.")
    now = Relationship.objects.select_for_update(of=("self",)).get(pk=relationship.pk)
    now.struck_at, now.struck_by, now.struck_because = at, by, because.strip()
    now.version += 1
    now.save(update_fields=["struck_at", "struck_by", "struck_because", "version"])
    return now


def told_of(relationship: Relationship) -> Told:
    """What stands of a relationship, as it would be told."""
    ended_on = relationship.until_on
    if relationship.standing == Standing.SEPARATED and relationship.kind in WEDDED:
        ended_on = relationship.separated_on
    return Told(
        relationship.person_id,
        relationship.kind,
        relationship.relative_id,
        relationship.from_on,
        relationship.standing,
        ended_on,
        relationship.note,
    )


def _record(family: Family, told: Sequence[Told], by: User, at: datetime) -> list[Relationship]:
    for facts in _facts(told, by_family=family, today=day_of(at)):
        require(TO_RELATE, facts)
    made = []
    for each in told:
        row = Relationship(family=family, recorded_at=at, recorded_by=by)
        row.person_id, row.relative_id = each.person, each.relative
        if each.kind in MUTUAL:
            row.person_id, row.relative_id = sorted((each.person, each.relative))
        _set(row, each)
        made.append(row)
    with _told_why():
        return Relationship.objects.bulk_create(made)


def _set(row: Relationship, told: Told) -> None:
    row.kind, row.from_on, row.standing, row.note = told.kind, told.from_on, told.standing, told.note
    still_married = told.standing == Standing.SEPARATED and told.kind in WEDDED
    row.separated_on = told.ended_on if still_married else None
    row.until_on = None if still_married or told.standing == Standing.NOW else told.ended_on


def _facts(
    told: Sequence[Told], *, by_family: Family, today: date, without: Relationship | None = None
) -> list[RelationshipFacts]:
    """The facts of each, with those told before it as if they stood. Four queries at most, however many."""
    members = FamilyMember.objects.filter(family=by_family).select_related("person")
    lives = {m.person_id: Life(m.person.date_of_birth, m.person.died_on, m.person.due_on) for m in members}
    named = {each.person for each in told} | {each.relative for each in told}
    if not named <= lives.keys():
        raise Refused(NOT_OF_THE_FAMILY)
    rows = [row for row in standing_between(lives) if without is None or row.pk != without.pk]
    recorded = [Recorded(r.person_id, r.kind, r.relative_id, r.from_on, r.until_on) for r in rows]
    facts = []
    for each in told:
        facts.append(
            RelationshipFacts(
                each, today, lives[each.person], lives[each.relative], tuple(recorded), _parents(recorded)
            )
        )
        recorded.append(Recorded(each.person, each.kind, each.relative, each.from_on, each.ended_on))
    return facts


def _parents(recorded: Iterable[Recorded]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for each in recorded:
        if each.kind in PARENTS:
            found.setdefault(each.relative, set()).add(each.person)
    return {child: frozenset(parents) for child, parents in found.items()}


def _locked(relationship: Relationship, version: int) -> Relationship:
    rows = Relationship.objects.select_for_update(of=("self",)).select_related("family", "recorded_by")
    now = rows.get(pk=relationship.pk, struck_at__isnull=True)
    if now.version != version:
        told = told_of(now)
        theirs = {name: getattr(told, name) for name in ("kind", "from_on", "standing", "ended_on", "note")}
        raise EditedMeanwhile(theirs, version=now.version, by="Somebody else")
    return now


@contextmanager
def _told_why() -> "Iterator[None]":
    """What the database refuses, since somebody recorded it meanwhile or in another family, in the policies' words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for constraint, policy in WHY_NOT.items():
            if constraint in str(error):
                raise Refused((policy.__doc__ or "").strip()) from error
        raise
