"""Adding a few rows at once, with SQL that is written once: what `bulk_create` does, at the cost of the rows alone."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models

A_FEW = 12  # each number of rows is a statement of its own, whose plan PostgreSQL keeps; more than these come as JSON


def add_rows(rows: Sequence[models.Model], *, once_by: tuple[str, ...] = (), corrects: tuple[str, ...] = ()) -> None:
    """Add rows of one model. Where one with the same `once_by` fields is there, its `corrects` fields become the row's.

    One statement. The rows are not told their keys, and no signal is sent.
    """
    if not rows:
        return
    model = type(rows[0])
    if len(rows) > A_FEW:
        _in_bulk(model, rows, once_by, corrects)
        return
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in _fields(model)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, len(rows), once_by, corrects), values)


def _in_bulk(
    model: type[models.Model], rows: Sequence[models.Model], once_by: tuple[str, ...], corrects: tuple[str, ...]
) -> None:
    """The rows come as one JSON text: Django would take longer to write their SQL than PostgreSQL to keep them."""
    fields = _fields(model)
    told = [
        {str(field.column): field.get_prep_value(field.pre_save(row, add=True)) for field in fields} for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_bulk_statement(model, once_by, corrects), [json.dumps(told, default=_moment)])


def _moment(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written as JSON here")


@cache
def _bulk_statement(model: type[models.Model], once_by: tuple[str, ...], corrects: tuple[str, ...]) -> str:
    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in _fields(model))
    rows = f'json_populate_recordset(null::"{table}", %s::json)'
    return f'insert into "{table}" ({columns}) select {columns} from {rows}' + _or_corrected(model, once_by, corrects)  # noqa: S608


@cache
def _statement(model: type[models.Model], rows: int, once_by: tuple[str, ...], corrects: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model))
    values = ", ".join([f"({', '.join(['%s'] * len(_fields(model)))})"] * rows)
    statement = f'insert into "{model._meta.db_table}" ({columns}) values {values}'  # noqa: S608  names of the model's own
    return statement + _or_corrected(model, once_by, corrects)


def _or_corrected(model: type[models.Model], once_by: tuple[str, ...], corrects: tuple[str, ...]) -> str:
    if not once_by:
        return ""
    key = ", ".join(f'"{column}"' for column in _columns(model, once_by))
    sets = ", ".join(f'"{column}" = excluded."{column}"' for column in _columns(model, corrects))
    return f" on conflict ({key}) do update set {sets}"


def _columns(model: type[models.Model], names: tuple[str, ...]) -> list[str]:
    return [str(field.column) for field in _fields(model) if {field.name, field.attname} & set(names)]


@cache
def _fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))
