"""Reads timescales.yaml and oversight.yaml."""

from datetime import date
from typing import cast, get_args

from baton.practice import reading
from baton.practice.entries import Entry
from baton.practice.facts import Route
from baton.practice.frameworks import OversightPrompt, Unset
from baton.practice.happenings import Happening
from baton.practice.reading import Vocabulary
from baton.practice.spans import Span, Unit
from baton.practice.timescales import EVERYONE, Applies, Clock, Rival, Scope, StopsWhen, Timescale, Trigger

A_WORKING_WEEK = Span(5, Unit.WORKING_DAYS)
TWO_DAYS = Span(2, Unit.CALENDAR_DAYS)
END_OF_HELP = (reading.plain_trigger(Happening.CLOSED), reading.plain_trigger(Happening.STEPPED_UP))


def read_timescales(file: Entry, known: Vocabulary, *, since: date) -> tuple[tuple[Timescale, ...], tuple[Unset, ...]]:
    """Every timescale of the file, and what the place leaves unset. `since` is when the framework came in force."""
    warn = reading.warning(file, otherwise=TWO_DAYS)
    checked = file.day("checked_on")
    entries, unset = file.entries("timescales"), file.entries("unset")
    reading.unlike((*entries, *unset))
    found = tuple(_timescale(entry, known, since=since, warn=warn, checked=checked) for entry in entries)
    missing = tuple(_unset(entry, known) for entry in unset)
    file.close()
    return found, missing


def read_oversight(file: Entry, known: Vocabulary, *, since: date) -> tuple[OversightPrompt, ...]:
    """Every point at which oversight is asked for, each with the clock that it keeps."""
    default = reading.span(file, "within") or A_WORKING_WEEK
    warn, checked = reading.warning(file, otherwise=TWO_DAYS), file.day("checked_on")
    entries = file.entries("points")
    owed_by = reading.named(file, "owed_by", known.roles, "role") if entries else ""
    reading.unlike(entries)
    made = tuple(
        _prompt(entry, known, within=default, owed_by=owed_by, warn=warn, since=since, checked=checked)
        for entry in entries
    )
    file.close()
    return made


def _timescale(entry: Entry, known: Vocabulary, *, since: date, warn: Span, checked: date) -> Timescale:
    made = Timescale(
        id=entry.text("id"),
        title=entry.text("title"),
        says=entry.text("says"),
        theme=entry.text("theme"),
        owed_by=reading.named(entry, "owed_by", known.roles, "role"),
        scope=reading.choice(entry, "scope", Scope, otherwise=Scope.EPISODE),
        clock=_clock(entry),
        starts_with=_needed(entry, "starts_with", known),
        stops_with=_needed(entry, "stops_with", known),
        stops_when=cast("StopsWhen", reading.literal(entry, "stops_when", StopsWhen, otherwise="any")),
        ends_with=END_OF_HELP,
        within=reading.span(entry, "within"),
        due_with=reading.triggers(entry, "due_with", known),
        comes_first=entry.flag("must_come_first"),
        warn=reading.warning(entry, otherwise=warn),
        applies=_applies(entry, known),
        source=reading.source(entry, known),
        also=reading.also(entry, known),
        rivals=tuple(_rival(each, known) for each in entry.entries("rivals")),
        in_force_from=entry.optional_day("in_force_from") or since,
        in_force_until=entry.optional_day("in_force_until"),
        checked_on=entry.optional_day("checked_on") or checked,
    )
    _check_due(entry, made)
    entry.close()
    return made


def _check_due(entry: Entry, made: Timescale) -> None:
    ways = (made.within is not None, bool(made.due_with), made.comes_first)
    if sum(ways) != 1:
        entry.complain(
            "It is not clear when this is due", 'Write exactly one of "within", "due_with", "must_come_first"'
        )


def _clock(entry: Entry) -> Clock:
    repeats, each = entry.flag("repeats"), entry.flag("each_time")
    if repeats and each:
        entry.complain(
            "A clock cannot both repeat and run each time", 'Keep one of "repeats" and "each_time"', key="repeats"
        )
    if repeats and entry.has("due_with"):
        return Clock.BETWEEN
    return Clock.REPEATING if repeats else Clock.EACH if each else Clock.ONCE


def _needed(entry: Entry, key: str, known: Vocabulary) -> tuple[Trigger, ...]:
    found = reading.triggers(entry, key, known)
    if not entry.has(key):
        entry.complain(f'"{key}" is missing', reading.NEAREST_EVENTS)
    return found


def _applies(entry: Entry, known: Vocabulary) -> Applies:
    if not entry.has("applies"):
        return EVERYONE
    only = entry.entry("applies")
    made = Applies(
        levels=reading.levels(only, "levels", known) or None,
        routes=reading.several_named(only, "routes", get_args(Route), "route") or None,
        age_from=only.optional_number("age_from"),
        unless_flags=reading.several_named(only, "unless", known.flags, "named exception"),
        for_each_child=only.flag("for_each_child"),
        otherwise=only.optional_text("otherwise") or "",
    )
    if made.age_from is not None and not made.for_each_child:
        only.complain("An age needs a child", 'Add "for_each_child: yes"', key="age_from")
    only.close()
    return made


def _rival(entry: Entry, known: Vocabulary) -> Rival:
    made = Rival(
        within=reading.span(entry, "within"),
        source=reading.source(entry, known),
        note=entry.text("note"),
        starts_with=reading.triggers(entry, "starts_with", known),
        age_from=entry.optional_number("age_from"),
    )
    entry.close()
    return made


def _unset(entry: Entry, known: Vocabulary) -> Unset:
    made = Unset(entry.text("id"), entry.text("title"), reading.source(entry, known), entry.text("reason"))
    entry.close()
    return made


def _prompt(
    entry: Entry, known: Vocabulary, *, within: Span, owed_by: str, warn: Span, since: date, checked: date
) -> OversightPrompt:
    point, title, source = entry.text("id"), entry.text("title"), reading.source(entry, known)
    events = reading.happenings(entry, "event")
    clock = Timescale(
        id=f"oversight_{point}",
        title=f"Management oversight ({title})",
        says=entry.text("says"),
        theme="Management oversight",
        owed_by=owed_by,
        scope=Scope.EPISODE,
        clock=Clock.ONCE if entry.flag("first_time_only") else Clock.EACH,
        starts_with=tuple(map(reading.plain_trigger, events)),
        stops_with=(Trigger(Happening.OVERSIGHT_RECORDED, point=point),),
        stops_when="any",
        ends_with=() if entry.flag("owed_after_closure") else END_OF_HELP,
        within=reading.span(entry, "within") or within,
        due_with=(),
        comes_first=False,
        warn=warn,
        applies=_applies(entry, known),
        source=source,
        also=(),
        rivals=(),
        in_force_from=since,
        in_force_until=None,
        checked_on=checked,
    )
    entry.close()
    return OversightPrompt(point, title, events, source, clock)
