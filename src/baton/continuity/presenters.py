"""A pack in words, ready to be printed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from baton.continuity.queries import Known
from baton.episodes.models import Episode
from baton.people.models import ContactPoint, FamilyMember, FamilyWarning, Person
from baton.people.presenters.over_time import contact_in_words, home_in_words
from baton.people.presenters.warnings import WarningInWords, warnings_in_words
from baton.platform.dates_in_words import clock_time, day, long_day
from baton.platform.models import User
from baton.rights.models import Correction
from baton.rights.presenters.corrections import note
from baton.visits.models import Visit

WARNINGS = FamilyWarning._meta.db_table
NEVER = "There is one that must never be used; it is not printed here"


@dataclass(frozen=True)
class PersonPacked:
    """Somebody in a family, how to reach them safely, and where they live."""

    name: str
    is_who: str
    born: str
    contacts: tuple[str, ...]
    homes: tuple[str, ...]
    needs: str


@dataclass(frozen=True)
class WarningPacked:
    """A warning, and what people say against it."""

    words: WarningInWords
    said_against: list[str]


@dataclass(frozen=True)
class FamilyPacked:
    """A family as a stranger to it needs it on a bad day."""

    id: int
    name: str
    lead: str
    since: str
    warnings: list[WarningPacked]
    people: list[PersonPacked]
    visits: list[str]
    said_against: list[str]


@dataclass(frozen=True)
class DayPacked:
    """The visits of one day."""

    on: str
    visits: list[str]


def families_packed(known: Known, *, at: datetime) -> list[FamilyPacked]:
    """Each open family of the team, by name."""
    return [_family(episode, known, at) for episode in known.episodes]


def days_packed(known: Known) -> list[DayPacked]:
    """Each day of the next fortnight that has visits, with the name of the family and who goes."""
    names = {each.family_id: each.family.name for each in known.episodes}
    return [
        DayPacked(day(visits[0].planned_for), [f"{names[each.family_id]}: {_visit(each)}" for each in visits])
        for visits in (list(same) for _, same in groupby(known.visits, key=lambda each: long_day(each.planned_for)))
    ]


def _family(episode: Episode, known: Known, at: datetime) -> FamilyPacked:
    members = known.members[episode.family_id]
    of_people = {each.person_id for each in members}
    warnings = warnings_in_words(_about(episode.family_id, of_people, known.warnings), on=at.date())
    return FamilyPacked(
        id=episode.family_id,
        name=episode.family.name,
        lead=_reached(known.leads.get(episode.family_id)),
        since=long_day(episode.opened_at),
        warnings=[WarningPacked(each, _against_warning(each, known.said_against)) for each in warnings],
        people=[_person(each, known) for each in members],
        visits=[
            f"{day(each.planned_for)}, {_visit(each)}" for each in known.visits if each.family_id == episode.family_id
        ],
        said_against=[
            f"{each.about or 'The record as a whole'}: {note(each).line}"
            for each in known.said_against
            if (each.family_id == episode.family_id or each.person_id in of_people) and each.record != WARNINGS
        ],
    )


def _against_warning(warning: WarningInWords, said: list[Correction]) -> list[str]:
    return [note(each).line for each in said if (each.record, each.record_id) == (WARNINGS, warning.id)]


def _about(family_id: int, people: set[int], warnings: list[FamilyWarning]) -> list[FamilyWarning]:
    """A person's warning goes with the person into each family."""
    return [each for each in warnings if each.family_id == family_id or each.person_id in people]


def _person(member: FamilyMember, known: Known) -> PersonPacked:
    person = member.person
    return PersonPacked(
        name=person.name,
        is_who=member.relationship or member.get_part_display(),
        born=long_day(person.date_of_birth) if person.date_of_birth else "",
        contacts=tuple(_contact(each) for each in known.contacts[member.person_id]),
        homes=tuple(home_in_words(each) for each in known.homes[member.person_id]),
        needs=_needs(person),
    )


def _needs(person: Person) -> str:
    language = person.interpreter_language or person.first_language
    interpreter = f"interpreter: {language}" if person.interpreter_needed else ""
    return "; ".join(filter(None, (interpreter, person.communication)))


def _contact(contact: ContactPoint) -> str:
    """With its rule; one that must never be used is told of and not printed, since paper is picked up by anybody."""
    said = NEVER if contact.safety == ContactPoint.Safety.NEVER else contact_in_words(contact)
    return f"{contact.get_kind_display()}: {said}"


def _visit(visit: Visit) -> str:
    place = f", {visit.get_place_display().lower()}" if visit.place else ""
    purpose = f". {visit.purpose}" if visit.purpose else ""
    return f"{clock_time(visit.planned_for)}, {visit.practitioner.name}{place}{purpose}"


def _reached(lead: User | None) -> str:
    if lead is None:
        return "Nobody yet: waiting for a lead practitioner"
    return ", ".join(filter(None, (lead.name, lead.phone, lead.email)))
