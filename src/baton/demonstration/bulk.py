"""Many episodes quickly: the walked place is copied inside PostgreSQL, so every row stands as an action left it.

Each copy has its own staff, teams and families with other names and birthdays, and the same lives.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

from baton.demonstration.names import BOYS, FAMILY_NAMES, GIRLS, MEN, WOMEN

AREAS = (
    "platform", "people", "consent", "episodes", "relationships",
    "requests", "assessments", "plans", "visits", "oversight", "chronology", "sharing", "documents",
)  # fmt: skip
NOT_COPIED = {
    "platform_organisation", "platform_accessentry", "platform_draft", "platform_submission", "platform_ratecount",
    "platform_session",
    "sharing_handedout",  # files: of a hundred thousand families they would be gigabytes, and measure nothing
    "platform_change",  # half of all rows: a copy has its audit entries, and no history of how its records came to be
}  # fmt: skip
GAP = 10_000_000  # ids of copy number k lie k gaps above the walked ones
BEYOND_ALL_COPIES = GAP * GAP  # where new rows are numbered from, so that a later copy never meets them

INDEXES = """
select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
 where indrelid::regclass::text = any(%s) and not exists (select 1 from pg_constraint c where c.conindid = indexrelid)
"""
HISTORY = """
select tgrelid::regclass::text, tgname::text from pg_trigger
 where tgname like 'history_%%' and tgrelid::regclass::text = any(%s)
"""
FOREIGN_KEYS = """
select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
 where contype = 'f' and connamespace = 'public'::regnamespace and conrelid::regclass::text = any(%s)
"""

# The last since a plan that was kept for a few people would compare each with each.
SETTINGS = (
    "set local app.index_later = 'on'",
    "set local maintenance_work_mem = '1GB'",
    "set local plan_cache_mode = force_custom_plan",
)


def copy_place(*, first: int, last: int, say: Callable[[str], None]) -> None:
    """Add the copies numbered from first to last of the walked place, as the owner, on as many connections as cores.

    Meanwhile the database has no foreign keys: one in which this was interrupted is to be thrown away.
    """
    copies = range(first, last + 1)
    tables = list(_tables())
    names = [model._meta.db_table for model in tables]
    with _without_keys_and_indexes(names):
        _side_by_side([_insert(model, copy) for copy in copies] for model in tables)
        say("rows")
    for name in names:
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        _run(f"select setval({sequence}, greatest(nextval({sequence}), {BEYOND_ALL_COPIES}))")
    _run("analyze people_person", "analyze people_personname", "analyze people_familymember", "analyze people_family")
    _side_by_side([_index_people(copy)] for copy in copies)
    say("keys of people")
    _run("vacuum (analyze)")  # which PostgreSQL does by itself within minutes


def _side_by_side(works: Iterable[list[str]]) -> None:
    """Lists of statements that need nothing of each other, a list a transaction."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        list(threads.map(_run_as_one, works))


def _run_as_one(statements: list[str]) -> None:
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            for setting in SETTINGS:
                cursor.execute(setting)
            for statement in statements:
                cursor.execute(statement)
    finally:
        connections["owner"].close()  # a thread's own


def _run(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _tables() -> Iterator[type[models.Model]]:
    for area in AREAS:
        for model in apps.get_app_config(area).get_models():
            if model._meta.db_table not in NOT_COPIED:
                yield model


def _insert(model: type[models.Model], copy: int) -> str:
    table = model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(table, field, copy) for field in fields)
    # Names of our own tables, and nothing from outside.
    return f"insert into {table} ({columns}) select {values} from {table} where id < {GAP}"  # noqa: S608


def _value(table: str, field: "models.Field[object, object]", copy: int) -> str:
    column = f'"{field.column}"'
    changed = CHANGED.get((table, field.column or ""))
    if changed:
        return changed.format(copy=copy)
    target = field.related_model
    own_id = field.primary_key or field.column in ("record_id", "family_id")
    if own_id or (target is not None and target._meta.db_table not in NOT_COPIED):
        return f"{column} + {copy * GAP}"
    return column


def _one_of(names: tuple[str, ...], key: str) -> str:
    listed = ",".join(f"'{name}'" for name in names)
    return f"(array[{listed}])[1 + (hashint8({key}) & 2147483647) % {len(names)}]"


def _given_name(key: str) -> str:
    young = "date_of_birth > date '2008-01-01'"
    girl, boy = _one_of(GIRLS, key), _one_of(BOYS, key)
    woman, man = _one_of(WOMEN, key), _one_of(MEN, key)
    by_sex = "case sex when 'F' then {} else {} end"
    return f"case when {young} then {by_sex.format(girl, boy)} else {by_sex.format(woman, man)} end"


def _birthday(key: str) -> str:
    return f"date_of_birth + ((hashint8({key} * 31 + {{copy}}) & 2147483647) % 7 - 3)"


def _nhs_number(key: str) -> str:
    """Another number of the range kept for tests, with the digit that fits; nothing where none fits."""
    nine = f"('999' || lpad((({key}) * 7 % 1000000)::text, 6, '0'))"
    weighed = " + ".join(f"substr({nine}, {place + 1}, 1)::int * {10 - place}" for place in range(9))
    check = f"((11 - ({weighed}) % 11) % 11)"
    return f"case when nhs_number = '' or {check} = 10 then '' else {nine} || {check} end"


def _name_of_person(column: str, name: str) -> str:
    """A legal name is the one its person has; other names stay."""
    return f"case kind when 'legal' then (select {name} from people_person p where p.id = person_id) else {column} end"  # noqa: S608


GIVEN_NAME = _given_name("id + {copy} * 7919")
FAMILY_NAME = _one_of(FAMILY_NAMES, "first_family_id + {copy} * 7919")
FAMILY_OF_REQUEST = "(select coalesce(r.family_id, r.id) from requests_helprequest r where r.id = request_id)"
SENDER = (
    f"case when holder like 'u%' then 'u' || (substr(holder, 2)::bigint + {{copy}}::bigint * {GAP}) else holder end"
)
CHANGED = {
    ("platform_user", "email"): "'copy{copy}.' || email",
    ("platform_team", "name"): "name || ' {copy}'",
    ("platform_locality", "name"): "name || ' {copy}'",
    ("people_family", "name"): _one_of(FAMILY_NAMES, "id + {copy} * 7919"),
    ("people_person", "family_name"): FAMILY_NAME,
    ("people_person", "given_name"): GIVEN_NAME,
    ("people_person", "date_of_birth"): _birthday("id"),
    ("people_person", "nhs_number"): _nhs_number("id + {copy} * 7919"),
    ("people_personname", "given_name"): _name_of_person("given_name", GIVEN_NAME),
    ("people_personname", "family_name"): _name_of_person("family_name", FAMILY_NAME),
    ("requests_requestperson", "family_name"): _one_of(FAMILY_NAMES, f"{FAMILY_OF_REQUEST} + {{copy}} * 7919"),
    ("requests_requestperson", "given_name"): _given_name("coalesce(person_id, id) + {copy} * 7919"),
    ("requests_requestperson", "date_of_birth"): _birthday("coalesce(person_id, id)"),
    ("requests_helprequest", "reference"): "'C{copy}-' || id",
    ("requests_helprequest", "holder"): SENDER,
}


def _index_people(copy: int) -> str:
    people = f"select id from people_person where id between {copy * GAP} and {(copy + 1) * GAP - 1}"  # noqa: S608
    return f"select guard.index_people(array({people}))"


@contextmanager
def _without_keys_and_indexes(tables: list[str]) -> Iterator[None]:
    """Checking references and growing indexes row by row outlasts the copying; both are done once, at the end."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [tables])
        keys = cursor.fetchall()
        cursor.execute(INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        for name, _ in indexes:
            cursor.execute(f"drop index {name}")
        _keep_history(cursor, tables, "disable")  # nobody made these rows
    yield
    _side_by_side([definition] for _, definition in indexes)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        _keep_history(cursor, tables, "enable")
        for table, name, definition in keys:  # each locks two tables, so one after another
            cursor.execute(f'alter table {table} add constraint "{name}" {definition}')


def _keep_history(cursor: CursorWrapper, tables: list[str], how: str) -> None:
    cursor.execute(HISTORY, [tables])
    for table, name in cursor.fetchall():
        cursor.execute(f"alter table {table} {how} trigger {name}")
