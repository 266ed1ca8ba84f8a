"""Who sees which family, asked of PostgreSQL directly as the application's role."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction

from baton.governance.models import AroundMember, Audit, Emergency, NamedPerson, Restriction, Sample
from baton.governance.queries.circles import answers_for
from baton.matching.queries.finding import find
from baton.people.models import Family, FamilyMember, Person
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import RoleHeld, User
from baton.platform.roles import Role
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.refusals.test_every_route import a_record_of_each_kind

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
EVERYBODY = (
    *("worker", "colleague", "manager", "service_manager", "hub_adviser", "coordinator", "auditor", "panel_chair"),
    *("analyst", "governance", "administrator", "teacher", "stranger"),
)


def sees(user: User, family_id: int) -> bool:
    with acting_as(user):
        return Family.objects.filter(pk=family_id).exists()


def restrict(place: Place, family_id: int, *named: User) -> Restriction:
    with acting_as(place.governance):
        restriction = Restriction.objects.create(
            family_id=family_id, reason="A colleague's family", review_on=NOW, set_by=place.governance, set_at=NOW
        )
        for user in named:
            NamedPerson.objects.create(
                restriction=restriction, family_id=family_id, user=user, because="Leads the work",
                named_by=place.governance, named_at=NOW,
            )  # fmt: skip
    return restriction


def an_emergency(user: User, person: Person, why: str = "The police rang about the children") -> int | None:
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute(
            "select guard.open_in_emergency(%s, %s, %s, %s)",
            [person.given_name.upper(), person.family_name, person.date_of_birth, why],
        )
        return cursor.fetchone()[0]


def a_child(place: Place, family_id: int) -> Person:
    with acting_as(place.worker):
        return FamilyMember.objects.select_related("person").filter(family=family_id, part="child")[0].person


def test_a_coordinator_sees_the_locality_and_writes_nothing() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    there = a_user((Role.COORDINATOR, None))
    RoleHeld.objects.filter(user=there).update(locality=place.team.locality)
    assert sees(there, episode.family_id)
    with acting_as(there), pytest.raises(Error, match="row-level security"), transaction.atomic():
        Family.objects.filter(pk=episode.family_id).update(name="Otterdown")
    with acting_as(there):
        assert FamilyMember.objects.filter(family=episode.family_id).delete()[0] == 0


def test_a_member_of_the_team_around_the_family_sees_it_until_they_leave() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    assert not sees(place.teacher, episode.family_id)
    with acting_as(place.worker):
        member = AroundMember.objects.create(
            family_id=episode.family_id, user=place.teacher, part="teacher", from_at=NOW, added_by=place.worker
        )
    assert sees(place.teacher, episode.family_id)
    with acting_as(place.worker):
        AroundMember.objects.filter(pk=member.pk).update(until_at=NOW, ended_by=place.worker)
    assert not sees(place.teacher, episode.family_id)


@pytest.mark.parametrize("who", ["colleague", "teacher", "hub_adviser", "stranger", "other_manager", "coordinator"])
def test_nobody_joins_a_team_around_a_family_but_by_those_who_answer_for_it(who: str) -> None:
    """PostgreSQL refuses it, whatever a page or an action would let through."""
    place = a_place()
    episode = an_allocated_episode(place)
    asker = getattr(place, who)
    told = {"family_id": episode.family_id, "user": place.teacher, "part": "teacher", "from_at": NOW, "added_by": asker}
    with acting_as(asker), pytest.raises(Error, match="row-level security"), transaction.atomic():
        AroundMember.objects.create(**told)


@pytest.mark.parametrize("who", ["worker", "manager", "service_manager"])
def test_the_lead_and_the_managers_answer_for_the_team_around_a_family(who: str) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(getattr(place, who)):
        assert answers_for(episode.family_id)
    restrict(place, episode.family_id, place.worker)
    with acting_as(getattr(place, who)):
        assert answers_for(episode.family_id) is (who == "worker")


def test_a_name_without_an_account_opens_nothing() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        AroundMember.objects.create(
            family_id=episode.family_id, name="Nurse Nightly", part="school nurse", from_at=NOW, added_by=place.worker
        )
    assert [who for who in EVERYBODY if sees(getattr(place, who), episode.family_id)] == [
        *("worker", "colleague", "manager", "service_manager", "hub_adviser", "coordinator")
    ]


def test_nobody_judges_their_own_emergency() -> None:
    place = a_place()
    child = a_child(place, an_allocated_episode(place).family_id)
    assert an_emergency(place.manager, child)
    with acting_as(place.manager), pytest.raises(Error, match="row-level security"), transaction.atomic():
        Emergency.objects.update(reviewed_by=place.manager, reviewed_at=NOW, review="It was right")


def test_an_auditor_sees_the_sample_while_the_audit_is_open_and_writes_nothing() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.service_manager):
        audit = Audit.objects.create(
            title="Autumn", question="?", auditor=place.auditor, seed=1, made_by=place.service_manager, made_at=NOW,
        )  # fmt: skip
        sample = Sample.objects.create(
            family_id=episode.family_id, auditor=place.auditor, audit=audit, opened_by=place.service_manager,
            opened_at=NOW,
        )  # fmt: skip
    assert sees(place.auditor, episode.family_id)
    with acting_as(place.auditor), pytest.raises(Error, match="row-level security"), transaction.atomic():
        Family.objects.filter(pk=episode.family_id).update(name="Otterdown")
    with acting_as(place.service_manager):
        Sample.objects.filter(pk=sample.pk).update(closed_at=NOW, closed_by=place.service_manager)
    assert not sees(place.auditor, episode.family_id)


@pytest.mark.parametrize("who", ["analyst", "governance", "administrator", "auditor", "panel_chair"])
def test_who_needs_no_family_sees_none(who: str) -> None:
    place = a_place()
    an_allocated_episode(place)
    with acting_as(getattr(place, who)):
        assert (Family.objects.count(), Person.objects.count()) == (0, 0)


# What information governance decides on names a family by its number and who saw it, and says nothing of its record.
LOGS = {
    *("governance_restriction", "governance_namedperson"),
    *("governance_emergency", "governance_sample", "governance_alert", "documents_virusfound"),
    *("platform_auditentry", "platform_accessentry", "platform_change"),
}


def about(model: type[models.Model]) -> str:
    """How to ask a table for the rows of one family; nothing where it holds none."""
    columns = {field.column for field in model._meta.concrete_fields}
    own = {"people_family": "id", "people_person": "first_family_id"}
    by_person = "person__first_family_id" if "person_id" in columns else ""
    return own.get(model._meta.db_table, "family_id" if "family_id" in columns else by_person)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_restricted_family_is_in_no_table_for_anybody_who_is_not_named(who: str) -> None:
    """Every table there is, and every one there will be."""
    place = a_place()
    family_id = a_record_of_each_kind(place)["family_id"]
    restrict(place, family_id, place.other_manager)
    shown = []
    with acting_as(getattr(place, who)):
        for model in apps.get_models():
            column = about(model) if model.__module__.startswith("baton.") else ""
            if who == "governance" and model._meta.db_table in LOGS:
                continue
            if column and model.objects.filter(**{column: family_id}).exists():  # type: ignore[attr-defined]
                shown.append(model._meta.db_table)
    assert shown == []


def test_a_restricted_family_is_found_by_those_named_and_nobody_else() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    child = a_child(place, episode.family_id)
    restrict(place, episode.family_id, place.worker)
    for who in EVERYBODY:
        with acting_as(getattr(place, who)):
            said = find(f"{child.name} {child.date_of_birth:%d/%m/%Y}", on=clock.today())
        assert (bool(said.people), said.known_elsewhere) == (who == "worker", False), who
    assert sees(place.worker, episode.family_id)


def test_lifting_a_restriction_gives_the_family_back() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    restriction = restrict(place, episode.family_id)
    assert not sees(place.manager, episode.family_id)
    with acting_as(place.governance):
        Restriction.objects.filter(pk=restriction.pk).update(lifted_at=NOW, lifted_by=place.governance)
    assert sees(place.manager, episode.family_id)


def test_an_emergency_opens_one_family_for_three_hours() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    child = a_child(place, episode.family_id)
    assert an_emergency(place.stranger, child) == episode.family_id
    assert sees(place.stranger, episode.family_id)
    with acting_as(place.manager):
        entry = Emergency.objects.get()
        assert entry.until_at - entry.from_at == timedelta(hours=3)
        Emergency.objects.update(until_at=clock.now() - timedelta(minutes=1), from_at=clock.now() - timedelta(hours=3))
    assert not sees(place.stranger, episode.family_id)


def test_an_emergency_needs_a_reason_a_caseworker_and_the_right_birthday() -> None:
    place = a_place()
    child = a_child(place, an_allocated_episode(place).family_id)
    assert an_emergency(place.stranger, child, why="urgent") is None
    assert an_emergency(place.administrator, child) is None
    assert an_emergency(place.coordinator, child) is None
    child.date_of_birth = date(1999, 1, 1)
    assert an_emergency(place.stranger, child) is None


def test_an_emergency_never_opens_a_restricted_family_and_ends_when_it_becomes_one() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    child = a_child(place, episode.family_id)
    assert an_emergency(place.stranger, child) == episode.family_id
    restrict(place, episode.family_id, place.worker)
    assert not sees(place.stranger, episode.family_id)
    assert an_emergency(place.stranger, child) is None
    assert an_emergency(place.worker, child) is None


def test_nobody_writes_an_emergency_but_through_its_door() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.stranger), pytest.raises(Error, match="permission denied"), transaction.atomic():
        Emergency.objects.create(
            family_id=episode.family_id, user=place.stranger, reason="x", from_at=NOW, until_at=NOW + timedelta(days=9)
        )
