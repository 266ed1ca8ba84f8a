"""Reads that pages ask again and again: Django writes their SQL once, and each asking only fills in the values.

Making the SQL of a read with joins takes Django longer than PostgreSQL takes to answer it. Constants stand in the SQL
itself, so that a plan PostgreSQL keeps knows them and can use a partial index.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cached_property, wraps
from inspect import signature
from typing import Any, Generic, ParamSpec, TypeVar, cast, get_type_hints

from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression, Expression, Func
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404
from psycopg.sql import Literal

P = ParamSpec("P")
Row = TypeVar("Row")

FIELDS: dict[object, "models.Field[Any, Any]"] = {
    int: models.BigIntegerField(),
    str: models.TextField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
    list[int]: ArrayField(models.BigIntegerField()),
}


class Given(Expression):
    """Stands in a prepared read for a value that each asking gives."""

    def __init__(self, name: str, field: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]


def is_one_of(field: str, ids: list[int] | BaseExpression) -> Func:
    """A condition: the field is among these ids, which may be given when asked, or an array that is asked for."""
    array = ids if isinstance(ids, BaseExpression) else models.Value(ids, FIELDS[list[int]])
    return Func(
        models.F(field), array, template="(%(expressions)s))", arg_joiner=" = any(", output_field=models.BooleanField()
    )


def prepared(read: Callable[P, "QuerySet[Any, Row]"]) -> Callable[P, list[Row]]:
    """Make a function that returns a queryset one that returns its rows, at the cost of the rows alone.

    The function runs once, with stand-ins for its arguments: it may hand them to the queryset and nothing else. Each
    argument is an int, str, date, datetime or list of ints (see `is_one_of`), and never None.
    """
    parameters = signature(read)
    kept: list[_Written[Row]] = []

    @wraps(read)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        if not kept:
            kept.append(_write(read))
        return kept[0].ask(parameters.bind(*args, **kwargs).arguments)

    return ask


def the_one(rows: Sequence[Row]) -> Row:
    """The row that was asked for by its key; `Http404` where there is none, or none for the asker."""
    if not rows:
        raise Http404
    return rows[0]


@dataclass
class _Written(Generic[Row]):
    """The SQL of a read, with what Django needs to make objects of the rows."""

    queryset: "QuerySet[Any, Row]"
    compiler: SQLCompiler
    sql: str
    places: tuple[Given, ...]

    def ask(self, values: dict[str, Any]) -> list[Row]:
        """The rows for these values, over whatever connection this thread has."""
        connection = connections[self.queryset.db]
        filled = [place.output_field.get_db_prep_value(values[place.name], connection) for place in self.places]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        if self.compiler.has_extra_select:  # columns that rows are put in order by
            rows = [row[: self.compiler.col_count] for row in rows]
        if self._converters:
            rows = self._at(connection).apply_converters(rows, self._converters)
        made = self._made(rows)
        if prefetched := cast(Any, self.queryset)._prefetch_related_lookups:
            models.prefetch_related_objects(made, *prefetched)
        return made

    def _made(self, rows: Any) -> list[Any]:
        if cast(Any, self.queryset)._iterable_class is not ModelIterable:
            return list(cast(Any, self.queryset)._iterable_class(_Answered(self.queryset, rows)))
        database, of_model, model, names, populators = self._shape
        made = []
        for row in rows:
            record = model.from_db(database, names, row[of_model])
            for populator in populators:
                populator.populate(row, record)
            for name, place in self.compiler.annotation_col_map.items():
                setattr(record, name, row[place])
            made.append(record)
        return made

    @cached_property
    def _shape(self) -> tuple[str, slice, Any, list[str], list[Any]]:
        """Which columns make the record and which its relations, as `ModelIterable` works out for every asking."""
        told: Any = self.compiler.klass_info
        of_model = slice(told["select_fields"][0], told["select_fields"][-1] + 1)
        names = [column.target.attname for column, _, _ in cast(Any, self.compiler.select)[of_model]]
        populators = cast(Any, get_related_populators)(told, self.compiler.select, self.queryset.db)
        return self.queryset.db, of_model, told["model"], names, populators

    @cached_property
    def _converters(self) -> dict[int, Any]:
        columns = [column for column, _, _ in cast(Any, self.compiler.select)[: self.compiler.col_count]]
        return dict(self.compiler.get_converters(columns))

    def _at(self, connection: Any) -> Any:
        """The compiler, for the connection of this thread."""
        asking: Any = copy.copy(self.compiler)
        asking.connection = connection
        return asking


class _Answered:
    """As much of a queryset as Django's iterables of values look at, with the rows that came back."""

    def __init__(self, queryset: "QuerySet[Any, Any]", rows: Any) -> None:
        self.db, self._fields, self._rows = queryset.db, cast(Any, queryset)._fields, rows
        self.query = copy.copy(queryset.query)
        cast(Any, self.query).get_compiler = lambda *args, **kwargs: self

    def results_iter(self, *, tuple_expected: bool = False, **_: Any) -> Any:
        return map(tuple, self._rows) if tuple_expected else self._rows


def _write(read: Callable[..., "QuerySet[Any, Row]"]) -> _Written[Row]:
    kinds = {name: kind for name, kind in get_type_hints(read).items() if name != "return"}
    queryset = read(**{name: Given(name, FIELDS[kind]) for name, kind in kinds.items()})
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, values = compiler.as_sql()
    first, *others = sql.split("%s")
    text = first
    for value, following in zip(values, others, strict=True):
        text += ("%s" if isinstance(value, Given) else _literal(value)) + following
    return _Written(queryset, compiler, text, tuple(value for value in values if isinstance(value, Given)))


def _literal(value: object) -> str:
    return Literal(value.value if isinstance(value, Enum) else value).as_string(None).replace("%", "%%")
