"""Disposing of a family's record: nothing of it is left, nobody else's is touched, and the seals hold."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from baton.cluster.home import home_in
from baton.cluster.server import connect
from baton.people.actions import add_member
from baton.people.models import Family, Person
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.platform.roles import Role
from baton.platform.seals import faults_of_the_chain, seal_entries
from baton.rights.actions import (
    approve_disposal,
    end_hold,
    hold_family,
    review_record,
    take_back_disposal,
)
from baton.rights.models import Disposal, RetentionReview
from baton.rights.queries.retention import due_for_review
from tests.database import DATABASE, VAR
from tests.factories import Place, a_family, a_place, a_user
from tests.rights.old_families import LONG_AFTER, a_family_of_long_ago

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
BECAUSE = "Nobody has needed it for years"
NAMES = ("Quillfeather", "Ashby", "Bramwell")


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection[Any]]:
    with connect(home_in(VAR), DATABASE) as connection:
        yield connection


def call_all_others_differently(superuser: psycopg.Connection[Any], family_id: int) -> None:
    """Factories give every family one name; a word must tell whose a row is."""
    superuser.execute("set session_replication_role = replica")
    superuser.execute("update people_family set name = 'Teasel' where id <> %s", [family_id])
    superuser.execute(
        "update people_person set given_name = 'Tuft', family_name = 'Teasel' where first_family_id <> %s", [family_id]
    )
    superuser.execute(
        "update people_personname set given_name = 'Tuft', family_name = 'Teasel'"
        " where person_id in (select id from people_person where first_family_id <> %s)", [family_id]
    )  # fmt: skip
    superuser.execute("set session_replication_role = origin")
    superuser.execute("select guard.index_everybody()")


def another_officer() -> User:
    return a_user((Role.GOVERNANCE, None), name="Olive Officer")


def decide(place: Place, family_id: int) -> RetentionReview:
    with acting_as(place.governance):
        return review_record(
            family_id=family_id, decision="dispose", because=BECAUSE, by=place.governance, at=LONG_AFTER
        )


def dispose(place: Place, family_id: int) -> Disposal:
    review, second = decide(place, family_id), another_officer()
    with acting_as(second):
        return approve_disposal(review=review, by=second, at=LONG_AFTER)


def tables(superuser: psycopg.Connection[Any]) -> list[str]:
    found = superuser.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    return [name for (name,) in found]


def columns_of(superuser: psycopg.Connection[Any], table: str) -> set[str]:
    asked = "select column_name from information_schema.columns where table_schema = 'public' and table_name = %s"
    return {name for (name,) in superuser.execute(asked, [table]).fetchall()}


def mentions(superuser: psycopg.Connection[Any], word: str) -> list[tuple[str, str]]:
    """Every row of every table in which a word stands."""
    found = []
    for table in tables(superuser):
        rows = superuser.execute(f'select t::text from "{table}" t where t::text ~ %s', [rf"\m{word}\M"]).fetchall()
        found += [(table, row) for (row,) in rows]
    return found


def test_afterwards_no_row_anywhere_mentions_the_family_or_its_people(superuser: psycopg.Connection[Any]) -> None:
    # Given a family whose time is over, with a record of every kind, found in many tables
    place = a_place()
    family_id = a_family_of_long_ago(place)
    call_all_others_differently(superuser, family_id)
    people = [
        row[0]
        for row in superuser.execute("select person_id from people_familymember where family_id = %s", [family_id])
    ]
    assert len({table for table, _ in mentions(superuser, "Quillfeather")}) > 10
    # When one officer decides and another approves
    made = dispose(place, family_id)
    # Then no table holds a word of them
    for word in NAMES:
        assert mentions(superuser, word) == [], word
    # and no row refers to the family or to them by number, but for audit entries and looks
    for table in tables(superuser):
        columns = columns_of(superuser, table)
        if "family_id" in columns and table not in ("platform_auditentry", "platform_accessentry"):
            assert not superuser.execute(f"select 1 from {table} where family_id = %s", [family_id]).fetchone(), table
        if "person_id" in columns:
            assert not superuser.execute(f"select 1 from {table} where person_id = any(%s)", [people]).fetchone(), table
    # and the certificate says what went, without a name
    assert (made.number, made.decided_by) == (family_id, place.governance)
    assert made.counts["people_family"] == 1
    assert made.counts["people_person"] == made.people >= len(people)
    assert made.counts["visits_visit"] == 1
    assert made.counts["documents_document"] == made.counts["documents_contents"] == 2
    assert made.history > 20
    assert BECAUSE not in str(vars(made))


def test_the_chain_of_seals_holds_and_still_finds_who_tampers(superuser: psycopg.Connection[Any]) -> None:
    # Given sealed days, and a disposal after them
    place = a_place()
    family_id = a_family_of_long_ago(place)
    call_command("audit_seal")
    made = dispose(place, family_id)
    # Then the chain holds at once, and once the disposal is sealed too
    with as_owner():
        assert faults_of_the_chain() == []
    call_command("audit_seal")
    call_command("audit_verify")
    assert superuser.execute("select count(*) from platform_link where kind = 'gone'").fetchone() == (1,)
    # But an entry taken away without a certificate, a certificate that is changed or its hashes, are found
    tampering = {
        "removed": "delete from platform_auditentry where id = (select min(id) from platform_auditentry)",
        "changed": "update rights_disposal set until = until + 1",
        "the kept hashes of what it disposed of changed":
            "delete from rights_disposedentry where entry_id = (select min(entry_id) from rights_disposedentry)",
        "nobody approved it": "update rights_disposal set approved_by_id = decided_by_id",
    }  # fmt: skip
    for what, statement in tampering.items():
        with superuser.transaction(force_rollback=True):
            superuser.execute(statement)
            found = superuser.execute(
                "select fault from guard.faults() union all select fault from guard.faults_of_disposals()"
            ).fetchall()
            assert what in {fault for (fault,) in found}, what
    # And so is who hides an entry behind a certificate that stands
    with superuser.transaction(force_rollback=True):
        superuser.execute(
            "with gone as (delete from platform_auditentry where id = (select min(entry_id) from platform_link"
            " where kind = 'audit') returning id) insert into rights_disposedentry"
            " select 'change', id + 900000, now(), sha256('x'), %s from gone", [made.pk]
        )  # fmt: skip
        assert superuser.execute("select 1 from guard.faults_of_disposals()").fetchone()
        assert superuser.execute("select 1 from guard.faults() where fault = 'removed'").fetchone()
    assert seal_count(superuser) > 0


def seal_count(superuser: psycopg.Connection[Any]) -> int:
    with as_owner():
        seal_entries(before=LONG_AFTER)
    return int(superuser.execute("select count(*) from platform_seal").fetchone()[0])


def test_somebody_who_also_belongs_to_another_family_stays(superuser: psycopg.Connection[Any]) -> None:
    # Given the mother, who also belongs to her sister's family
    place = a_place()
    family_id = a_family_of_long_ago(place)
    call_all_others_differently(superuser, family_id)
    other = a_family(team=place.team, by=place.hub_adviser, name="Otterdown", children=())
    superuser.execute("update people_person set given_name = 'Mabel' where family_name = 'Otterdown'")
    with acting_as(place.worker):
        mother = Person.objects.get(given_name="Marigold", family_name="Quillfeather")
        told = {"part": "wider", "relationship": "aunt", "from_on": LONG_AFTER.date()}
        add_member(family=other, person=mother, **told, by=place.worker, at=LONG_AFTER)
    names_before = superuser.execute(
        "select count(*) from people_personname where person_id = %s", [mother.pk]
    ).fetchone()
    dispose(place, family_id)
    # Then she stays, with her names and her history, and nothing of the family that is gone
    with acting_as(place.worker):
        stays = Person.objects.get(pk=mother.pk)
        assert (stays.name, stays.first_family_id) == ("Marigold Quillfeather", other.pk)
        assert not Family.objects.filter(pk=family_id).exists()
    assert (
        superuser.execute("select count(*) from people_personname where person_id = %s", [mother.pk]).fetchone()
        == names_before
    )
    assert mentions(superuser, "Ashby") == []
    assert mentions(superuser, "Bramwell") == []
    with as_owner():
        assert faults_of_the_chain() == []


def test_a_hold_stops_it_whoever_asks(superuser: psycopg.Connection[Any]) -> None:
    place = a_place()
    family_id = a_family_of_long_ago(place)
    review, second = decide(place, family_id), another_officer()
    with acting_as(place.governance):
        hold = hold_family(
            family_id=family_id, reason="The inquiry asked for it", review_on=(LONG_AFTER + timedelta(days=90)).date(),
            by=place.governance, at=LONG_AFTER,
        )  # fmt: skip
    with acting_as(second):
        with pytest.raises(Refused, match="legal hold stands"):
            approve_disposal(review=review, by=second, at=LONG_AFTER)
        with pytest.raises(Error, match="something stands against it"), transaction.atomic():
            _straight(review, second)
    assert superuser.execute("select 1 from people_family where id = %s", [family_id]).fetchone()
    with acting_as(place.governance):
        end_hold(hold=hold, because="The inquiry has ended", by=place.governance, at=LONG_AFTER)
    with acting_as(second):
        assert approve_disposal(review=review, by=second, at=LONG_AFTER).number == family_id


def test_nobody_approves_what_they_decided_nor_anybody_else_than_governance() -> None:
    place = a_place()
    family_id = a_family_of_long_ago(place)
    review = decide(place, family_id)
    with acting_as(place.governance):
        with pytest.raises(Refused, match="Somebody else must approve"):
            approve_disposal(review=review, by=place.governance, at=LONG_AFTER)
        with pytest.raises(Error, match="not for this person"), transaction.atomic():
            _straight(review, place.governance)
    for who in ("service_manager", "manager", "administrator"):
        with acting_as(getattr(place, who)), pytest.raises(Error, match="not for this person"), transaction.atomic():
            _straight(review, getattr(place, who))
    with acting_as(place.governance):
        take_back_disposal(review=review, by=place.governance, at=LONG_AFTER)
    second = another_officer()
    with acting_as(second), pytest.raises(Refused, match="Nobody has decided"):
        approve_disposal(review=RetentionReview(
            pk=review.pk, family_id=family_id, decision="dispose", decided_by=place.governance, taken_back_at=LONG_AFTER
        ), by=second, at=LONG_AFTER)  # fmt: skip


def test_the_schedule_lists_what_is_due_and_disposes_of_nothing() -> None:
    place = a_place()
    family_id = a_family_of_long_ago(place)
    with acting_as(place.governance):
        assert due_for_review(on=(LONG_AFTER - timedelta(days=365)).date()) == []
        assert [each.id for each in due_for_review(on=LONG_AFTER.date())] == [family_id]
        with pytest.raises(Refused, match="not over"):
            review_record(
                family_id=family_id, decision="dispose", because=BECAUSE, by=place.governance,
                at=LONG_AFTER - timedelta(days=365),
            )  # fmt: skip
        until = (LONG_AFTER + timedelta(days=700)).date()
        review_record(
            family_id=family_id, decision="keep", because="A claim may come", keep_until=until,
            by=place.governance, at=LONG_AFTER,
        )  # fmt: skip
        assert due_for_review(on=LONG_AFTER.date()) == []
        assert [each.id for each in due_for_review(on=until)] == [family_id]
    with acting_as(place.worker):
        assert Family.objects.filter(pk=family_id).exists()
        assert due_for_review(on=LONG_AFTER.date()) == []


def _straight(review: RetentionReview, by: User) -> None:
    """Past every page and policy, as somebody who reaches the database with the application's role."""

    with connection.cursor() as cursor:
        cursor.execute("select guard.dispose_family(%s, %s)", [review.pk, LONG_AFTER])
