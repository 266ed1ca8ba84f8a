"""People send forms while web processes, PostgreSQL and everything else is killed under them, and nothing they were told is lost.

BATON_TEST_KILLS=200 kills more often, with a seed of its own in BATON_TEST_SEED.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from tests.resilience import posting
from tests.resilience.ground import Ground, signed_in
from tests.resilience.posting import Clerk, Sent
from tests.resilience.served import Killer, Served

pytestmark = pytest.mark.cluster
KILLS = int(os.environ.get("BATON_TEST_KILLS", "24"))
SEED = int(os.environ.get("BATON_TEST_SEED", "5"))
LATEST = max(100, 5 * KILLS)  # seconds
BACK_WITHIN = 30.0
RECORDS = {
    "consent": "select id from consent_consent where scope = %s",
    "withdrawal": "select id from consent_consent where withdrawal_reason = %s",
    "visit": "select id from visits_visit where purpose = %s",
    "request": "select id from requests_helprequest where concerns = %s",
}
ACTIONS = {
    "consent": ("record_consent", "consent_consent"),
    "withdrawal": ("withdraw_consent", "consent_consent"),
    "visit": ("record_visit", "visits_visit"),
    "request": ("send_request", "requests_helprequest"),
}
CHANGES = {
    "record_consent": "select id from consent_consent",
    "withdraw_consent": "select id from consent_consent where withdrawn_at is not null",
    "record_visit": "select id from visits_visit",
    "send_request": "select id from requests_helprequest",
}


class Aftermath:
    """What the day left behind."""

    def __init__(self, ground: Ground, killer: Killer, clerks: list[Clerk]) -> None:
        self.ground, self.killer, self.clerks = ground, killer, clerks

    @property
    def sent(self) -> list[Sent]:
        return [each for clerk in self.clerks for each in clerk.sent]

    @property
    def acknowledged(self) -> list[Sent]:
        return [each for each in self.sent if each.location]

    def in_words(self) -> str:
        away = sorted(self.killer.seconds_away)
        return (
            f"\n{self.killer.times} kills {self.killer.kills}; served again after {away[len(away) // 2]:.1f} s, "
            f"at most {away[-1]:.1f} s; {len(self.acknowledged)} forms acknowledged of {len(self.sent)} sent "
            f"{dict(Counter(each.kind for each in self.acknowledged))}; {sum(c.tries for c in self.clerks)} requests, "
            f"{sum(c.without_answer for c in self.clerks)} without an answer, "
            f"{sum(c.apologies for c in self.clerks)} apologies"
        )


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
        killer = Killer(served, seeds)
        for clerk in clerks:
            clerk.start()
        try:
            killer.go_on_until(KILLS, latest=time.monotonic() + LATEST)
        finally:
            stopping.set()
            for clerk in clerks:
                clerk.join(60)
        day = Aftermath(ground, killer, clerks)
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(day.in_words())
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
    assert aftermath.killer.times >= KILLS
    assert not [clerk.failure for clerk in aftermath.clerks if clerk.failure]
    assert not [clerk.email for clerk in aftermath.clerks if clerk.is_alive()]
    assert {each.kind for each in aftermath.acknowledged} == set(RECORDS)


def test_it_was_served_again_each_time_without_anybody_doing_anything(aftermath: Aftermath) -> None:
    assert max(aftermath.killer.seconds_away) < BACK_WITHIN


def test_what_was_acknowledged_is_there_exactly_once(aftermath: Aftermath) -> None:
    counts = {each.word: len(aftermath.ground.rows(RECORDS[each.kind], each.word)) for each in aftermath.acknowledged}
    assert len(counts) == len(aftermath.acknowledged), "every word is in one form only"
    assert {word for word, count in counts.items() if count != 1} == set()


def test_what_nobody_was_told_about_is_there_once_or_not_at_all(aftermath: Aftermath) -> None:
    untold = [each for each in aftermath.sent if not each.location]
    assert not [each for each in untold if len(aftermath.ground.rows(RECORDS[each.kind], each.word)) > 1]


def test_a_repeated_form_leads_where_the_first_led(aftermath: Aftermath) -> None:
    kept = dict(aftermath.ground.rows("select key::text, location from platform_submission where location <> ''"))
    assert {each.key: each.location for each in aftermath.acknowledged}.items() <= kept.items()


def test_every_change_has_one_audit_entry(aftermath: Aftermath) -> None:
    for each in aftermath.acknowledged:
        action, table = ACTIONS[each.kind]
        ((record,),) = aftermath.ground.rows(RECORDS[each.kind], each.word)
        entries = "select count(*) from platform_auditentry where action = %s and record = %s and record_id = %s"
        assert aftermath.ground.one(entries, action, table, record) == 1, each


@pytest.mark.parametrize("action", CHANGES)
def test_changes_and_audit_entries_are_the_same_records(aftermath: Aftermath, action: str) -> None:
    audited = aftermath.ground.rows("select record_id from platform_auditentry where action = %s", action)
    assert sorted(audited) == sorted(aftermath.ground.rows(CHANGES[action]))


def test_every_audit_entry_has_its_record(aftermath: Aftermath) -> None:
    tables = aftermath.ground.rows("select distinct record from platform_auditentry where record <> ''")
    for (table,) in tables:
        missing = f"""select count(*) from platform_auditentry a where a.record = '{table}'
            and not exists (select from {table} r where r.id = a.record_id)"""
        assert aftermath.ground.one(missing) == 0, table


def test_every_record_has_its_event_and_every_event_its_record(aftermath: Aftermath) -> None:
    told = {"visits_visit": "visit_made", "consent_consent": "written_consent_recorded"}
    for table, kind in told.items():
        of_kind = aftermath.ground.rows(
            "select record_id from episodes_event where record = %s and kind = %s", table, kind
        )
        assert sorted(of_kind) == sorted(aftermath.ground.rows(f"select id from {table}"))


def test_the_kept_deadlines_are_what_a_rebuild_would_give(aftermath: Aftermath) -> None:
    assert "Every kept deadline" in aftermath.ground.baton("deadlines", "verify")


def test_nothing_of_postgresql_is_torn(aftermath: Aftermath) -> None:
    assert aftermath.ground.one("select count(*) from pg_index where not indisvalid") == 0
    log = aftermath.ground.home.log.read_text()
    assert not [line for line in log.splitlines() if "PANIC" in line or "checksum" in line or "invalid page" in line]
