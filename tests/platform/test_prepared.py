"""Reads whose SQL is kept: the same rows as the queryset would give, for whoever asks, over whatever connection."""

from datetime import date, datetime
from threading import Thread

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, connections
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from baton.episodes.models import Deadline, Episode
from baton.people.models import Family, FamilyMember
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.prepared import is_one_of, prepared, the_one
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db


def members(family_id: int, on: date) -> QuerySet[FamilyMember]:
    here = FamilyMember.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), family=family_id, from_on__lte=on)
    return here.select_related("person").order_by("part", "person_id")


def owed(team_id: int, rules: list[int], at: datetime) -> QuerySet[Deadline]:
    late = Deadline.objects.filter(is_one_of("episode_id", rules), team=team_id, state=Deadline.State.OPEN)
    return late.filter(Q(lasts_until__gt=at) | Q(lasts_until=None)).order_by("pk")


def children(family_ids: list[int]) -> QuerySet[Family]:
    inside = FamilyMember.objects.filter(family=OuterRef("pk")).order_by("person_id")
    names = ArraySubquery(inside.values(json=JSONObject(name="person__given_name")))
    return Family.objects.filter(is_one_of("pk", family_ids)).annotate(inside=names, size=Count("members"))


@pytest.fixture
def place() -> Place:
    return a_place()


def family_of(place: Place) -> Family:
    return a_family(team=place.team, by=place.hub_adviser)


def test_it_gives_the_rows_of_the_queryset(place: Place) -> None:
    episode, ask_members, ask_owed = an_allocated_episode(place), prepared(members), prepared(owed)
    with acting_as(place.worker):
        on = MONDAY.date()
        assert ask_members(episode.family_id, on=on) == list(members(episode.family_id, on))
        plain = list(owed(place.team.pk, [episode.pk], MONDAY))
        assert plain, "there is something to compare"
        assert ask_owed(place.team.pk, [episode.pk], MONDAY) == plain


def test_each_asking_has_its_own_values(place: Place) -> None:
    first, second, ask = family_of(place), family_of(place), prepared(members)
    with acting_as(place.worker):
        found = [ask(family.pk, on=MONDAY.date()) for family in (first, second, first)]
    assert [{member.family_id for member in each} for each in found] == [{first.pk}, {second.pk}, {first.pk}]


def test_related_records_and_computed_columns_come_with_the_rows(place: Place) -> None:
    family, ask_members, ask_children = family_of(place), prepared(members), prepared(children)
    with acting_as(place.worker):
        ask_members(family.pk, on=MONDAY.date())
        with CaptureQueriesContext(connection) as captured:
            names = [member.person.given_name for member in ask_members(family.pk, on=MONDAY.date())]
        assert len(captured) == 1
        (again,) = ask_children([family.pk])
    assert sorted(each["name"] for each in again.inside) == sorted(names)  # type: ignore[attr-defined]
    assert again.size == len(names)  # type: ignore[attr-defined]


def test_values_can_be_asked_for_too(place: Place) -> None:
    family = family_of(place)

    @prepared
    def ids(family_id: int) -> QuerySet[FamilyMember, int]:
        return FamilyMember.objects.filter(family=family_id).order_by("pk").values_list("person_id", flat=True)

    with acting_as(place.worker):
        assert ids(family.pk) == list(family.members.order_by("pk").values_list("person_id", flat=True))


def test_row_security_decides_anew_each_time(place: Place) -> None:
    family, ask = family_of(place), prepared(members)
    with acting_as(place.worker):
        assert ask(family.pk, on=MONDAY.date())
    with acting_as(place.stranger):
        assert ask(family.pk, on=MONDAY.date()) == []


def test_constants_stand_in_the_sql_and_what_is_given_does_not(place: Place) -> None:
    ask = prepared(owed)
    with acting_as(place.worker), CaptureQueriesContext(connection) as captured:
        ask(place.team.pk, [1], MONDAY)
        ask(place.team.pk, [2], MONDAY)
    assert "'open'" in captured[0]["sql"]

    @prepared
    def odd(part: str) -> QuerySet[FamilyMember]:
        return FamilyMember.objects.filter(part=part, relationship="100 % O'Quill %s")

    with acting_as(place.worker):
        assert odd("child") == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_owner_and_other_threads_ask_over_their_own_connections(place: Place) -> None:
    family, ask, found = family_of(place), prepared(members), []
    with acting_as(place.worker):
        ask(family.pk, on=MONDAY.date())

    def elsewhere() -> None:
        found.append(ask(family.pk, on=MONDAY.date()))
        connections.close_all()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert found == [[]], "another connection has no context"
    with as_owner():
        assert ask(family.pk, on=MONDAY.date()) == []  # the owner's connection does not see this test's rows


def test_the_one_is_the_row_or_not_found(place: Place) -> None:
    episode = an_allocated_episode(place)
    assert the_one([episode]) is episode
    with pytest.raises(Http404):
        the_one(list[Episode]())
