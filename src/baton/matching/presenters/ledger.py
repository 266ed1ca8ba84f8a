"""What a merge did, from its ledger."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps

from baton.matching.models import Moved
from baton.matching.presenters.sides import FIELDS, in_words
from baton.people.models import Person

COLUMNS = {field.attname: field for field in Person._meta.concrete_fields}


def moved_in_words(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """What went to the record kept and how much of it: "Family members", "2; 1 was in both records and is one now"."""
    called = {model._meta.db_table: str(model._meta.verbose_name_plural) for model in apps.get_models()}
    counted: dict[str, dict[str, int]] = {}
    for row in rows:
        name = called.get(row["table_name"], row["table_name"])
        counted.setdefault(name[:1].upper() + name[1:], {})[row["what"]] = row["rows"]
    return [[name, _how_many(counts)] for name, counts in sorted(counted.items())]


def taken_in_words(changed: Sequence[Moved], survivor: Person) -> list[list[str]]:
    """What was taken of the other record: the field, what the survivor's says since, and what stood before."""
    before = {each.column_name: _of_a_person(each.column_name, each.before) for each in changed}
    since = {each.column_name: _of_a_person(each.column_name, each.after) for each in changed}
    lines = []
    for kept in FIELDS:
        if any(column in since for column in kept.columns):
            was, now = (
                [values.get(column, getattr(survivor, column)) for column in kept.columns] for values in (before, since)
            )
            lines.append([kept.label, in_words(kept, now), in_words(kept, was)])
    return lines


def _how_many(counts: Mapping[str, int]) -> str:
    folded = counts.get(Moved.What.FOLDED, 0)
    there = f"{folded} {'was' if folded == 1 else 'were'} in both records and {'is' if folded == 1 else 'are'} one now"
    return "; ".join(filter(None, [str(counts.get(Moved.What.MOVED, "")), there if folded else ""]))


def _of_a_person(column: str, value: Any) -> Any:
    return COLUMNS[column].to_python(value)
