"""A run that is killed in the middle, and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from baton.cluster.backups import connection_words
from baton.importing.actions import bringing
from baton.importing.jobs import LINES, bring_extract, take_back
from baton.importing.models import Batch, Run, SourceRecord, Staged
from baton.people.models import FamilyMember, Person
from baton.platform.database import as_owner
from baton.platform.refusals import Refused
from tests.factories.places import Place
from tests.importing.extracts import a_person, an_episode, an_extract
from tests.importing.test_undoing import everything

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
MANY = 1_500


class Stop(Exception):
    """Instead of a kill."""


SLOW = """
import django, time
django.setup()
from baton.importing.actions import bringing
from django.core.management import call_command
bringing.ROWS = 200
taken = bringing._set_wise
bringing._set_wise = lambda *given: (time.sleep(0.02), taken(*given))[1]
call_command("import_extract", {mapping!r}, {folder!r}, report={report!r}, email={email!r})
"""


def many(tmp_path: Path, place: Place) -> Any:
    people = [a_person(n, f"Given{n}", f"Family{n // 3}", "03/05/2015", f"F{n // 3}") for n in range(MANY)]
    closed = [an_episode(n, f"P{n}", "01/10/2020", "01/12/2020") for n in range(0, MANY, 60)]
    still_open = [an_episode(n, f"P{n}", "01/10/2026") for n in range(30, MANY, 60)]
    return an_extract(tmp_path / "in", team=place.team.name, people=people, episodes=closed + still_open)


OF_PERSON = "join people_person p on p.id = t.person_id"
OF_FAMILY = "join people_family f on f.id = t.family_id"
SAID = {
    "people": f"select p.given_name, f.name, t.part, t.from_on from people_familymember t {OF_PERSON} {OF_FAMILY}",
    "names": f"select p.given_name, t.family_name, t.kind from people_personname t {OF_PERSON}",
    "episodes": f"select f.name, t.state, t.opened_at, t.ended_at from episodes_episode t {OF_FAMILY}",
    "events": f"select f.name, t.kind, t.at from episodes_event t {OF_FAMILY}",
    "deadlines": f"select f.name, t.timescale, t.state, t.lasts_until from episodes_deadline t {OF_FAMILY}",
    "found by": f"select p.given_name, t.given, t.family from matching_searchedname t {OF_PERSON}",
    "homes": f"select p.given_name, a.lines, t.kind, t.from_on, t.until_on from people_residence t {OF_PERSON}"
    " join people_address a on a.id = t.address_id",
    "agencies": f"select p.given_name, t.professional, t.from_on from people_involvement t {OF_PERSON}",
    "origins": "select kind, source_id, record from importing_sourcerecord",
}


def without_ids() -> dict[str, list[str]]:
    """What there is, whatever numbers rows got."""
    said = {}
    with as_owner(), connection.cursor() as cursor:
        for name, sql in SAID.items():
            cursor.execute(f"select told::text from ({sql}) told order by 1")
            said[name] = [str(row) for (row,) in cursor.fetchall()]
    return said


def test_killed_at_any_moment_and_started_again_it_ends_the_same(
    tmp_path: Path, place: Place, bring: Callable[..., Any]
) -> None:
    extract = many(tmp_path, place)
    kills = 0
    for wait in (1.2, 0.3, 0.6, 0.2):
        child = start(extract, tmp_path, place)
        if ended_after(child, wait):
            break
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        kills += 1
        _until_its_connection_is_gone()
    with as_owner():
        assert kills
        assert Run.objects.exclude(state=Run.State.DONE).count() <= 1
    bring(extract)
    resumed = without_ids()
    assert len(resumed["people"]) == MANY
    with as_owner():
        assert not Staged.objects.exists()
        assert SourceRecord.objects.filter(kind="person").count() == Person.objects.count() == MANY
        assert FamilyMember.objects.count() == MANY
        run = Run.objects.order_by("pk").first()
    take_back(run=run, by=place.administrator)
    bring(extract)
    assert without_ids() == resumed


def test_between_any_two_batches_it_goes_on_where_it_was(
    tmp_path: Path, place: Place, bring: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "ROWS", 2)
    people = [a_person(n, f"Given{n}", f"Family{n // 3}", "03/05/2015", f"F{n // 3}") for n in range(9)]
    extract = an_extract(tmp_path, team=place.team.name, people=people, episodes=[an_episode(1, "P1", "01/10/2026")])

    written = bringing._set_wise
    starts = 0
    while True:
        starts += 1
        allowed = iter(range(2))

        def some(*given: Any, allowed: Any = allowed) -> tuple[int, int]:
            last, rows = written(*given)
            if rows and next(allowed, None) is None:
                raise Stop
            return last, rows

        monkeypatch.setattr(bringing, "_set_wise", some)
        try:
            run, _ = bring(extract)
            break
        except Stop:
            with as_owner():
                assert Run.objects.get().state == Run.State.STAGED
    assert starts > 5
    with as_owner():
        assert Person.objects.count() == 9
        of_people = Batch.objects.filter(run=run, step="people").values_list("lane", "rows")
        assert {lane for lane, _ in of_people} == {0, 1}
        assert sum(rows for _, rows in of_people) == 9
        assert max(rows for _, rows in of_people) == 2
    resumed = everything()
    bring(extract)
    assert everything() == resumed


def test_another_extract_waits_until_the_interrupted_one_has_ended(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(bringing, "_set_wise", fail)
    told: dict[str, Any] = {
        "place": "dorset",
        "by": place.administrator,
        "report": lambda _: {},
        "say": lambda _: None,
    }
    with pytest.raises(RuntimeError):
        bring_extract(extract=an_extract(tmp_path / "1", team=place.team.name), **told)
    other = an_extract(tmp_path / "2", team=place.team.name, people=[a_person(5, "Elowen", "Otherby", "01/01/2019")])
    with pytest.raises(Refused, match="was interrupted: start it again with its own files"):
        bring_extract(extract=other, **told)


def test_what_was_brought_before_there_were_lanes_is_not_brought_again(
    tmp_path: Path, place: Place, bring: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = bringing._set_wise
    people = [a_person(n, f"Given{n}", f"Family{n // 3}", "03/05/2015", f"F{n // 3}") for n in range(9)]
    extract = an_extract(tmp_path, team=place.team.name, people=people)

    def until_memberships(run: Run, step: str, *rest: Any) -> tuple[int, int]:
        if step == "memberships":
            raise Stop
        return written(run, step, *rest)

    monkeypatch.setattr(bringing, "_set_wise", until_memberships)
    with pytest.raises(Stop):
        bring(extract)
    with as_owner():
        for step in ("families", "people"):
            *others, last = Batch.objects.filter(step=step).order_by("last")
            assert {each.lane for each in others} | {last.lane} == {0, 1}
            Batch.objects.filter(pk__in=[each.pk for each in others]).delete()
            Batch.objects.filter(pk=last.pk).update(lane=None)
    monkeypatch.setattr(bringing, "_set_wise", written)
    bring(extract)
    with as_owner():
        assert Person.objects.count() == FamilyMember.objects.count() == 9


def test_a_failing_lane_stops_the_other_after_its_batch(
    tmp_path: Path, place: Place, bring: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "ROWS", 2)
    written = bringing._set_wise
    others = iter(range(1_000))

    def fails_in_lane_0(run: Run, step: str, lane: int | None, *rest: Any) -> tuple[int, int]:
        if step == "people" and lane == 0:
            raise Stop
        if step == "people":
            next(others)
            time.sleep(0.2)
        return written(run, step, lane, *rest)

    monkeypatch.setattr(bringing, "_set_wise", fails_in_lane_0)
    people = [a_person(n, f"Given{n}", f"Family{n}", "03/05/2015", f"F{n}") for n in range(60)]
    with pytest.raises(Stop):
        bring(an_extract(tmp_path, team=place.team.name, people=people))
    assert next(others) <= 3


def test_what_a_killed_import_still_writes_ends_before_the_next_begins(
    tmp_path: Path, place: Place, bring: Callable[..., Any]
) -> None:
    extract = an_extract(tmp_path, team=place.team.name, people=[a_person(1, "Ada", "Family", "03/05/2015", "F1")])
    still_writes = psycopg.connect(**connection_words(connections["owner"].settings_dict))
    still_writes.execute("select pg_advisory_lock_shared(%s)", [LINES])

    def next_one() -> None:
        try:
            bring(extract)
        finally:
            connections.close_all()

    started = Thread(target=next_one)
    started.start()
    started.join(1)
    with as_owner():
        assert started.is_alive()
        assert not Run.objects.exists()
    still_writes.close()
    started.join(60)
    with as_owner():
        assert Run.objects.get().state == Run.State.DONE


def start(extract: Any, tmp_path: Path, place: Place) -> "subprocess.Popen[bytes]":
    code = SLOW.format(
        mapping=str(extract.mapping.path),
        folder=str(extract.folder),
        report=str(tmp_path / "out"),
        email=place.administrator.email,
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "baton.settings"}
    with (tmp_path / "said").open("wb") as said:
        return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=said, stderr=said)


def ended_after(child: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait until it has begun to bring people, and then so long; whether it has ended by then."""
    until = time.monotonic() + 60
    with as_owner():
        before = Batch.objects.count()
        while Batch.objects.count() == before and child.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
    time.sleep(seconds)
    assert child.poll() in (None, 0)
    return child.poll() is not None


def _until_its_connection_is_gone() -> None:
    """PostgreSQL notices that its client was killed when it next answers."""
    until = time.monotonic() + 30
    with as_owner(), connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and objid = 3141592")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
