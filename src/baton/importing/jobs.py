"""A whole run, as an operator's command starts it: staged, brought step by step, ended; or tried and forgotten."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from django.db import connection, connections

from baton.importing.actions import (
    SAYING,
    SIDE_BY_SIDE,
    STEPS,
    Extract,
    end_run,
    import_records,
    lanes_of,
    note_try,
    stage_extract,
    undo_import,
)
from baton.importing.models import Run
from baton.importing.queries.reports import report_of
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import Refused

Say = Callable[[str], None]
Tell = Callable[[Run], Mapping[str, int]]  # writes the report; gives how many may be known already, by how sure that is
Line = Sequence[tuple[str, int | None]]  # a line of work: steps after one another, each with the lane it comes in
LOCK = 3_141_592  # one import at a time, whoever starts it
LINES = LOCK + 1  # held by each line of work, shared: what a killed import still writes ends before the next one begins

# Of tables that were empty until now PostgreSQL would guess, and join them row by row.
COUNTED = """
analyze people_person, people_personname, people_familymember, people_family, people_residence, people_address,
        people_setting, people_contactpoint, people_involvement, episodes_episode, episodes_event, episodes_allocation,
        importing_sourcerecord"""


class Forgotten(Exception):
    """Raised to take back what a dry run staged."""


def try_extract(*, extract: Extract, place: str, by: User, report: Tell, say: Say) -> Run:
    """Stage and check an extract, let `report` read what was found, and forget all of it but the numbers."""
    with as_owner(), _alone():
        try:
            with acting_as(by):
                run = stage_extract(extract=extract, place=place, by=by, at=clock.now(), say=say)
                for step in SAYING:
                    _bring_batches(run, step, None, by, Event())
                found = report_of(run, known=report(run))
                raise Forgotten
        except Forgotten:
            with acting_as(by):
                return note_try(run=run, report=found, by=by, at=clock.now())


def bring_extract(*, extract: Extract, place: str, by: User, report: Tell, say: Say) -> Run:
    """Stage an extract and bring all of it, or go on where an earlier start was interrupted."""
    with as_owner(), _alone():
        with acting_as(by):
            run = stage_extract(extract=extract, place=place, by=by, at=clock.now(), say=say)
        for step in STEPS:
            _bring_beside(run, [[(step, lane)] for lane in lanes_of(step)], by, say)
        with connection.cursor() as cursor:
            cursor.execute(COUNTED)
        _bring_beside(run, [[(step, None) for step in steps] for steps in SIDE_BY_SIDE], by, say)
        with acting_as(by):
            found = report_of(run, known=report(run))
            return end_run(run=run, report=found, by=by, at=clock.now())


def take_back(*, run: Run, by: User) -> Run:
    """Take a run back."""
    with as_owner(), _alone(), acting_as(by):
        return undo_import(run=Run.objects.get(pk=run.pk), by=by, at=clock.now())


def _bring_batches(run: Run, step: str, lane: int | None, by: User, stop: Event) -> int:
    """Each batch in a transaction of its own, but in a dry run. Gives how many rows they were."""
    total = 0
    while not stop.is_set():
        with acting_as(by):
            import_records(run=run, step=step, lane=lane, by=by, at=clock.now())
        if not run.just_brought:
            break
        total += run.just_brought
    return total


def _bring_beside(run: Run, lines: Sequence[Line], by: User, say: Say) -> None:
    """Lines of work side by side, each in a thread. Where one fails, the others stop after their batch."""
    stop, brought = Event(), Counter[str]()
    with ThreadPoolExecutor(len(lines)) as threads:
        try:
            for each in threads.map(lambda line: _bring_line(run.pk, line, by, stop), lines):
                brought.update(each)
        finally:
            stop.set()
    for step, total in brought.items():
        if total:
            say(f"{step.replace('_', ' ')}: {total:,} rows")


def _bring_line(run_id: int, line: Line, by: User, stop: Event) -> dict[str, int]:
    """One line of work, on a connection of its own. Gives how many rows each step was."""
    try:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock_shared(%s)", [LINES])
            run = Run.objects.get(pk=run_id)
            return {step: _bring_batches(run, step, lane, by, stop) for step, lane in line}
    except BaseException:
        stop.set()
        raise
    finally:
        connections.close_all()


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise Refused("Another import runs now. Wait until it has ended.")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%(lines)s), pg_advisory_unlock(%(lines)s)", {"lines": LINES})
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
