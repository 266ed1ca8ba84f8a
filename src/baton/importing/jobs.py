"""A whole run, as an operator's command starts it: staged, brought step by step, ended; or tried and forgotten."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections

from baton.importing.actions import (
    SAYING,
    SIDE_BY_SIDE,
    STEPS,
    Extract,
    end_run,
    import_records,
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
LOCK = 3_141_592  # one import at a time, whoever starts it

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
                    _bring_batches(run, step, by)
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
            _say_how_many(say, step, _bring_batches(run, step, by))
        with connection.cursor() as cursor:
            cursor.execute(COUNTED)
        with ThreadPoolExecutor(len(SIDE_BY_SIDE)) as threads:
            for brought in threads.map(lambda steps: _bring_beside(run.pk, steps, by), SIDE_BY_SIDE):
                for step, total in brought.items():
                    _say_how_many(say, step, total)
        with acting_as(by):
            found = report_of(run, known=report(run))
            return end_run(run=run, report=found, by=by, at=clock.now())


def take_back(*, run: Run, by: User) -> Run:
    """Take a run back."""
    with as_owner(), _alone(), acting_as(by):
        return undo_import(run=Run.objects.get(pk=run.pk), by=by, at=clock.now())


def _bring_batches(run: Run, step: str, by: User) -> int:
    """Each batch in a transaction of its own, but in a dry run. Gives how many rows they were."""
    total = 0
    while True:
        with acting_as(by):
            import_records(run=run, step=step, by=by, at=clock.now())
        if not run.just_brought:
            return total
        total += run.just_brought


def _bring_beside(run_id: int, steps: Sequence[str], by: User) -> dict[str, int]:
    """Some steps after one another in a thread, on a connection of its own. Gives how many rows each were."""
    try:
        with as_owner():
            run = Run.objects.get(pk=run_id)
            return {step: _bring_batches(run, step, by) for step in steps}
    finally:
        connections.close_all()


def _say_how_many(say: Say, step: str, total: int) -> None:
    if total:
        say(f"{step.replace('_', ' ')}: {total:,} rows")


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise Refused("Another import runs now. Wait until it has ended.")
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
