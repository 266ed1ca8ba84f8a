"""Seals: whoever changes, removes or puts in an entry, be it the superuser of PostgreSQL, is found out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.cluster.home import home_in
from baton.cluster.server import connect
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.jobs import seal as seal_job
from baton.platform.models import Seal
from baton.platform.seals import faults_against, faults_of_the_chain, seal_entries, write_seals
from tests.database import DATABASE, VAR
from tests.factories import a_place, an_allocated_episode

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
TABLES = {"audit": "platform_auditentry", "access": "platform_accessentry", "change": "platform_change"}
DAYS = 3


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection[Any]]:
    """Whoever may do anything."""
    with connect(home_in(VAR), DATABASE) as connection:
        yield connection


@pytest.fixture
def sealed(superuser: psycopg.Connection[Any]) -> list[tuple[str, int]]:
    """Three days of entries, each sealed. Returns kind and id of each entry."""
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        for page in ("family page", "timeline", "deadlines"):
            note_look(family_id=episode.family_id, what=page, by=place.worker, at=clock.now())
    for table in TABLES.values():
        superuser.execute(f"update {table} set recorded_at = recorded_at - interval '1 day' * (1 + id % {DAYS})")
    with as_owner():
        assert seal_entries(before=clock.now() + timedelta(seconds=1)) == DAYS
        assert faults_of_the_chain() == []
    found = superuser.execute("select kind, entry_id from platform_link order by seal_id, place").fetchall()
    assert {kind for kind, _ in found} == set(TABLES)
    return found


def faults(superuser: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return superuser.execute("select seal, kind, entry_id, fault from guard.faults()").fetchall()


ALTERED = {
    "audit": (
        "action = action || 'x'", "at = at + interval '1 second'", "by_id = null", "family_id = 77", "roles = '{}'",
    ),
    "access": ("what = what || 'x'", "at = at - interval '1 hour'", "family_id = 77", "why = 'asked to'"),
    "change": (
        "after = '{\"name\": \"x\"}'", "before = null, kind = 'added', record_id = 5", "login = 'x'", "by_id = 9",
    ),
}  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_changed_removed_or_put_in_is_found_and_named(
    superuser: psycopg.Connection[Any], sealed: list[tuple[str, int]], data: st.DataObject
) -> None:
    kind, number = data.draw(st.sampled_from(sealed))
    table = TABLES[kind]
    how = data.draw(st.sampled_from(["change", "remove", "put in", "swap"]))
    with superuser.transaction(force_rollback=True):
        if how == "change":
            said = data.draw(st.sampled_from(ALTERED[kind]))
            before = superuser.execute(f"select t::text from {table} t where id = %s", [number]).fetchone()
            superuser.execute(f"update {table} set {said} where id = %s", [number])
            if superuser.execute(f"select t::text from {table} t where id = %s", [number]).fetchone() == before:
                return
            assert [each[1:] for each in faults(superuser)] == [(kind, number, "changed")]
        elif how == "remove":
            superuser.execute(f"delete from {table} where id = %s", [number])
            assert [each[1:] for each in faults(superuser)] == [(kind, number, "removed")]
        elif how == "put in":
            columns = superuser.execute(
                "select string_agg(column_name, ', ') from information_schema.columns"
                " where table_schema = 'public' and table_name = %s and column_name <> 'id'", [table]
            ).fetchone()[0]  # fmt: skip
            put = superuser.execute(
                f"insert into {table} ({columns}) select {columns} from {table} where id = %s returning id", [number]
            ).fetchone()[0]
            assert faults(superuser) == [(None, kind, put, "inserted after its day was sealed")]
        else:
            other = data.draw(st.sampled_from([each for each in sealed if each[0] == kind and each[1] != number]))[1]
            for old, new in ((number, -1), (other, number), (-1, other)):
                superuser.execute(f"update {table} set id = %s where id = %s", [new, old])
            named = {each[2] for each in faults(superuser) if each[3] == "changed"}
            assert named == {number, other}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_covering_the_tracks_in_the_chain_is_found_too(
    superuser: psycopg.Connection[Any], sealed: list[tuple[str, int]], data: st.DataObject
) -> None:
    kind, number = data.draw(st.sampled_from(sealed))
    with superuser.transaction(force_rollback=True):
        superuser.execute(f"delete from {TABLES[kind]} where id = %s", [number])
        superuser.execute("delete from platform_link where kind = %s and entry_id = %s", [kind, number])
        assert faults(superuser)
    with superuser.transaction(force_rollback=True):
        superuser.execute(
            "update platform_link set hash = sha256(hash) where kind = %s and entry_id = %s", [kind, number]
        )
        assert (kind, number) in [each[1:3] for each in faults(superuser)]
    seal = data.draw(st.integers(1, DAYS))
    spoil = data.draw(st.sampled_from(["day = day - 1", "entries = entries + 1", "until = until - interval '1 day'",
                                       "hash = sha256(hash)", "previous = sha256(previous)"]))  # fmt: skip
    with superuser.transaction(force_rollback=True):
        superuser.execute(f"update platform_seal set {spoil} where id = %s", [seal])
        assert faults(superuser)
    with superuser.transaction(force_rollback=True):
        superuser.execute("set constraints all deferred")
        superuser.execute("delete from platform_seal where id = %s", [seal])
        assert faults(superuser)


def test_whoever_makes_the_whole_chain_anew_is_found_by_the_seals_kept_outside(
    superuser: psycopg.Connection[Any], sealed: list[tuple[str, int]], tmp_path: Path
) -> None:
    kept = tmp_path / "seals"
    with as_owner():
        assert write_seals(kept) == DAYS
        assert faults_against(kept) == []
    superuser.execute("update platform_change set by_id = 1 where id = (select min(id) from platform_change)")
    superuser.execute("truncate platform_link, platform_seal")
    superuser.execute("select guard.seal(now() + interval '1 second')")
    with as_owner():
        assert faults_of_the_chain() == []
        assert faults_against(kept)
    with pytest.raises(CommandError, match="not as it was sealed"):
        call_command("audit_verify", seal_file=kept)


def test_sealing_again_takes_only_what_is_new(sealed: list[tuple[str, int]]) -> None:
    place = a_place()
    with acting_as(place.worker):
        note_look(family_id=None, what="search", by=place.worker, at=clock.now())
    call_command("audit_seal")
    call_command("audit_seal")
    call_command("audit_verify")
    with as_owner():
        assert Seal.objects.count() == DAYS + 1
        assert sum(seal.entries for seal in Seal.objects.all()) > len(sealed)


def test_the_night_job_seals_the_days_that_are_over_and_not_today(superuser: psycopg.Connection[Any]) -> None:
    place = a_place()
    with acting_as(place.worker):
        note_look(family_id=None, what="search", by=place.worker, at=clock.now())
    assert seal_job(timestamp=0) == 0
    with clock.stopped_at(datetime.now(UTC) + timedelta(days=1)):
        assert seal_job(timestamp=0) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "delete from platform_seal",
        "update platform_link set place = 1",
        "insert into platform_link values ('audit', 1, 1, 1, '')",
        "select * from guard.faults()",
        "select * from guard.entries('-infinity', 'infinity')",
    ],
)
def test_the_application_can_only_ask_for_a_seal(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
