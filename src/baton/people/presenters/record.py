"""A person's record, one subject a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from baton.people.models import FamilyMember, OverTime, ParentalResponsibility, PersonChange
from baton.people.presenters.facts import FACTS, RowInWords, fact_in_words
from baton.people.presenters.over_time import days_in_words, holds, rows_in_words
from baton.practice.codes import code_list


@dataclass(frozen=True)
class Subject:
    """One page of a person's record: its facts, and what it holds over time with the words to add one."""

    slug: str
    title: str
    facts: tuple[str, ...] = ()
    thing: str = ""
    add: str = ""
    none: str = ""


SUBJECTS: Mapping[str, Subject] = {
    subject.slug: subject
    for subject in (
        Subject("names", "Names", thing="name", add="Record another name", none="No name is recorded."),
        Subject("identity", "Identity", facts=("birth", "sex", "gender", "ethnicity", "death")),
        Subject("identifiers", "Identifiers", facts=("nhs-number", "upn", "uln")),
        Subject("homes", "Homes", thing="home", add="Record a home or a move", none="No address is recorded."),
        Subject("contact", "Contact", thing="contact", add="Add a way to reach them", none="Nothing is recorded."),
        Subject(
            "health-and-education",
            "Health and education",
            facts=("disability", "send"),
            thing="setting",
            add="Record a school, setting or GP",
            none="No school, setting or GP is recorded.",
        ),
        Subject("communication", "Communication", facts=("language", "interpreter", "communication")),
        Subject("agencies", "Agencies", thing="agency", add="Add an agency", none="No agency is recorded."),
        Subject("family", "Family"),
    )
}
MODEL_OF = {
    "name": "personname",
    "home": "residence",
    "contact": "contactpoint",
    "setting": "setting",
    "agency": "involvement",
}
HEADINGS = {"name": "Names", "home": "Homes", "contact": "Ways to reach them", "setting": "School, setting and GP"}
EARLIER = {"name": "Earlier names", "home": "Earlier homes", "contact": "No longer used", "setting": "Before"}


@dataclass(frozen=True)
class Part:
    """Rows of a page under a heading."""

    title: str
    rows: list[RowInWords]
    none: str = ""


def subjects_of(subject: Subject) -> list[str]:
    """Under which words changes of this page's facts and things are kept."""
    return [*subject.facts, *filter(None, [MODEL_OF.get(subject.thing)])]


def parts_of(
    subject: Subject, member: FamilyMember, rows: Sequence[OverTime], changes: Sequence[PersonChange], *, on: date
) -> list[Part]:
    """What a page of the record shows."""
    facts = [fact_in_words(FACTS[slug], member.person, changes, change=_change(slug, member)) for slug in subject.facts]
    parts = [Part("", facts)] if facts else []
    if subject.thing:
        addresses = {row.pk: reverse("correct-over-time", args=[member.pk, subject.thing, row.pk]) for row in rows}
        now, before = rows_in_words(rows, changes, addresses, on=on)
        parts.append(Part(HEADINGS.get(subject.thing, "Now") if facts else "", now, subject.none))
        if before:
            parts.append(Part(EARLIER.get(subject.thing, "Before"), before))
    return parts


def _change(slug: str, member: FamilyMember) -> str:
    return reverse("change-fact", args=[member.pk, slug])


def family_parts(
    member: FamilyMember,
    memberships: Sequence[FamilyMember],
    responsibilities: Sequence[ParentalResponsibility],
    *,
    on: date,
) -> list[Part]:
    """Which families somebody is or was in, and who is responsible for them in law."""
    families = [
        RowInWords(
            f"{each.family.name} family",
            each.get_part_display() + (f", {each.relationship}" if each.relationship else ""),
            reverse("edit-member", args=[each.pk]),
            under=days_in_words(each, on),
        )
        for each in memberships
    ]
    held = [_responsibility(member, each, on) for each in responsibilities]
    parts = [Part("Families", families)]
    none = "Nobody’s parental responsibility is recorded."
    parts.append(Part("Parental responsibility", held, none if member.part == "child" or held else ""))
    return [part for part in parts if part.rows or part.none]


def _responsibility(member: FamilyMember, each: ParentalResponsibility, on: date) -> RowInWords:
    how = code_list("parental_responsibility").title_of(each.source)
    seen = f". Seen: {each.evidence}" if each.evidence else ""
    change = reverse("end-responsibility", args=[member.pk, each.pk]) if holds(each, on) else ""
    under = days_in_words(each, on)
    return RowInWords(each.holder.name, f"{how}{seen}", change, under=under, action="End")
