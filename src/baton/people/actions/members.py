"""Changes to families and the people in them."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from baton.people.actions.keeping import FACT_OF, correct_present, note_change, open_record
from baton.people.models import Family, FamilyMember, Person
from baton.people.permissions import may_change_family, may_change_member, may_register_family
from baton.people.policies import TO_ADD, MemberFacts, Told
from baton.people.policies.over_time import Days
from baton.platform.actions import action, finish_what_follows
from baton.platform.guard import following_into
from baton.platform.models import Team, User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of

OF_A_MEMBERSHIP = ("part", "relationship", "lives_with_family")
OVER_TIME = ("given_name", "family_name", "known_as", "school", "phone")  # have tables of their own
_followers: list[Callable[[int], None]] = []


def when_members_change(follow: Callable[[int], None]) -> None:
    """For areas that stand on this one: call this with the family's id, within each action that changed its members."""
    _followers.append(follow)


@action(allowed=may_register_family)
def register_family(*, team: Team, name: str, by: User, at: datetime) -> Family:
    """Start the record of a family that a team will hold."""
    return Family.objects.create(name=name, team=team, created_at=at)


@action(allowed=may_change_family)
def add_member(
    *,
    family: Family,
    person: Person,
    part: str,
    relationship: str,
    from_on: date,
    lives_with_family: bool = True,
    young_adult_meant: bool = True,
    by: User,
    at: datetime,
) -> FamilyMember:
    """Add a person to a family. A new person is saved first, under this family.

    `young_adult_meant` is False where nobody has been asked whether a child of 18 or over is meant. Raises `Refused`
    when a policy of `TO_ADD` is not met.
    """
    require(TO_ADD, _facts_of_joining(family, person, part, young_adult_meant, from_on, at))
    if person._state.adding:
        person.first_family, person.changed_by = family, by
        person.save()
        open_record(person, by=by, at=at)
    member = FamilyMember(family=family, person=person, part=part, relationship=relationship, from_on=from_on)
    member.lives_with_family = lives_with_family
    member.save()
    tell_followers(family.pk)
    return member


@action(allowed=may_change_member)
def edit_member(
    *,
    member: FamilyMember,
    told: Told,
    left_on: date | None,
    version: int,
    young_adult_meant: bool = True,
    by: User,
    at: datetime,
) -> FamilyMember:
    """Correct what is known of somebody and of their part in a family, or note that they left it.

    Raises `Refused` when a policy of `TO_ADD` is not met, and `EditedMeanwhile` when somebody saved the person
    since `version`.
    """
    person, member = _locked(member, version)
    before = {name: getattr(person, name) for name in asdict(told) if name not in OF_A_MEMBERSHIP}
    for name, value in asdict(told).items():
        setattr(member if name in OF_A_MEMBERSHIP else person, name, value)
    member.until_on = left_on
    require(TO_ADD, _facts_of_staying(member, person, young_adult_meant, at))
    person.version += 1
    person.changed_by = by
    person.save()
    member.save()
    _keep_what_stood(before, person, by=by, at=at)
    tell_followers(member.family_id)
    if before["date_of_birth"] != person.date_of_birth:
        tell_followers_of(families_to_follow(person.pk))
    return member


def _keep_what_stood(before: dict[str, object], person: Person, *, by: User, at: datetime) -> None:
    for name, was in before.items():
        if name not in OVER_TIME and was != getattr(person, name):
            note_change(person, FACT_OF.get(name, name), {name: was}, by=by, at=at)
    correct_present(before, person, by=by, at=at)


def _locked(member: FamilyMember, version: int) -> tuple[Person, FamilyMember]:
    locked = Person.objects.select_for_update(of=("self",), no_key=True).select_related("changed_by")
    person = locked.get(pk=member.person_id)
    now = FamilyMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    if person.version != version:
        name = person.changed_by.name if person.changed_by else "Somebody else"
        raise EditedMeanwhile(theirs_of(now, person), version=person.version, by=name)
    return person, now


@action(allowed=may_change_family)
def hand_family_to(*, family: Family, team: Team, by: User, at: datetime) -> Family:
    """Give a family to another team; the team that held it no longer sees it."""
    family.team = team
    family.save(update_fields=["team"])
    return family


def theirs_of(member: FamilyMember, person: Person) -> dict[str, object]:
    """What stands of somebody, by the names of the form."""
    fields = [name for name in Told.__dataclass_fields__ if name not in OF_A_MEMBERSHIP]
    of_person: dict[str, object] = {name: getattr(person, name) for name in fields}
    return of_person | {name: getattr(member, name) for name in OF_A_MEMBERSHIP} | {"left_on": member.until_on}


def _facts_of_joining(
    family: Family, person: Person, part: str, meant: bool, from_on: date, at: datetime
) -> MemberFacts:
    stays = FamilyMember.objects.filter(family=family, person_id=person.pk)
    now_or_later = stays.filter(Q(until_on__isnull=True) | Q(until_on__gt=from_on))
    return MemberFacts(
        date_of_birth=person.date_of_birth,
        due_on=person.due_on,
        nhs_number=person.nhs_number,
        part=part,
        today=day_of(at),
        young_adult_meant=meant,
        is_member_already=not person._state.adding and now_or_later.exists(),
    )


def _facts_of_staying(member: FamilyMember, person: Person, meant: bool, at: datetime) -> MemberFacts:
    return MemberFacts(
        date_of_birth=person.date_of_birth,
        due_on=person.due_on,
        nhs_number=person.nhs_number,
        part=member.part,
        today=day_of(at),
        young_adult_meant=meant,
        is_member_already=_overlaps_another_stay(member),
        joined_on=member.from_on,
        left_on=member.until_on,
    )


def _overlaps_another_stay(member: FamilyMember) -> bool:
    stays = FamilyMember.objects.filter(family=member.family_id, person=member.person_id).exclude(pk=member.pk)
    stay = Days(member.from_on, member.until_on)
    return any(stay.overlap(Days(*pair)) for pair in stays.values_list("from_on", "until_on"))


def tell_followers(family_id: int) -> None:
    """Within an action: let the areas above follow a change of who is in a family, or of how old they are."""
    for follow in _followers:
        follow(family_id)


def families_to_follow(*people: int) -> list[int]:
    """The ids of the families that these people stand or stood in, also of those the asker may not see."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.families_to_follow(%s)", [list(people)])
        return list(cursor.fetchall()[0][0])


def tell_followers_of(families: Iterable[int]) -> None:
    """Within an action: the same for each of some families, and what follows is done in the context of each."""
    finish_what_follows()  # what waits was left by this context, which sees what the others may not
    for family_id in families:
        with following_into(family_id):
            tell_followers(family_id)
            finish_what_follows()
