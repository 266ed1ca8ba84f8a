"""Who sees what is PostgreSQL's to say: these tests ask it directly, as the application's role."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from baton.episodes.models import Deadline, Episode, Event
from baton.people.models import Family, Person
from baton.platform.guard import acting_as, handing_over_to, without_account
from baton.platform.models import AuditEntry, RoleHeld
from baton.platform.roles import Role
from tests.factories import a_family, a_place, an_allocated_episode

pytestmark = pytest.mark.django_db


def test_without_a_context_nothing_about_a_family_is_seen() -> None:
    place = a_place()
    an_allocated_episode(place)
    for model in (Family, Person, Episode, Event, Deadline, AuditEntry):
        assert model.objects.count() == 0, model


def test_the_application_connects_as_a_role_that_bypasses_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("baton_app", False, False)


def test_the_team_that_holds_a_family_sees_it_and_another_does_not() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    for user, sees in (
        (place.worker, 1),
        (place.colleague, 1),
        (place.manager, 1),
        (place.stranger, 0),
        (place.other_manager, 0),
    ):
        with acting_as(user):
            assert Family.objects.filter(pk=episode.family_id).count() == sees, user
            assert Event.objects.filter(family_id=episode.family_id).exists() == bool(sees), user


def test_a_service_manager_sees_every_team() -> None:
    place = a_place()
    a_family(team=place.team, by=place.hub_adviser)
    a_family(team=place.other_team, by=place.hub_adviser)
    with acting_as(place.service_manager):
        assert Family.objects.count() == 2


def test_an_administrator_sees_no_family() -> None:
    place = a_place()
    an_allocated_episode(place)
    with acting_as(place.administrator):
        assert (Family.objects.count(), Person.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_the_hub_sees_who_is_known_and_none_of_the_casework() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.hub_adviser):
        assert Person.objects.filter(memberships__family_id=episode.family_id).count() == 3
        assert Episode.objects.filter(pk=episode.pk).exists()
        assert not Event.objects.exists()
        assert not Deadline.objects.exists()


def test_a_lead_of_another_agency_sees_the_family_only_while_leading() -> None:
    place = a_place()
    episode = an_allocated_episode(place, to=place.teacher)
    with acting_as(place.teacher):
        assert Family.objects.filter(pk=episode.family_id).exists()
    with acting_as(place.manager):
        episode.allocations.update(until_at=episode.opened_at.replace(year=2027))
    with acting_as(place.teacher):
        assert not Family.objects.filter(pk=episode.family_id).exists()


def test_access_ends_with_the_role() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    RoleHeld.objects.filter(user=place.worker).update(until_on="2025-01-01")
    with acting_as(place.worker):
        assert place.worker.held == ()
        assert not Family.objects.filter(pk=episode.family_id).exists()


def test_access_ends_with_the_account() -> None:
    place = a_place()
    an_allocated_episode(place)
    place.worker.is_active = False
    place.worker.save()
    with acting_as(place.worker):
        assert not Family.objects.exists()
        assert not place.worker.has_role(Role.PRACTITIONER)


def test_a_context_ends_with_its_transaction_and_gives_way_to_the_outer_one() -> None:
    place = a_place()
    an_allocated_episode(place)
    with acting_as(place.stranger):
        with acting_as(place.worker):
            assert Family.objects.count() == 1
        assert Family.objects.count() == 0


def test_somebody_without_an_account_sees_nothing() -> None:
    place = a_place()
    an_allocated_episode(place)
    with without_account(uuid4()):
        assert not Family.objects.exists()
        assert not Person.objects.exists()


def test_nobody_can_write_a_family_into_a_team_that_is_not_theirs() -> None:
    place = a_place()
    with acting_as(place.stranger), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Family.objects.create(name="Puddlewick", team=place.team, created_at="2026-01-01T00:00Z")


def test_handing_over_lasts_only_as_long_as_the_block() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.hub_adviser):
        with handing_over_to(place.team.pk):
            assert Event.objects.filter(episode=episode).exists()
        assert not Event.objects.filter(episode=episode).exists()


@pytest.mark.parametrize(
    "statement", ["update platform_auditentry set action = 'x'", "delete from platform_auditentry"]
)
def test_the_application_can_never_change_the_audit(statement: str) -> None:
    place = a_place()
    an_allocated_episode(place)
    with (
        acting_as(place.manager),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
