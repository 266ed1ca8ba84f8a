"""What a search found, in words."""

from dataclasses import dataclass
from datetime import date

from baton.caseload.presenters.family import age_in_words
from baton.caseload.queries.found import Findings, FoundPerson
from baton.platform.dates_in_words import long_day
from baton.platform.jinja import url_if_any
from baton.platform.statuses import Status, status_of


@dataclass(frozen=True)
class FoundInWords:
    """One person found, and the family to open."""

    name: str
    born: str
    family: str
    href: str
    held_by: str
    tag: Status


@dataclass(frozen=True)
class FindingsInWords:
    """All that was found."""

    people: list[FoundInWords]
    known_elsewhere: bool


def findings_in_words(found: Findings, *, on: date) -> FindingsInWords:
    """What was found, surest first."""
    return FindingsInWords([_person(each, on) for each in found.people], found.known_elsewhere)


def _person(found: FoundPerson, on: date) -> FoundInWords:
    person, team = found.person, found.family.team
    born = f"{long_day(person.date_of_birth)}, {age_in_words(person, on=on)}" if person.date_of_birth else ""
    held = [f"{found.lead} leads" if found.lead else "", team.name if team else ""]
    no_episode = Status("No help yet", "grey")
    return FoundInWords(
        name=f"{person.name}{f' (known as {person.known_as})' if person.known_as else ''}",
        born=born or "Date of birth not known",
        family=f"{found.family.name} family",
        href=url_if_any("family", found.family.pk),
        held_by=", ".join(filter(None, held)),
        tag=status_of("episode", found.episode.state) if found.episode else no_episode,
    )
