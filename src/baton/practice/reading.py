"""What framework files may refer to, and the reading of the words they share: citations, events, spans, choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar, get_args

from baton.practice.citations import Document, Source, cite
from baton.practice.entries import Entry, Written
from baton.practice.happenings import Happening
from baton.practice.spans import Span, Unit, read_span
from baton.practice.timescales import Trigger

Choice = TypeVar("Choice", bound=StrEnum)
NOWHERE = Source("", "", "", "")
NO_SPAN = Span(1, Unit.CALENDAR_DAYS)
NEAREST_EVENTS = "Use a kind from src/baton/practice/happenings.py"


@dataclass
class Vocabulary:
    """What a place's files may name: documents, roles, tools with their other ids, flags and oversight points."""

    documents: Mapping[str, Document]
    roles: frozenset[str] = frozenset()
    tools: Mapping[str, frozenset[str]] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    levels: frozenset[int] = frozenset()


def source(entry: Entry, known: Vocabulary) -> Source:
    """The citation under "source", which must point at a paragraph that exists."""
    return _cited(entry, entry.text("source"), known, "source")


def optional_source(entry: Entry, known: Vocabulary) -> Source | None:
    """The citation under "source", if there is one."""
    return source(entry, known) if entry.has("source") else None


def also(entry: Entry, known: Vocabulary) -> tuple[Source, ...]:
    """The further citations under "also"."""
    return tuple(_cited(entry, written, known, "also") for written in entry.texts("also"))


def happening(entry: Entry, written: str, key: str) -> Happening | None:
    """A kind of event, or None with a note."""
    if written in set(Happening):
        return Happening(written)
    entry.complain(f'"{written}" is not a kind of event', NEAREST_EVENTS, key=key)
    return None


def happenings(entry: Entry, key: str) -> tuple[Happening, ...]:
    """One or several kinds of event; at least one must be there."""
    written = entry.texts(key)
    if not written:
        entry.complain(f'"{key}" names no event', NEAREST_EVENTS, key=key)
    return tuple(kind for each in written if (kind := happening(entry, each, key)))


def triggers(entry: Entry, key: str, known: Vocabulary) -> tuple[Trigger, ...]:
    """The events that start or stop a clock: kinds by name, or entries with conditions."""
    entry.read.add(key)
    if not entry.has(key):
        return ()
    written = entry.values[key]
    listed = written.value if isinstance(written.value, list) else [written]
    return tuple(trigger for item in listed if (trigger := _trigger(entry, key, item, known)))


@lru_cache
def plain_trigger(kind: Happening) -> Trigger:
    """The one trigger that asks for nothing but the kind, shared so that it is looked up once an episode."""
    return Trigger(kind)


def span(entry: Entry, key: str) -> Span | None:
    """An amount of time, if there is one."""
    written = entry.optional_text(key)
    try:
        return read_span(written) if written else None
    except ValueError as error:
        entry.complain(str(error), 'For example "48 hours" or "5 working days"', key=key)
        return NO_SPAN


def warning(entry: Entry, *, otherwise: Span) -> Span:
    """How long before the due date it is due soon; the place's own default when a rule does not say."""
    found = span(entry, "warn") or otherwise
    if found.unit in (Unit.WORKING_DAYS, Unit.MONTHS):
        entry.complain("A warning is counted in hours, days or weeks", 'For example "2 days"', key="warn")
        return otherwise
    return found


def choice(entry: Entry, key: str, kind: type[Choice], *, otherwise: Choice) -> Choice:
    """One of a fixed set of words."""
    written = entry.optional_text(key)
    if written is None or written in set(kind):
        return kind(written) if written else otherwise
    entry.complain(f'"{written}" is not a {key}', f"Use one of: {', '.join(kind)}", key=key)
    return otherwise


def literal(entry: Entry, key: str, kind: object, *, otherwise: str | None = None) -> str:
    """One word of a Literal type."""
    allowed = get_args(kind)
    written = entry.optional_text(key) or otherwise
    if written in allowed:
        return str(written)
    entry.complain(f'"{key}" is "{written}"', f"Use one of: {', '.join(allowed)}", key=key)
    return str(allowed[0])


def named(entry: Entry, key: str, allowed: Iterable[str], what: str) -> str:
    """An id that another list must hold."""
    written, known = entry.text(key), sorted(allowed)
    if written and written not in known:
        entry.complain(f'"{written}" is not a {what}', f"Use one of: {', '.join(known)}", key=key)
    return written


def several_named(entry: Entry, key: str, allowed: Iterable[str], what: str) -> frozenset[str]:
    """Ids that another list must hold."""
    written, known = frozenset(entry.texts(key)), set(allowed)
    for unknown in sorted(written - known):
        entry.complain(f'"{unknown}" is not a {what}', f"Use one of: {', '.join(sorted(known))}", key=key)
    return written


def levels(entry: Entry, key: str, known: Vocabulary) -> frozenset[int]:
    """Numbers of levels of need; empty when missing."""
    allowed = {str(number) for number in known.levels}
    return frozenset(int(number) for number in several_named(entry, key, allowed, "level of need") & allowed)


def unlike(entries: Iterable[Entry]) -> None:
    """Note every id that an earlier entry of the list already has."""
    first: dict[str, int] = {}
    for entry in entries:
        written = entry.text("id")
        if written in first:
            entry.complain(f'The id "{written}" is already used on line {first[written]}', "Give it another", key="id")
        first.setdefault(written, entry.line)
        if written and not _is_id(written):
            entry.complain(f'"{written}" is not an id', "Use small letters, figures and underscores", key="id")


def _is_id(written: str) -> bool:
    return written.isascii() and written.replace("_", "a").isalnum() and written == written.lower()


def _cited(entry: Entry, written: str, known: Vocabulary, key: str) -> Source:
    try:
        return cite(written, known.documents) if written else NOWHERE
    except ValueError as error:
        entry.complain(str(error), "Cite a listed paragraph, or list this one if the document has it", key=key)
        return NOWHERE


def _trigger(entry: Entry, key: str, item: Written, known: Vocabulary) -> Trigger | None:
    if isinstance(item.value, dict):
        return _conditional(Entry(entry.file, item.line, item.value, entry.problems), known)
    kind = happening(entry, str(item.value), key)
    return plain_trigger(kind) if kind else None


def _conditional(entry: Entry, known: Vocabulary) -> Trigger | None:
    kind = happening(entry, entry.text("event"), "event")
    tools = several_named(entry, "tool", known.tools, "tool")
    meeting = entry.flag("meeting") if entry.has("meeting") else None
    point = entry.optional_text("point")
    entry.close()
    all_ids = frozenset().union(*(known.tools.get(tool, frozenset()) for tool in tools))
    return Trigger(kind, all_ids or None, meeting, point) if kind else None
