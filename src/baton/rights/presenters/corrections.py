"""What people said is wrong in their record, as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from baton.people.models import FamilyMember
from baton.people.presenters.record import SUBJECTS
from baton.platform.dates_in_words import day, long_day
from baton.platform.jinja import url_if_any
from baton.practice.happenings import Happening
from baton.rights.models import Correction
from baton.rights.policies import clock
from baton.rights.queries.corrections import About, beside_person, beside_records, members_ever, recorded, standing

CALLED = {
    "visits_visit": "A visit",
    "plans_meeting": "A meeting",
    "assessments_assessment": "The assessment",
    "plans_plan": "The plan",
    "plans_closure": "How help ended",
    "consent_consent": "An agreement",
    "consent_refusal": "An answer of somebody who does not agree",
    "chronology_entry": "An entry of the chronology",
    "people_familywarning": "A warning",
    "relationships_relationship": "How two people are related",
    "relationships_networktie": "Somebody or something in the network",
}


@dataclass(frozen=True)
class NoteInWords:
    """What somebody says against a record, as it stands beside it."""

    who: str
    when: str
    says: str
    is_decided: bool
    href: str

    @property
    def line(self) -> str:
        """The same in one line, for paper."""
        said = "disagrees with this" if self.is_decided else "says that this is wrong, and it is not decided yet"
        return f"{self.who} {said}: {self.says}"


@dataclass(frozen=True)
class Beside:
    """What stands beside the records of one family; read once, when first asked."""

    family_id: int
    may_ask: bool = False
    _people: dict[int, list[Correction]] = field(default_factory=dict)

    @cached_property
    def _found(self) -> list[Correction]:
        return list(beside_records(self.family_id))

    def record(self, table: str, record_id: int) -> list[NoteInWords]:
        """What stands beside one record."""
        return [note(each) for each in self._found if (each.record, each.record_id) == (table, record_id)]

    def person(self, person_id: int, subject: str) -> list[NoteInWords]:
        """What stands beside one subject of somebody's record, from whichever family it was said."""
        if person_id not in self._people:
            self._people[person_id] = list(beside_person([person_id]))
        return [note(each) for each in self._people[person_id] if each.subject == subject]

    def whole(self) -> list[NoteInWords]:
        """What is said against the record as a whole."""
        return [note(each) for each in self._found if not each.record and not each.subject]

    def ask(self, key: str) -> str:
        """Where it is written down that somebody says this is wrong; empty for who may not."""
        return f"{url_if_any('ask-correction', self.family_id)}?about={key}" if self.may_ask else ""


def note(each: Correction) -> NoteInWords:
    """One of them."""
    return NoteInWords(
        who=each.asked_by,
        when=long_day(each.told_on or each.received_on),
        says=each.statement or each.said_wrong,
        is_decided=bool(each.decision),
        href=reverse("corrections", args=[each.family_id]),
    )


def may_be_about(family_id: int, *, also: str = "") -> list[tuple[str, list[About]]]:
    """What somebody may say is wrong, in groups; `also` is the key of one record that is not listed. Five queries."""
    people = [about for member in members_ever(family_id) for about in _of_person(member)]
    work = [
        About(_title_of(event.kind, event.record, long_day(event.at)), record=event.record, record_id=event.record_id)
        for event in recorded(family_id)
    ]
    pictured = standing(family_id)
    table, _, number = also.rpartition("-")
    if table in CALLED and number.isdecimal() and also not in {each.key for each in (*work, *pictured)}:
        work.insert(0, About(CALLED[table], record=table, record_id=int(number)))
    groups = [
        ("What is known of them", people),
        ("Warnings, relatives and network", pictured),
        ("What was recorded", work),
    ]
    return [(title, listed) for title, listed in groups if listed]


def _of_person(member: FamilyMember) -> list[About]:
    return [
        About(f"{member.person.name}: {subject.title}", person_id=member.person_id, subject=slug)
        for slug, subject in SUBJECTS.items()
    ]


def _title_of(kind: str, table: str, on: str) -> str:
    title = Happening(kind).title if kind in set(Happening) else CALLED[table]
    return f"{CALLED[table]}: {title.lower()}, {on}"


def corrections_in_words(corrections: Iterable[Correction], *, on: date, may_decide: bool) -> list[dict[str, Any]]:
    """Each with what was decided, or by when it must be."""
    return [
        {
            "who": each.asked_by,
            "asked": long_day(each.received_on),
            "state": _state(each, on),
            "rows": [(key, value) for key, value in _rows(each) if value],
            "statement": each.statement,
            "about": each.about,
            "href": reverse("decide-correction", args=[each.pk]) if may_decide and not each.decision else "",
        }
        for each in corrections
    ]


def _rows(each: Correction) -> list[tuple[str, str]]:
    due = clock.due_on(clock.Asked(each.received_on))
    return [
        ("About", each.about),
        ("They say", each.said_wrong),
        ("To be answered by", "" if each.decision else f"{day(due)} (one month, UK GDPR Article 12(3))"),
        ("Decided", each.get_decision_display() if each.decision else ""),
        ("Because", each.because),
        ("Told", f"{long_day(each.told_on)}, by {each.decided_by.name}" if each.decided_by else ""),
    ]


def _state(each: Correction, on: date) -> str:
    if each.decision:
        return "answered"
    due = clock.due_on(clock.Asked(each.received_on))
    return "overdue" if due and due < on else "running"
