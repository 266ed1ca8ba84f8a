"""Two records of one person made one, and two again: exactly, after later work, and along chains."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.matching.actions import merge_people, tell_apart, undo_merge
from baton.matching.models import Merge, Moved, PossibleDuplicate
from baton.people.actions import add_member, give_warning
from baton.people.actions.warnings import Warned
from baton.people.models import FamilyMember, Person, PersonName
from baton.people.queries.warnings import warnings_now
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.refusals import NotAllowed, Refused
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.plans import an_agreed_plan
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(weeks=8)
NOT_COMPARED = {"episodes_deadline"}  # follows from the rest


@pytest.fixture
def place() -> Place:
    return a_place()


def joined(place: Place, survivor: Person, merged: Person, *, by: User | None = None, **more: Any) -> Merge:
    by = by or place.hub_adviser
    told = {"taken": (), "reason": "The school says so."} | more
    with acting_as(by):
        return merge_people(survivor=survivor, merged=merged, **told, by=by, at=LATER)


def parted(place: Place, merge: Merge, *, by: User | None = None) -> Merge:
    by = by or place.hub_adviser
    with acting_as(by):
        return undo_merge(merge=merge, reason="They are cousins.", by=by, at=LATER)


@contextmanager
def seeing_all(place: Place) -> Iterator[None]:
    """As somebody who answers for every team and for the front door."""
    with acting_as(place.service_manager), connection.cursor() as cursor:
        cursor.execute("select set_config('app.roles', '{service_manager,hub_adviser,sweeper}', true)")
        yield


def everything(place: Place) -> dict[str, list[str]]:
    """Every row that may refer to a person, without what tells of the merging itself and counts of changes."""
    with seeing_all(place), connection.cursor() as cursor:
        cursor.execute("select distinct tbl::text from guard.references_to('people_person')")
        tables = {name for (name,) in cursor.fetchall()} | {"people_person", "people_family"}
        rows = {}
        for table in tables - NOT_COMPARED:
            without = " - 'version'" if table == "people_person" else ""
            cursor.execute(f"select (to_jsonb(t){without})::text from {table} t")
            rows[table] = sorted(row for (row,) in cursor.fetchall())
        cursor.execute("select person_id, facts::text from guard.everybody_compared()")
        rows["compared"] = sorted(map(str, cursor.fetchall()))
    return rows


def child(place: Place, family_id: int, name: str = "Ashby") -> Person:
    with seeing_all(place):
        return Person.objects.get(memberships__family=family_id, given_name=name)


def families_of(place: Place, person: Person) -> set[int]:
    with seeing_all(place):
        return set(FamilyMember.objects.filter(person=person).values_list("family_id", flat=True))


@pytest.fixture
def two(place: Place) -> tuple[Person, Person]:
    """One child with two records: one in a family with a plan, one in a family with an episode of another team."""
    episode = an_allocated_episode(place)
    an_agreed_plan(episode, by=place.worker)
    other = a_family(
        team=place.other_team, by=place.hub_adviser, name="Otterby", children=(("Ashby", date(2013, 5, 1)),)
    )
    return child(place, episode.family_id), child(place, other.pk)


def test_everything_of_one_record_goes_to_the_other(place: Place, two: tuple[Person, Person]) -> None:
    kept, gone = two
    families = families_of(place, kept) | families_of(place, gone)
    joined(place, kept, gone)
    assert families_of(place, kept) == families
    assert families_of(place, gone) == set()


def test_undoing_gives_back_exactly_what_was(place: Place, two: tuple[Person, Person]) -> None:
    for kept, gone in (two, two[::-1]):
        before = everything(place)
        merge = joined(place, kept, gone, taken=("family_name", "date_of_birth"))
        assert everything(place) != before
        parted(place, merge)
        assert everything(place) == before


def test_two_records_in_one_family_become_one_member(place: Place) -> None:
    family = a_family(
        team=place.team, by=place.hub_adviser, children=(("Ashby", date(2013, 5, 1)), ("Ashbie", date(2013, 5, 1)))
    )
    kept, gone = child(place, family.pk), child(place, family.pk, "Ashbie")
    before = everything(place)
    merge = joined(place, kept, gone)
    with seeing_all(place):
        assert FamilyMember.objects.filter(family=family, person=kept, until_on__isnull=True).count() == 1
        assert Moved.objects.filter(merge=merge, what="folded", table_name="people_familymember").exists()
    parted(place, merge)
    assert everything(place) == before


def test_what_was_chosen_of_the_other_record_stands(place: Place, two: tuple[Person, Person]) -> None:
    kept, gone = two
    joined(place, kept, gone, taken=("given_name", "family_name"))
    with seeing_all(place):
        now = Person.objects.get(pk=kept.pk)
        legal = PersonName.objects.filter(person=kept, kind="legal", until_on__isnull=True)
        assert now.family_name == "Otterby"
        assert [name.family_name for name in legal] in ([], ["Otterby"])


def test_later_work_stays_with_the_right_person(place: Place, two: tuple[Person, Person]) -> None:
    kept, gone = two
    theirs = families_of(place, gone)
    merge = joined(place, kept, gone)
    with acting_as(place.hub_adviser):
        third = a_family(team=place.team, by=place.hub_adviser, name="Later", children=())
        add_member(
            family=third,
            person=kept,
            part="child",
            relationship="",
            from_on=LATER.date(),
            by=place.hub_adviser,
            at=LATER,
        )
        FamilyMember.objects.filter(person=kept, family_id__in=theirs).update(relationship="our Ash")
    parted(place, merge)
    assert families_of(place, gone) == theirs
    assert third.pk in families_of(place, kept)
    with seeing_all(place):
        assert FamilyMember.objects.get(person=gone, family_id__in=theirs).relationship == "our Ash"


def test_work_begun_since_in_a_family_only_the_other_stood_in_goes_with_them(
    place: Place, two: tuple[Person, Person]
) -> None:
    kept, gone = two
    (theirs,) = families_of(place, gone)
    merge = joined(place, kept, gone)
    with seeing_all(place):
        FamilyMember.objects.filter(person=kept, family_id=theirs).update(until_on=date(2026, 12, 1))
        FamilyMember.objects.create(family_id=theirs, person=kept, part="child", from_on=date(2026, 12, 2))
    parted(place, merge)
    with seeing_all(place):
        assert FamilyMember.objects.filter(person=gone, family_id=theirs).count() == 2


def test_a_value_changed_since_is_kept(place: Place, two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge = joined(place, kept, gone, taken=("family_name",))
    with seeing_all(place):
        Person.objects.filter(pk=kept.pk).update(family_name="Married")
    parted(place, merge)
    with seeing_all(place):
        assert Person.objects.get(pk=kept.pk).family_name == "Married"
        assert Person.objects.get(pk=gone.pk).family_name == "Otterby"


# Who may


def test_a_manager_who_holds_one_of_the_two_is_told_whom_to_ask(place: Place, two: tuple[Person, Person]) -> None:
    with pytest.raises(Refused, match="Ask a hub adviser"):
        joined(place, *two, by=place.manager)


def test_a_manager_who_holds_both_and_the_service_manager_may(place: Place, two: tuple[Person, Person]) -> None:
    parted(place, joined(place, *two, by=place.service_manager), by=place.service_manager)
    here = a_family(team=place.team, by=place.hub_adviser, name="Near", children=(("Ashby", date(2013, 5, 1)),))
    joined(place, two[0], child(place, here.pk), by=place.manager)


def test_a_practitioner_may_not(place: Place, two: tuple[Person, Person]) -> None:
    with pytest.raises(NotAllowed):
        joined(place, *two, by=place.worker)


def test_nothing_is_merged_without_a_reason_or_with_itself_or_twice(place: Place, two: tuple[Person, Person]) -> None:
    kept, gone = two
    with pytest.raises(Refused, match="how you know"):
        joined(place, kept, gone, reason=" ")
    with pytest.raises(Refused, match="same record"):
        joined(place, kept, kept)
    merge = joined(place, kept, gone)
    with pytest.raises(Refused, match="meanwhile"):
        joined(place, kept, gone)
    parted(place, merge)
    with pytest.raises(Refused, match="two again already"):
        parted(place, merge)


def test_who_was_said_to_differ_is_not_merged(place: Place, two: tuple[Person, Person]) -> None:
    kept, gone = two
    with acting_as(place.hub_adviser):
        pair = PossibleDuplicate.objects.create(
            one=min(two, key=lambda p: p.pk), other=max(two, key=lambda p: p.pk), sure=0.7, found_at=LATER
        )
        tell_apart(pair=pair, reason="Cousins.", by=place.hub_adviser, at=LATER)
    with pytest.raises(Refused, match="two people"):
        joined(place, kept, gone)


def test_merging_is_written_into_the_audit(place: Place, two: tuple[Person, Person]) -> None:
    merge = joined(place, *two)
    with acting_as(place.hub_adviser):
        assert AuditEntry.objects.filter(action="merge_people", record="matching_merge", record_id=merge.pk).exists()


def test_the_application_cannot_write_the_ledger(place: Place, two: tuple[Person, Person]) -> None:
    merge = joined(place, *two)
    with acting_as(place.hub_adviser):
        assert Moved.objects.filter(merge=merge).update(is_undone=True) == 0


# Chains


def some_records(place: Place) -> list[Person]:
    """Four records of one child: two in one family, two in families of their own."""
    both = a_family(
        team=place.team, by=place.hub_adviser, children=(("Ashby", date(2013, 5, 1)), ("Ashbie", date(2013, 5, 1)))
    )
    apart = [
        a_family(team=place.other_team, by=place.hub_adviser, name=name, children=(("Ashby", date(2013, 5, 1)),))
        for name in ("Otterby", "Marsh")
    ]
    return [child(place, both.pk), child(place, both.pk, "Ashbie"), *(child(place, family.pk) for family in apart)]


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_chain_of_merges_undone_in_any_order_gives_back_what_was(data: st.DataObject) -> None:
    with rolled_back():
        place = a_place()
        people = some_records(place)
        before = everything(place)
        standing: list[Merge] = []
        alone = list(people)
        for _ in range(data.draw(st.integers(1, 3))):
            survivor, merged = data.draw(st.permutations(alone))[:2]
            taken = data.draw(
                st.lists(st.sampled_from(["given_name", "family_name", "school", "date_of_birth"]), unique=True)
            )
            standing.append(joined(place, survivor, merged, taken=taken))
            alone.remove(merged)
        for merge in data.draw(st.permutations(standing)):
            parted(place, merge)
        assert everything(place) == before


@contextmanager
def rolled_back() -> Iterator[None]:
    """Each example starts from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_warning_about_the_record_that_was_merged_shows_wherever_its_family_is_opened(place: Place) -> None:
    # Given a child recorded twice, in two families, and a warning about the second record
    first = an_allocated_episode(place).family_id
    other = a_family(team=place.team, by=place.hub_adviser, name="Otterdown")
    survivor, merged = child(place, first), child(place, other.pk)
    with acting_as(place.worker):
        warned = Warned("animal", "Ask them to shut the dog in", "It bit a postman", True, "", LATER.date())
        give_warning(family=other, person=merged, warned=warned, by=place.worker, at=MONDAY)
        assert not warnings_now(first)
    # When the two are made one
    merge = joined(place, survivor, merged)
    # Then it shows with both families, and after they are parted with its own alone
    client = page_client(place.worker)
    for family_id in (first, other.pk):
        assert "Ask them to shut the dog in" in client.get(f"/families/{family_id}/").content.decode()
    parted(place, merge)
    with acting_as(place.worker):
        assert not warnings_now(first)
        assert [each.person_id for each in warnings_now(other.pk)] == [merged.pk]
