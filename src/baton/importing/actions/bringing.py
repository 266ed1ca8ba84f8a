"""What was staged brought into the record: set-wise, a batch a transaction, from where it was left."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Q

from baton.episodes.actions.deadlines import refresh_batch
from baton.importing.models import Batch, Run, Staged
from baton.importing.permissions import may_import
from baton.importing.queries.reports import Report, keep_lines
from baton.importing.queries.statements import statements
from baton.importing.reading.targets import DATES
from baton.platform.actions import action
from baton.platform.models import User
from baton.practice.calendar import day_of
from baton.practice.loading import framework_versions
from baton.relationships.states import MUTUAL

ROWS = 20_000
EPISODES = 2_000
# Most rows are in these, and no family's row waits for another family's: each lane takes its own families.
LANES = 2
IN_LANES = frozenset(("families", "people", "memberships", "requests", "episodes", "events"))
# After all others, as two lines of work: neither needs what the other does, and each takes as long.
SIDE_BY_SIDE = (("deadlines",), ("keys", "relationships"))
# Those that say what stays as it is in Baton: a dry run takes them too, and forgets them.
SAYING = (
    "families_changed", "people_changed", "memberships_changed", "homes_changed", "homes", "involvements_changed",
    "episodes_changed", "others_changed",
)  # fmt: skip
PARTS = "drop table if exists taken, opened, grown, differing, coming"  # of the batch before, in one transaction
# What ended there ends here before what is new begins: a family has one open episode.
STEPS = (
    "families", "people", "memberships", "requests", "families_changed", "people_changed",
    "memberships_changed", "homes_changed", "homes", "involvements", "involvements_changed", "episodes_changed",
    "episodes", "events", "events_changed", "others_changed",
)  # fmt: skip
PLANNED_ANEW = "set local plan_cache_mode = force_custom_plan"
# A batch that a crash of the machine loses is brought again; the end of the run waits for all of them.
NO_WAIT = "set local synchronous_commit = off"
TAKEN = "select coalesce(max(id), 0), count(*) from taken"
NOTED = """insert into importing_batch (run_id, step, lane, last, rows, transaction, at)
values (%s, %s, %s, %s, %s, guard.transaction_id(), %s)"""
EPISODES_BROUGHT = """
select distinct record_id from importing_sourcerecord
 where (run_id = %(run)s or changed_by_id = %(run)s) and record = 'episodes_episode' and record_id > %(after)s
 order by record_id limit %(batch)s"""
PEOPLE_BROUGHT = """
select distinct person_id from importing_sourcerecord
 where (run_id = %(run)s or changed_by_id = %(run)s) and kind in ('person', 'home') and person_id > %(after)s
 order by person_id limit %(batch)s"""


def lanes_of(step: str) -> Sequence[int | None]:
    """The lanes a step's rows come in; None stands for all rows at once."""
    return range(LANES) if step in IN_LANES else (None,)


@action(allowed=may_import)
def import_records(*, run: Run, step: str, lane: int | None, by: User, at: datetime) -> Run:
    """Bring the next batch of one step; `run.just_brought` says how many rows that were, 0 when the step is done.

    History and audit call what it writes "import records". Only an owner's connection may (baton.platform.database).
    """
    done = Batch.objects.filter(Q(lane=lane) | Q(lane=None), run=run, step=step)
    after = done.aggregate(last=Max("last"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute(NO_WAIT)
    own: dict[str, Callable[[Run, int, datetime], tuple[int, int]]] = {"deadlines": _deadlines, "keys": _keys}
    last, rows = own[step](run, after, at) if step in own else _set_wise(run, step, lane, after, by, at)
    run.just_brought = rows
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(NOTED, [run.pk, step, lane, last, rows, at])
    return run


@action(allowed=may_import)
def end_run(*, run: Run, report: Report, by: User, at: datetime) -> Run:
    """End a run: its report stays without anybody's values, the rows of the extract go."""
    keep_lines(run)
    _keep(run, report, Run.State.DONE, at)
    Staged.objects.filter(run=run).delete()
    return run


@action(allowed=may_import)
def note_try(*, run: Run, report: Report, by: User, at: datetime) -> Run:
    """Note that an extract was tried: numbers, and nothing of anybody. `run` is what its transaction forgot."""
    run.pk = None
    run._state.adding = True
    _keep(run, report, Run.State.TRIED, at)
    return run


def _keep(run: Run, report: Report, state: Run.State, at: datetime) -> None:
    run.counts, run.rows, run.said, run.known = report.counts, report.rows, report.said, report.known
    run.not_brought = report.not_brought
    run.state, run.ended_at = state, at
    run.save()


def _set_wise(run: Run, step: str, lane: int | None, after: int, by: User, at: datetime) -> tuple[int, int]:
    given = _given(run, by, at) | {"after": after, "batch": ROWS, "lane": lane, "lanes": LANES}
    with connection.cursor() as cursor:
        cursor.execute(PLANNED_ANEW)
        cursor.execute("set local app.index_later = 'on'")
        cursor.execute(PARTS)
        take, *write = statements(step)
        cursor.execute(take, given)
        cursor.execute(TAKEN)
        last, rows = cursor.fetchone()
        for statement in write if rows else ():
            cursor.execute(statement, given)
    return last, rows


def _given(run: Run, by: User, at: datetime) -> dict[str, Any]:
    begins = [
        {"version": version.version, "begins": max(version.in_force_from, date(1900, 1, 1)).isoformat()}
        for version in framework_versions(run.place)
    ]
    return {
        "run": run.pk,
        "source": run.source,
        "by": by.pk,
        "at": at,
        "today": day_of(at),
        "team": run.team_id,
        "place": run.place,
        "mutual": sorted(MUTUAL),
        "from": f"Brought from {run.title}",
        "careful": f"Brought from {run.title}: ask whether it is safe to use",
        "versions": json.dumps(begins),
        "dates": json.dumps([{"field": field, "kind": kind.value} for field, kind in DATES.items()]),
    }


def _deadlines(run: Run, after: int, at: datetime) -> tuple[int, int]:
    episodes = _ids(EPISODES_BROUGHT, run, after, EPISODES)
    if episodes:
        refresh_batch(episodes, at=at)
    return max(episodes, default=after), len(episodes)


def _keys(run: Run, after: int, at: datetime) -> tuple[int, int]:
    people = _ids(PEOPLE_BROUGHT, run, after, ROWS)
    if people:
        with connection.cursor() as cursor:
            cursor.execute(PLANNED_ANEW)  # a plan kept for a few people would compare each with each
            cursor.execute("select guard.index_people(%s)", [people])
    return max(people, default=after), len(people)


def _ids(sql: str, run: Run, after: int, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"run": run.pk, "after": after, "batch": most})
        return [row[0] for row in cursor.fetchall()]
