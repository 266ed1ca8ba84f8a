"""What a search found, in words."""

from dataclasses import dataclass
from datetime import date

from baton.caseload.presenters.family import age_in_words
from baton.caseload.queries.found import MOST_FOUND, FoundFamilies, FoundPerson
from baton.matching.likeness.ranking import Ranked
from baton.platform.dates_in_words import long_day
from baton.platform.jinja import url_if_any
from baton.platform.statuses import Status, status_of


@dataclass(frozen=True)
class FoundInWords:
    """One person found, why, and the family to open."""

    name: str
    born: str
    family: str
    href: str
    held_by: str
    tag: Status
    why: str


@dataclass(frozen=True)
class FindingsInWords:
    """All that was found. `may_look_wider`: names with similar letters were not looked for yet."""

    people: list[FoundInWords]
    known_elsewhere: bool
    may_look_wider: bool
    is_full: bool


def findings_in_words(found: FoundFamilies, *, on: date) -> FindingsInWords:
    """What was found, best first."""
    findings = found.findings
    return FindingsInWords(
        [_person(each, on) for each in found.people],
        findings.known_elsewhere,
        may_look_wider=bool(findings.typed.names) and not findings.looked_wide,
        is_full=len(found.people) >= MOST_FOUND,
    )


def _person(each: FoundPerson, on: date) -> FoundInWords:
    person, family = each.found.person, each.found.family
    born = f"{long_day(person.date_of_birth)}, {age_in_words(person, on=on)}" if person.date_of_birth else ""
    left = f"left on {long_day(each.found.member.until_on)}" if each.found.member.until_on else ""
    held = [f"{each.lead} leads" if each.lead else "", family.team.name if family.team else "", left]
    no_episode = Status("No help yet", "grey")
    return FoundInWords(
        name=f"{person.name}{f' (known as {person.known_as})' if person.known_as else ''}",
        born=born or "Date of birth not known",
        family=f"{family.name} family",
        href=url_if_any("family", family.pk),
        held_by=", ".join(filter(None, held)),
        tag=status_of("episode", each.episode.state) if each.episode else no_episode,
        why=_why(each.found.ranked),
    )


def _why(ranked: Ranked) -> str:
    """ "Same date of birth, last name spelt differently; but another first name"."""
    told = ", ".join(ranked.why)
    but = f"{'; but ' if told else ''}{', '.join(ranked.why_not)}" if ranked.why_not else ""
    return f"{told}{but}"[:1].upper() + f"{told}{but}"[1:]
