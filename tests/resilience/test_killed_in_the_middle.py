"""People send forms while all that serves them is killed or cut off; nothing they were told is done is lost.

BATON_TEST_KILLS=200 kills more often, with a seed of its own in BATON_TEST_SEED.
"""

import os
import threading
import time
from collections.abc import Iterator
from random import Random

import pytest

from tests.resilience import posting
from tests.resilience.aftermath import ACTIONS, RECORDS, Aftermath
from tests.resilience.ground import Ground, signed_in
from tests.resilience.posting import Clerk
from tests.resilience.served import BACK_WITHIN, Killer, Served

pytestmark = pytest.mark.cluster
KILLS = int(os.environ.get("BATON_TEST_KILLS", "20"))
SEED = int(os.environ.get("BATON_TEST_SEED", "5"))
LATEST = 15 * KILLS  # seconds, on a machine that does much else
TOLD = {"visits_visit": "visit_made", "consent_consent": "written_consent_recorded"}


@pytest.fixture(scope="module")
def aftermath(
    ground: Ground, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Aftermath]:
    """A day of kills, and the same server afterwards, left in peace."""
    served = Served(ground.environment, tmp_path_factory.mktemp("killed") / "log", workers=2)
    served.start()
    try:
        stopping, seeds = threading.Event(), Random(SEED)
        clerks = [
            Clerk(signed_in(served.visitor(), email), ground, email, write, Random(seeds.random()), stopping)
            for email, write in who_does_what(ground).items()
        ]
        killer = Killer(served, seeds, lambda: sum(clerk.acknowledged for clerk in clerks), ground.cut_connections)
        for clerk in clerks:
            clerk.start()
        try:
            killer.go_on_until(KILLS, latest=time.monotonic() + LATEST)
        finally:
            stopping.set()
            for clerk in clerks:
                clerk.join(60)
        day = Aftermath(ground, killer, clerks)
        for killed, times in sorted(killer.seconds_away.items()):
            print(killed, [round(each, 1) for each in times])
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(day.in_words())
        day.note()
        yield day
    finally:
        served.stop()


def who_does_what(ground: Ground) -> dict[str, posting.Writing]:
    place = ground.people.place
    return {
        place.worker.email: posting.record_visit,
        place.colleague.email: posting.record_consent,
        place.manager.email: posting.record_and_withdraw_consent,
        place.teacher.email: posting.ask_for_help,
        place.service_manager.email: posting.record_consent,
    }


def test_it_was_killed_often_while_people_worked(aftermath: Aftermath) -> None:
    assert aftermath.killer.kills.total() >= KILLS
    assert not [clerk.failure for clerk in aftermath.clerks if clerk.failure]
    assert not [clerk.email for clerk in aftermath.clerks if clerk.is_alive()]
    assert {each.kind for each in aftermath.acknowledged} == set(RECORDS)


def test_it_was_served_again_each_time_without_anybody_doing_anything(aftermath: Aftermath) -> None:
    assert max(aftermath.seconds_away) < BACK_WITHIN


@pytest.mark.parametrize("kind", RECORDS)
def test_what_was_acknowledged_is_there_exactly_once(aftermath: Aftermath, kind: str) -> None:
    records = aftermath.records(kind)
    words = [each.word for each in aftermath.acknowledged if each.kind == kind]
    assert len(set(words)) == len(words), "every word is in one form only"
    assert [word for word in words if len(records[word]) != 1] == []


@pytest.mark.parametrize("kind", RECORDS)
def test_nothing_is_there_that_nobody_sent_or_twice(aftermath: Aftermath, kind: str) -> None:
    sent = {each.word for each in aftermath.sent if each.kind == kind}
    records = aftermath.records(kind)
    assert [word for word in records if word not in sent or len(records[word]) > 1] == []


def test_a_repeated_form_leads_where_the_first_led(aftermath: Aftermath) -> None:
    kept = dict(aftermath.ground.rows("select key::text, location from platform_submission where location <> ''"))
    assert {each.key: each.location for each in aftermath.acknowledged}.items() <= kept.items()


@pytest.mark.parametrize("kind", RECORDS)
def test_every_change_has_one_audit_entry_and_every_entry_its_change(aftermath: Aftermath, kind: str) -> None:
    audited = aftermath.ground.rows("select record_id from platform_auditentry where action = %s", ACTIONS[kind])
    changed = [number for numbers in aftermath.records(kind).values() for number in numbers]
    assert sorted(number for (number,) in audited) == sorted(changed)


def test_every_audit_entry_has_its_record(aftermath: Aftermath) -> None:
    tables = aftermath.ground.rows("select distinct record from platform_auditentry where record <> ''")
    for (table,) in tables:
        missing = f"""select count(*) from platform_auditentry a where a.record = '{table}'
            and not exists (select from {table} r where r.id = a.record_id)"""
        assert aftermath.ground.one(missing) == 0, table


def test_every_record_has_its_event_and_every_event_its_record(aftermath: Aftermath) -> None:
    for table, kind in TOLD.items():
        of_kind = aftermath.ground.rows(
            "select record_id from episodes_event where record = %s and kind = %s", table, kind
        )
        assert sorted(of_kind) == sorted(aftermath.ground.rows(f"select id from {table}"))


def test_the_kept_deadlines_are_what_a_rebuild_would_give(aftermath: Aftermath) -> None:
    assert "Every kept deadline" in aftermath.ground.baton("deadlines", "verify")


def test_nothing_of_postgresql_is_torn(aftermath: Aftermath) -> None:
    assert aftermath.ground.one("select count(*) from pg_index where not indisvalid") == 0
    log = aftermath.ground.home.log.read_text()
    signs = ("PANIC", "checksum", "invalid page", "deadlock")
    assert not [line for line in log.splitlines() if any(sign in line for sign in signs)]
