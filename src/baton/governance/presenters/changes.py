"""What a record was and what it became, in plain sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from baton.governance.presenters.logs import action_in_words
from baton.platform.dates_in_words import long_day, moment
from baton.platform.models import Change, Team, User

UNSAID = frozenset({"version", "changed_by_id", "id", "family_id"})
LONG = 300


@dataclass(frozen=True)
class Told:
    """One action, and a sentence for each thing it did to a record."""

    title: str
    who: str
    when: str
    sentences: Sequence[str]


def changes_in_words(changes: Sequence[Change]) -> list[Told]:
    """The changes of one page, put together by the action they came through."""
    names = _names(changes)
    return [
        _told(list(group), names) for _, group in groupby(changes, key=lambda each: (each.transaction, each.action))
    ]


def ids_named_in(changes: Iterable[Change], model: type[models.Model]) -> set[int]:
    """Which rows of another table the changes point to."""
    found: set[int] = set()
    for change in changes:
        for told in (change.before or {}, change.after or {}):
            for column, value in told.items():
                field = _field(change.record, column)
                if value is not None and field is not None and field.related_model is model:
                    found.add(int(value))
    return found


def _names(changes: Sequence[Change]) -> dict[tuple[type[models.Model], int], str]:
    users = User.objects.in_bulk(ids_named_in(changes, User))
    teams = Team.objects.in_bulk(ids_named_in(changes, Team))
    return {(User, pk): each.name for pk, each in users.items()} | {(Team, pk): t.name for pk, t in teams.items()}


def _told(changes: list[Change], names: dict[tuple[type[models.Model], int], str]) -> Told:
    first = changes[0]
    who = first.by.name if first.by else f"Nobody signed in ({first.login})"
    said = [sentence for change in changes for sentence in _sentences(change, names)]
    return Told(action_in_words(first.action), who, moment(first.at), list(dict.fromkeys(said)))


def _sentences(change: Change, names: dict[tuple[type[models.Model], int], str]) -> list[str]:
    record = _record(change.record)
    if change.kind != Change.Kind.CHANGED:
        return [f"{record}: {change.get_kind_display().lower()}."]
    before, after = change.before or {}, change.after or {}
    return [
        f"{record}: {_label(change.record, column)} was {_value(change.record, column, before.get(column), names)},"
        f" became {_value(change.record, column, value, names)}."
        for column, value in after.items()
        if column not in UNSAID
    ]


def _model(record: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == record), None)


def _record(record: str) -> str:
    model = _model(record)
    return str(model._meta.verbose_name).capitalize() if model else record


def _field(record: str, column: str) -> "models.Field[Any, Any] | None":
    model = _model(record)
    return next((each for each in model._meta.concrete_fields if each.column == column), None) if model else None


def _label(record: str, column: str) -> str:
    field = _field(record, column)
    return str(field.verbose_name) if field else column


def _value(record: str, column: str, value: Any, names: dict[tuple[type[models.Model], int], str]) -> str:
    """As a person would say it; what is no longer a column stays as it was kept."""
    field = _field(record, column)
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field is not None and field.related_model is not None:
        return names.get((field.related_model, value), f"number {value}")
    if field is not None and field.choices:
        return f"“{dict(field.flatchoices).get(value, value)}”"
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return long_day(date.fromisoformat(value))
    text = str(value)
    return f"“{text[:LONG]}…”" if len(text) > LONG else f"“{text}”"
