"""Rows of tables as people read them: what each column is called, and what it says in words instead of codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from baton.people.models import Person
from baton.platform.dates_in_words import long_day, moment
from baton.platform.models import User
from baton.practice.codes import code_list
from baton.practice.loading import load_framework
from baton.rights.queries.gathering import Name, Row

# Columns that say nothing to anybody outside: numbers of rows, and how Baton keeps them.
UNSAID = frozenset(
    {"id", "version", "outcomes_version", "position", "holder", "record", "record_id", "login", "transaction"}
    | {"framework_place", "framework_version", "screen_due_at", "screen_warn_from", "recorded_at", "row_id"}
    | {"sent_sha256", "media_type"}
)
KINDS = {"documents_document": "document", "chronology_entry": "chronology"}
CODES = {"ethnicity": "ethnicity", "disabilities": "disability", "agency": "agency"}
# Fields whose own names do not read as words.
CALLED = {
    "from_at": "From",
    "from_on": "From",
    "until_at": "Until",
    "until_on": "Until",
    "next_on": "Next meeting on",
    "childs_voice": "Child’s voice",
    "childs_views": "Child’s views",
    "familys_view": "Family’s view",
    "nhs_number": "NHS number",
    "upn": "Pupil number (UPN)",
    "uln": "Learner number (ULN)",
    "uprn": "Property number (UPRN)",
    "lines": "Address",
    "visit_every_weeks": "Weeks between visits",
    "owner_user": "Owner",
    "owner_person": "Owner",
    "tried": "What was tried",
    "wanted": "What is wanted",
}
WORDS_OF_FRAMEWORKS = ("question", "section", "outcome", "reasons", "reason", "decision", "tool", "timescale", "point")


@dataclass(frozen=True)
class Told:
    """A row in words."""

    section: str
    heading: str
    lines: list[list[str]]


def people_in(rows: Iterable[Row]) -> set[int]:
    """Everybody whom rows name by their record."""
    return {said for row in rows for column in person_columns(row.table) if (said := row.said.get(column))}


@lru_cache
def person_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that name a person."""
    model = model_of(table)
    if model is None:
        return ()
    return tuple(str(f.column) for f in model._meta.concrete_fields if f.related_model is Person)


@lru_cache
def model_of(table: str) -> type[models.Model] | None:
    """The model of a table."""
    return next((each for each in apps.get_models() if each._meta.db_table == table), None)


def row_in_words(row: Row, names: Mapping[int, Name], staff: Mapping[int, str]) -> Told:
    """What a row says, line by line; empty columns and numbers of other rows are left out."""
    model = model_of(row.table)
    if model is None:
        return Told(row.table, row.table, [[key, str(value)] for key, value in row.said.items() if value])
    if row.table == "platform_change":
        return _change(row, names, staff)
    section = str(model._meta.verbose_name_plural)
    heading = str(model._meta.verbose_name)
    return Told(_capital(section), _capital(heading), _lines(model, row.said, names, staff))


def _change(row: Row, names: Mapping[int, Name], staff: Mapping[int, str]) -> Told:
    """What stood before somebody changed or removed a record."""
    changed = model_of(row.said["record"])
    before = row.said["before"] or {}
    lines = _lines(changed, before, names, staff) if changed else []
    what = str(changed._meta.verbose_name) if changed else row.said["record"]
    done = "removed" if row.said["kind"] == "removed" else "changed"
    when = moment(datetime.fromisoformat(row.said["at"]))
    return Told("What stood before it was changed", f"{_capital(what)}, {done} on {when}"[:200], lines)


def _lines(
    model: type[models.Model], said: Mapping[str, Any], names: Mapping[int, Name], staff: Mapping[int, str]
) -> list[list[str]]:
    lines = []
    for field in model._meta.concrete_fields:
        value = said.get(str(field.column))
        if value in (None, "", [], {}, False) or field.column in UNSAID or isinstance(field, models.BinaryField):
            continue
        words = _value(field, value, names, staff)
        if words:
            lines.append([CALLED.get(field.name) or _capital(str(field.verbose_name)), words])
    return lines


def _value(field: Any, value: Any, names: Mapping[int, Name], staff: Mapping[int, str]) -> str:
    if field.is_relation:
        return _related(field, value, names, staff)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if value is True:
        return "Yes"
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return long_day(date.fromisoformat(value))
    if isinstance(value, list):
        return ", ".join(_word(field, each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {each}" for key, each in value.items() if each not in (None, ""))
    return _word(field, value)


def _related(field: Any, value: int, names: Mapping[int, Name], staff: Mapping[int, str]) -> str:
    if field.related_model is User:
        return staff.get(value, "")
    if field.related_model is Person:
        return names[value].whole if value in names else "Somebody else"
    return ""


def _word(field: Any, value: Any) -> str:
    if field.column in CODES:
        return code_list(CODES[field.column]).title_of(str(value))
    if field.column in WORDS_OF_FRAMEWORKS:
        return _titles().get(str(value), str(value))
    if field.column == "kind":
        codes = KINDS.get(field.model._meta.db_table)
        return code_list(codes).title_of(str(value)) if codes else _capital(str(value))
    return str(value)


@lru_cache
def _titles() -> dict[str, str]:
    """What the place's framework calls its questions, reasons, outcomes, tools and decisions."""
    framework = load_framework(settings.BATON_PLACE)
    sections = framework.assessment.sections
    lists: list[Iterable[Any]] = [framework.reasons, framework.outcomes, framework.tools, framework.decisions]
    lists += [framework.timescales, sections, *(section.questions for section in sections)]
    return {each.id: each.title for listed in lists for each in listed}


def _capital(words: str) -> str:
    spaced = words.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]
