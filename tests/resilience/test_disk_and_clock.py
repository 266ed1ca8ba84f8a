"""A disk that fills up, and a clock that jumps: what was acknowledged stays, and what is kept stays right."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from baton.cluster.home import Home, home_in
from baton.cluster.server import Server, answers, connect
from baton.episodes.models import Episode
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.visits.actions import plan_visit
from tests.resilience.faults import Fault, note
from tests.resilience.ground import Ground
from tests.site import soon

pytestmark = pytest.mark.cluster
SMALL = "size=96m"
LARGER = "size=256m"
JUMPS = (timedelta(days=3), timedelta(days=-2), timedelta(hours=-1), timedelta(days=400), timedelta())


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of memory with room for little more than an empty cluster."""
    if os.geteuid() != 0:
        pytest.skip("only root may make a small disk: a full one is not tried")
    with tempfile.TemporaryDirectory(prefix="baton-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"{SMALL},mode=755", "tmpfs", folder], check=False)
        if made.returncode:
            pytest.skip("no small disk can be mounted here: a full one is not tried")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


class Writer(threading.Thread):
    """Writes rows until it is told that it cannot; remembers those that were acknowledged."""

    def __init__(self, home: Home) -> None:
        super().__init__(daemon=True)
        self.home, self.acknowledged, self.said = home, 0, ""

    def run(self) -> None:
        try:
            with connect(self.home) as connection:
                while True:
                    connection.execute("insert into visit values (%s, repeat('x', 20000))", [self.acknowledged])
                    self.acknowledged += 1
        except psycopg.Error as reason:
            self.said = str(reason)


def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    settings = {"shared_buffers": "16MB", "max_wal_size": "32MB", "min_wal_size": "32MB"}
    server = Server(home_in(small_disk / "var"), settings=settings)
    server.start()
    with connect(server.home) as connection:
        connection.execute("create table visit (number int, text text)")
        connection.execute("alter table visit alter text set storage external")
    writer = Writer(server.home)
    writer.start()
    writer.join(120)
    assert not writer.is_alive(), "the disk did not fill up"
    assert writer.acknowledged > 100
    began = time.monotonic()
    subprocess.run(["mount", "-o", f"remount,{LARGER}", str(small_disk)], check=True)
    try:
        if not soon(partial(answers, server.home), within=20):  # it starts again by itself where it can
            server.stop()
            server.start()
        with connect(server.home) as connection:
            connection.execute("insert into visit values (-1, '')")
            ((kept,),) = connection.execute("select count(distinct number) from visit where number >= 0").fetchall()
        note(Fault("disk full", 1, writer.acknowledged, writer.acknowledged - min(kept, writer.acknowledged),
                   seconds_away=(time.monotonic() - began,)))  # fmt: skip
        assert writer.acknowledged <= kept <= writer.acknowledged + 1
        assert "No space left" in writer.said or "server closed" in writer.said
    finally:
        server.stop()


def test_a_clock_that_jumps_leaves_deadlines_and_seals_right(
    quick_ground: Ground, django_db_blocker: DjangoDbBlocker
) -> None:
    worker, now = quick_ground.people.place.worker, clock.now()
    episode_id = quick_ground.people.episodes[0].pk
    with django_db_blocker.unblock(), quick_ground.django():
        for jump in JUMPS:
            with acting_as(worker):
                plan_visit(
                    episode=Episode.objects.get(pk=episode_id), planned_for=now + jump + timedelta(days=1),
                    place="home", purpose=f"After a jump of {jump}", by=worker, at=now + jump,
                )  # fmt: skip
    quick_ground.baton("audit", "seal")
    differ = "Every kept deadline" not in quick_ground.baton("deadlines", "verify")
    query = "select count(*) from visits_visit where purpose like 'After a jump%%'"
    planned = quick_ground.one(query)
    audited = quick_ground.one("select count(*) from platform_auditentry where action = 'plan_visit'")
    note(Fault("clock jumps", len(JUMPS), len(JUMPS), len(JUMPS) - planned, planned - audited, int(differ)))
    assert planned == audited == len(JUMPS)
    assert not differ
    assert "is as it was sealed" in quick_ground.baton("audit", "verify")
