"""A run taken back: exactly what it wrote, as history knows it, except where somebody has worked since."""

from datetime import datetime

from django.db import IntegrityError, connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from baton.episodes.actions.deadlines import refresh_batch
from baton.importing.models import Run, Staged
from baton.importing.permissions import may_import
from baton.importing.queries.statements import statements
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused

GOING = "ledger.record = {name} and not exists (select from kept where kept.family_id = ledger.family_id)"
KEPT_FAMILIES = """
select family_id, (select min(source_id) from importing_sourcerecord k
                    where k.family_id = kept.family_id and k.kind = 'family') from kept
 where exists (select from importing_sourcerecord k
                where k.family_id = kept.family_id and %(run)s in (k.run_id, k.changed_by_id)) order by family_id"""
LAST = ("people_person", "people_family")
OF_PEOPLE = ("matching_searchedname", "matching_searchedkey", "matching_searchedperson")
BACK = """
create temporary table back on commit drop as
select record, record_id, jsonb_object_agg(key, value) as before from (
    select distinct on (l.record, l.record_id, was.key) l.record, l.record_id, was.key, was.value
      from ledger l cross join lateral jsonb_each(l.before) was
     where l.kind = 'changed' and not exists (select from kept where kept.family_id = l.family_id)
       and not exists (select from ledger a
                        where a.record = l.record and a.record_id = l.record_id and a.kind = 'added')
     order by l.record, l.record_id, was.key, l.id) first
 group by record, record_id"""
ORIGINS_BACK = """
update importing_sourcerecord k
   set told = told_before, digest = digest_before, told_before = null, digest_before = '', changed_by_id = null
 where changed_by_id = %(run)s and told_before is not null and family_id not in (select family_id from kept)"""
ORIGINS_GONE = """
delete from importing_sourcerecord where run_id = %(run)s and family_id not in (select family_id from kept)"""
REMOVED_BACK = """
insert into {0} select (jsonb_populate_record(null::{0}, ledger.before)).* from ledger
 where ledger.kind = 'removed' and {1}
   and not exists (select from ledger a where a.record = {2} and a.record_id = ledger.record_id and a.kind = 'added')"""
CHANGED_BACK = """
update {0} t set ({1}) = (select {1} from jsonb_populate_record(t, back.before)) from back
 where back.record = {2} and t.id = back.record_id"""
FAMILIES_GONE = "select count(distinct family_id) from ledger where family_id not in (select family_id from kept)"
MOVED = """
create temporary table moved on commit drop as
select distinct person_id from importing_sourcerecord
 where kind = 'home' and %(run)s in (run_id, changed_by_id) and family_id not in (select family_id from kept)"""
PEOPLE_BACK = """
select array_agg(p.id) from people_person p
 where p.id in (select record_id from back where record = 'people_person' union select person_id from moved)"""
EPISODES_BACK = """
select distinct e.id from episodes_episode e join ledger l on l.family_id = e.family_id
 where not exists (select from kept where kept.family_id = l.family_id)"""


@action(allowed=may_import)
def undo_import(*, run: Run, by: User, at: datetime) -> Run:
    """Take back what a run wrote. `run.families_kept` are the ids, here and there, of families that stay as they are:
    somebody has worked on them since. Raises `Refused` when the run was taken back already, or others hang on it."""
    if run.state == Run.State.UNDONE:
        raise Refused(f"Run {run.pk} was taken back already.")
    if run.state == Run.State.TRIED:
        raise Refused(f"Run {run.pk} was only tried: it kept nothing that could be taken back.")
    with connection.cursor() as cursor:
        cursor.execute("set local app.index_later = 'on'")
        for statement in statements("undo"):
            cursor.execute(statement, {"run": run.pk, "since": run.started_at})
        _spread(cursor)
        _take_back(cursor, run, at)
        cursor.execute(KEPT_FAMILIES, {"run": run.pk})
        run.families_kept = cursor.fetchall()
        cursor.execute(FAMILIES_GONE)
        run.families_taken_back += cursor.fetchone()[0]
    Staged.objects.filter(run=run).delete()
    run.state = Run.State.PARTLY_UNDONE if run.families_kept else Run.State.UNDONE
    run.undone_by, run.undone_at, run.families_that_stay = by, at, len(run.families_kept)
    run.save(update_fields=["state", "undone_by", "undone_at", "families_taken_back", "families_that_stay"])
    return run


def _spread(cursor: CursorWrapper) -> None:
    """Until no family that goes has anybody in common with one that stays."""
    (spread,) = statements("undo_spread")
    cursor.execute("analyze kept")
    while True:
        cursor.execute(spread)
        if cursor.rowcount == 0:
            return


def _take_back(cursor: CursorWrapper, run: Run, at: datetime) -> None:
    cursor.execute("select distinct record from ledger order by record")
    found = [str(record) for (record,) in cursor.fetchall()]
    records = sorted(found, key=lambda record: record in LAST)  # whose history asks for a person, before the person
    cursor.execute(BACK)
    cursor.execute(MOVED, {"run": run.pk})
    cursor.execute(ORIGINS_BACK, {"run": run.pk})
    cursor.execute(ORIGINS_GONE, {"run": run.pk})
    _what_follows_goes(cursor)
    for record in records:
        _added_goes(cursor, record)
    for record in records:
        _as_before(cursor, record)
    _refuse_if_others_hang_on_it(cursor)
    cursor.execute(PEOPLE_BACK)
    (people,) = cursor.fetchone()
    if people:
        cursor.execute("select guard.index_people(%s)", [people])
    cursor.execute(EPISODES_BACK)
    episodes = [episode for (episode,) in cursor.fetchall()]
    if episodes:
        refresh_batch(episodes, at=at)


def _what_follows_goes(cursor: CursorWrapper) -> None:
    """What is derived from records, and has no history of its own."""
    people = sql.SQL("select record_id from ledger where kind = 'added' and ") + _going("people_person")
    episodes = sql.SQL("select record_id from ledger where kind = 'added' and ") + _going("episodes_episode")
    for table in OF_PEOPLE:
        _run(cursor, sql.SQL("delete from {} where person_id in ({})").format(sql.Identifier(table), people))
    _run(
        cursor,
        sql.SQL("delete from matching_possibleduplicate where one_id in ({0}) or other_id in ({0})").format(people),
    )
    _run(cursor, sql.SQL("delete from episodes_deadline where episode_id in ({})").format(episodes))


def _added_goes(cursor: CursorWrapper, record: str) -> None:
    gone = "delete from {} target using ledger where target.id = ledger.record_id and ledger.kind = 'added' and {}"
    _run(cursor, sql.SQL(gone).format(sql.Identifier(record), _going(record)))


def _as_before(cursor: CursorWrapper, record: str) -> None:
    """Rows the run changed get back what stood; rows it removed come back."""
    table, name = sql.Identifier(record), sql.Literal(record)
    _run(cursor, sql.SQL(REMOVED_BACK).format(table, _going(record), name))
    cursor.execute("select distinct key from back, jsonb_object_keys(back.before) key where record = %s", [record])
    columns = [sql.Identifier(str(key)) for (key,) in cursor.fetchall()]
    if columns:
        _run(cursor, sql.SQL(CHANGED_BACK).format(table, sql.SQL(", ").join(columns), name))


def _going(record: str) -> sql.Composed:
    return sql.SQL(GOING).format(name=sql.Literal(record))


def _refuse_if_others_hang_on_it(cursor: CursorWrapper) -> None:
    try:
        cursor.execute("set constraints all immediate")
    except IntegrityError as error:
        found = getattr(getattr(error.__cause__, "diag", None), "table_name", "") or "another table"
        raise Refused(f"Rows of {found} refer to what this run brought: take back first what brought those.") from error
    cursor.execute("set constraints all deferred")


def _run(cursor: CursorWrapper, statement: sql.Composed) -> None:
    cursor.execute(statement.as_string(None))
