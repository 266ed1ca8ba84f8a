"""A whole run, as an operator's command starts it: staged, brought step by step, ended; or tried and forgotten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from baton.importing.actions import STEPS, Extract, end_run, import_records, stage_extract, undo_import
from baton.importing.models import Run
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import Refused

Say = Callable[[str], None]
LOCK = 3_141_592  # one import at a time, whoever starts it


class Forgotten(Exception):
    """Raised to take back what a dry run staged."""


def try_extract(*, extract: Extract, place: str, by: User, report: Callable[[Run], None], say: Say) -> None:
    """Stage and check an extract, let `report` read what was found, and forget all of it."""
    with as_owner(), _alone():
        try:
            with acting_as(by):
                report(stage_extract(extract=extract, place=place, by=by, at=clock.now(), say=say))
                raise Forgotten
        except Forgotten:
            return


def bring_extract(*, extract: Extract, place: str, by: User, report: Callable[[Run], None], say: Say) -> Run:
    """Stage an extract and bring all of it, or go on where an earlier start was interrupted."""
    with as_owner(), _alone():
        with acting_as(by):
            run = stage_extract(extract=extract, place=place, by=by, at=clock.now(), say=say)
        for step in STEPS:
            _bring_step(run, step, by, say)
        with acting_as(by):
            report(run)
            return end_run(run=run, by=by, at=clock.now())


def take_back(*, run: Run, by: User) -> Run:
    """Take a run back."""
    with as_owner(), _alone(), acting_as(by):
        return undo_import(run=Run.objects.get(pk=run.pk), by=by, at=clock.now())


def _bring_step(run: Run, step: str, by: User, say: Say) -> None:
    total = 0
    while True:
        with acting_as(by):
            import_records(run=run, step=step, by=by, at=clock.now())
        if not run.just_brought:
            break
        total += run.just_brought
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
