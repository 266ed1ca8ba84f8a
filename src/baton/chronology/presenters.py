"""The chronology in words: one row a thing that happened, the same on the page, on paper and in a copy."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from baton.caseload.presenters.events import told
from baton.chronology.actions import Chosen
from baton.chronology.models import CopiedEntry, Entry
from baton.chronology.queries import Item, agency_of
from baton.episodes.models import Event
from baton.platform.dates_in_words import long_day
from baton.platform.jinja import url_if_any
from baton.practice.codes import code_list
from baton.rights.presenters.corrections import Beside


@dataclass(frozen=True)
class RowInWords:
    """One thing that happened."""

    key: str
    when: str
    title: str
    text: str
    about: str
    agency: str
    source: str
    why: str = ""
    said_against: tuple[str, ...] = ()  # by people who say that it is wrong
    is_significant: bool = False
    href: str = ""
    link: str = ""
    came_from: str = ""
    record_id: int = 0


def rows_in_words(items: Iterable[Item], *, beside: Beside, may_write: bool) -> list[RowInWords]:
    """The items as rows, in their order, with what people say against them.

    Events carry the way to their record, entries the way to put them right.
    """
    rows = []
    for item in items:
        if item.event:
            row, key = _of_event(item, item.event), (item.event.record, item.event.record_id)
        elif item.entry:
            row, key = _of_entry(item, item.entry, may_write), (item.entry._meta.db_table, item.entry.pk)
        else:
            continue
        rows.append(replace(row, said_against=tuple(note.line for note in beside.record(*key))))
    return rows


def chosen_of(rows: Iterable[RowInWords], keys: frozenset[str]) -> list[Chosen]:
    """The chosen rows, frozen for a copy."""
    return [
        Chosen(
            came_from=row.came_from,
            record_id=row.record_id,
            when=row.when,
            title=row.title[:200],
            text="\n".join(each for each in (row.text, *row.said_against) if each),
            about=row.about[:200],
            agency=row.agency[:200],
            source=row.source[:200],
            why=row.why,
        )
        for row in rows
        if row.key in keys
    ]


def copied_in_words(entries: Iterable[CopiedEntry]) -> list[RowInWords]:
    """A copy's rows, as they were chosen."""
    return [
        RowInWords(
            key=f"copied-{each.position}",
            when=each.when,
            title=each.title,
            text=each.text,
            about=each.about,
            agency=each.agency,
            source=each.source,
            why=each.why,
            is_significant=bool(each.why),
        )
        for each in entries
    ]


def agencies_of(items: Iterable[Item]) -> list[tuple[str, str]]:
    """The agencies a chronology knows, for its filter."""
    found = {agency_of(item) for item in items} - {""}
    return sorted(((agency, agency_in_words(agency)) for agency in found), key=lambda pair: pair[1])


def agency_in_words(agency: str) -> str:
    """The name of an agency, or of the kind of agency."""
    return code_list("agency").title_of(agency)


def _of_event(item: Item, event: Event) -> RowInWords:
    said = told([event])[0]
    return RowInWords(
        key=item.key,
        when=long_day(item.on),
        title=said.title,
        text=said.text,
        about=event.person.name if event.person else "",
        agency=agency_in_words(agency_of(item)),
        source=f"Recorded by {said.by}" if said.by else "Recorded by the work",
        is_significant=item.is_significant,
        href=said.href,
        link="Open the record",
        came_from=event._meta.db_table,
        record_id=event.pk,
    )


def _of_entry(item: Item, entry: Entry, may_write: bool) -> RowInWords:
    return RowInWords(
        key=item.key,
        when=_when(entry.happened_on, entry.until_on),
        title=code_list("chronology").title_of(entry.kind),
        text=entry.what,
        about=entry.person.name if entry.person else "The whole family",
        agency=agency_in_words(entry.agency),
        source=f"{entry.source}. Written by {entry.written_by.name}, {entry.written_by.organisation.name}",
        why=entry.why,
        is_significant=entry.significance == Entry.Significance.HIGH,
        href=url_if_any("edit-entry", entry.pk) if may_write else "",
        link="Change",
        came_from=entry._meta.db_table,
        record_id=entry.pk,
    )


def _when(on: date, until: date | None) -> str:
    return f"{long_day(on)} to {long_day(until)}" if until and until != on else long_day(on)
