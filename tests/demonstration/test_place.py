"""A place of people who do not exist is made by real actions, so that everything about it is true."""

from datetime import UTC, datetime
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from baton.demonstration.calendar import later, office_time
from baton.demonstration.families import make_up
from baton.demonstration.loading import live, load_place
from baton.demonstration.staffing import STAFF, staff_place
from baton.demonstration.walk import Walk
from baton.episodes.models import Event
from baton.platform.clock import LONDON
from baton.platform.guard import acting_as
from baton.platform.models import Organisation, Team, User
from baton.platform.roles import Role
from baton.practice.calendar import is_working_day

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PLACES = ("dorset", "doncaster", "derby")
FAMILIES = 4


def a_small_place(place: str) -> Walk:
    return load_place(place=place, families=FAMILIES, until=NOW, say=lambda done: None)


def test_the_same_seed_makes_the_same_family_and_another_seed_another() -> None:
    first = make_up(Random("same"), on=NOW.date())
    assert first == make_up(Random("same"), on=NOW.date())
    assert first != make_up(Random("other"), on=NOW.date())


@pytest.mark.django_db
def test_a_familys_life_depends_on_its_number_and_not_on_who_was_before() -> None:
    walk = a_small_place("derby")
    with acting_as(walk.staff.service_managers[0]):
        before = Event.objects.count()
    first = live(walk, 3)
    assert live(walk, 3) == first > 0
    with acting_as(walk.staff.service_managers[0]):
        added = Event.objects.count() - before
    assert added % 2 == 0


@pytest.mark.django_db
def test_sixty_people_of_a_dozen_agencies_work_there_in_every_role() -> None:
    staff = staff_place("doncaster", Random("staff"))
    assert User.objects.count() == STAFF
    assert Organisation.objects.count() == 13
    assert Team.objects.count() == len(staff.teams) == 4
    for role in Role:
        assert User.objects.filter(roles_held__role=role).exists(), role
    assert User.objects.exclude(email__endswith="@example.org").count() == 0


@pytest.mark.django_db
def test_a_place_is_only_made_in_an_empty_database() -> None:
    staff_place("dorset", Random("there"))
    with pytest.raises(CommandError, match="empty"):
        call_command("demo_load", families=1)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_one_is_told_whom_to_sign_in_as() -> None:
    staff_place("dorset", Random("there"))
    said = StringIO()
    call_command("demo_people", stdout=said)
    for role in Role:
        assert role.label in said.getvalue()
    assert said.getvalue().count("@example.org") == 11


def test_work_is_done_on_working_days_in_office_hours() -> None:
    random = Random("hours")
    for day in range(1, 29):
        moment = office_time(random, datetime(2026, 12, day, 20, 0, tzinfo=UTC))
        local = moment.astimezone(LONDON)
        assert is_working_day(local.date())
        assert 9 <= local.hour <= 16
        assert moment >= datetime(2026, 12, day, 20, 0, tzinfo=UTC)
        assert later(random, moment, usual=3, late=9, how_often_late=0.5) > moment
