"""A job is done once by however many workers there are, and again from its beginning when its worker was killed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from baton.cluster.server import connect
from tests.resilience.faults import Fault, note
from tests.resilience.ground import Ground
from tests.site import end, soon

pytestmark = pytest.mark.cluster
JOBS = 30
WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "baton.settings"
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app

def wrote(word):
    with connection.cursor() as cursor:
        cursor.execute("insert into tried (word, pid) values (%s, %s)", [word, os.getpid()])

@app.task(name="tried", pass_context=False)
def tried(word, seconds):
    wrote(f"begun {word}")
    time.sleep(seconds)
    wrote(f"done {word}")

if sys.argv[1] == "work":
    call_command("procrastinate", "worker", "--delete-jobs", "successful")
else:
    for number in range(int(sys.argv[2])):
        tried.defer(word=f"{sys.argv[1]} {number}", seconds=float(sys.argv[3]))
"""


@pytest.fixture
def tried(quick_ground: Ground) -> Iterator[Ground]:
    """The table where jobs say that they ran."""
    with connect(quick_ground.home, quick_ground.database) as connection:
        connection.execute("create table tried (id serial, word text, pid int)")
        connection.execute(
            "grant select, insert on tried to baton_app; grant usage on sequence tried_id_seq to baton_app"
        )
    yield quick_ground
    with connect(quick_ground.home, quick_ground.database) as connection:
        connection.execute("drop table tried")


@pytest.fixture
def workers(tried: Ground, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that a test starts with `start`; ended afterwards."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for each in running:
        each.kill()
        each.wait()


def start(ground: Ground, running: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WORKER, "work"]
    running.append(subprocess.Popen(command, env=ground.environment, stderr=subprocess.DEVNULL))
    return running[-1]


def defer(ground: Ground, word: str, count: int, seconds: float) -> None:
    command = [sys.executable, "-c", WORKER, word, str(count), str(seconds)]
    subprocess.run(command, env=ground.environment, check=True)


def times(ground: Ground, word: str) -> list[int]:
    """How often each job wrote that word."""
    query = "select count(*) from tried where word like %s group by word"
    return [count for (count,) in ground.rows(query, f"{word}%")]


def test_two_workers_do_each_job_once(tried: Ground, workers: list[subprocess.Popen[bytes]]) -> None:
    defer(tried, "shared", JOBS, 0.05)
    for _ in range(2):
        start(tried, workers)
    assert soon(lambda: len(times(tried, "done shared")) == JOBS, within=60)
    assert times(tried, "begun shared") == [1] * JOBS
    assert times(tried, "done shared") == [1] * JOBS
    note(Fault("two workers, one queue", JOBS, JOBS, lost=0))


def test_a_job_whose_worker_was_killed_is_done_by_another(
    tried: Ground, workers: list[subprocess.Popen[bytes]]
) -> None:
    defer(tried, "cut off", 1, 5)
    first = start(tried, workers)
    assert soon(lambda: times(tried, "begun cut off") == [1], within=60)
    end(first.pid)
    first.wait()
    with connect(tried.home, tried.database) as connection:  # as if the minute had passed after which it counts as gone
        connection.execute("update procrastinate_workers set last_heartbeat = now() - interval '10 minutes'")
        connection.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args)"
            """ values ('default', 'baton.platform.jobs.take_up_again', '{"timestamp": 0}')"""
        )
    start(tried, workers)
    assert soon(lambda: times(tried, "done cut off") == [1], within=60)
    assert times(tried, "begun cut off") == [2]
    note(Fault("job killed in the middle", 1, 1, lost=0))
