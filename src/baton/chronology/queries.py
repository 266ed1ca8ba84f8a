"""Reads of the chronology: the work's events and what was written by hand, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from baton.caseload.queries.timeline import Chosen, happenings
from baton.chronology.models import CopiedEntry, Copy, Entry
from baton.episodes.models import Event
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening

BY_HAND = "by_hand"
HIGH = Entry.Significance.HIGH
# What the work records that changes a family's course. Everything else it records is ordinary.
SIGNIFICANT = frozenset(
    {
        Happening.REQUEST_RECEIVED,
        Happening.STEPPED_DOWN,
        Happening.LEAD_PRACTITIONER_ALLOCATED,
        Happening.LEAD_PRACTITIONER_CHANGED,
        Happening.CONSENT_WITHDRAWN,
        Happening.ASSESSMENT_AUTHORISED,
        Happening.PLAN_AGREED,
        Happening.REVIEW_HELD,
        Happening.STEPPED_UP,
        Happening.CLOSED,
    }
)
# Told by the entry itself, or by what they follow: twice would crowd the page.
LEFT_OUT = (Happening.CHRONOLOGY_UPDATED, Happening.VISIT_RECORDED, Happening.MINUTES_RECORDED)


@dataclass(frozen=True)
class Wanted:
    """What a reader wants of a chronology; nothing set is everything."""

    kind: str = ""  # a kind of event, or of entry with "by_hand:" before it
    person_id: int | None = None
    agency: str = ""
    significant: bool = False
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Item:
    """One thing that happened: an event of the work, or an entry by hand."""

    on: date
    event: Event | None = None
    entry: Entry | None = None

    @property
    def key(self) -> str:
        """How a form names it: "event-12", "entry-3"."""
        return f"event-{self.event.pk}" if self.event else f"entry-{self.entry.pk if self.entry else 0}"

    @property
    def is_significant(self) -> bool:
        if self.entry:
            return self.entry.significance == HIGH
        return self.event is not None and self.event.kind in SIGNIFICANT


def chronology_of(family_id: int, wanted: Wanted) -> list[Item]:
    """What happened to a family, the earliest first, across episodes, members and agencies. Two queries."""
    items = [*_events(family_id, wanted), *_entries(family_id, wanted)]
    kept = [item for item in items if _is_wanted(item, wanted)]
    return sorted(kept, key=lambda item: (item.on, item.entry is not None, item.key))


def entries_of(family_id: int) -> QuerySet[Entry]:
    """What was written by hand and stands."""
    found = Entry.objects.filter(family_id=family_id, withdrawn_at__isnull=True)
    return found.select_related("person", "written_by__organisation")


def get_entry(entry_id: int) -> Entry:
    """An entry that stands, if the asker may see its family; `Http404` otherwise."""
    found = Entry.objects.filter(withdrawn_at__isnull=True).select_related("family__team", "person", "written_by")
    return get_object_or_404(found, pk=entry_id)


def copies_of(family_id: int) -> QuerySet[Copy]:
    """The copies made of a family's chronology, newest first. One query."""
    return Copy.objects.filter(family_id=family_id).select_related("made_by").order_by("-made_at", "-id")


def get_copy(copy_id: int) -> Copy:
    """A copy with its entries; `Http404` for those who may not see its family. Two queries."""
    entries = Prefetch("entries", CopiedEntry.objects.order_by("position"))
    found = Copy.objects.select_related("family__team", "made_by").prefetch_related(entries)
    return get_object_or_404(found, pk=copy_id)


def agency_of(item: Item) -> str:
    """Who knew it: the agency of an entry, by code; of an event, the organisation that recorded it, by name."""
    if item.entry:
        return item.entry.agency
    by = item.event.recorded_by if item.event else None
    return by.organisation.name if by else ""


def _events(family_id: int, wanted: Wanted) -> Sequence[Item]:
    if wanted.kind.startswith(BY_HAND):
        return []
    found = happenings(family_id, Chosen(kind=wanted.kind, person_id=wanted.person_id)).exclude(kind__in=LEFT_OUT)
    return [
        Item(day_of(event.at), event=event) for event in found.select_related("recorded_by__organisation", "person")
    ]


def _entries(family_id: int, wanted: Wanted) -> Sequence[Item]:
    if wanted.kind and not wanted.kind.startswith(BY_HAND):
        return []
    found = entries_of(family_id)
    code = wanted.kind.removeprefix(BY_HAND).removeprefix(":")
    if code:
        found = found.filter(kind=code)
    if wanted.person_id:
        found = found.filter(person_id=wanted.person_id)
    return [Item(entry.happened_on, entry=entry) for entry in found]


def _is_wanted(item: Item, wanted: Wanted) -> bool:
    return (
        (not wanted.agency or agency_of(item) == wanted.agency)
        and (not wanted.significant or item.is_significant)
        and (wanted.from_on is None or item.on >= wanted.from_on)
        and (wanted.until_on is None or item.on <= wanted.until_on)
    )
