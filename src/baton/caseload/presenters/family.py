"""The family's page in words: who is in it, how help stands, what may be done now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from baton.caseload.queries.family import FamilyRecord
from baton.consent.models import Consent, Refusal
from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.platform.dates_in_words import clock_time, day, long_day
from baton.platform.jinja import url_if_any
from baton.platform.statuses import Status, status_of
from baton.practice.calendar import age_on
from baton.practice.frameworks import Framework


@dataclass(frozen=True)
class Fact:
    """One thing known, with a tag where it has a state."""

    name: str
    text: str
    tag: Status | None = None
    under: str = ""


@dataclass(frozen=True)
class MemberInWords:
    """Somebody in the family."""

    person_id: int
    name: str
    under: str
    school: str
    href: str = ""


def age_in_words(person: Person, *, on: date) -> str:
    """ "aged 13", "7 months old", "due 3 March 2027", "died on 3 March 2026", "age not known"."""
    born = person.date_of_birth
    if person.died_on and person.died_on <= on:
        return f"died on {long_day(person.died_on)}"
    if born is None:
        return f"due {long_day(person.due_on)}" if person.due_on else "age not known"
    years = age_on(on, born=born)
    if years >= 2:
        return f"aged {years}"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return f"{months} {'month' if months == 1 else 'months'} old"


def members_in_words(members: Iterable[FamilyMember], *, on: date) -> list[tuple[str, list[MemberInWords]]]:
    """Children first, then who cares for them, then the wider family."""
    groups: dict[str, list[MemberInWords]] = {"Children": [], "Parents and carers": [], "Wider family and friends": []}
    names = {FamilyMember.Part.CHILD: "Children", FamilyMember.Part.WIDER: "Wider family and friends"}
    for member in members:
        groups[names.get(FamilyMember.Part(member.part), "Parents and carers")].append(_member(member, on))
    return [(name, found) for name, found in groups.items() if found]


def help_now(record: FamilyRecord, framework: Framework, *, on: date) -> list[Fact]:
    """How help for the family stands, for the sheet beside the deadlines."""
    episode, allocation = record.episode, record.lead_now
    if episode is None:
        return [Fact("Help", "No help has begun")]
    lead = framework.terms.get("lead_practitioner", "Lead practitioner")
    facts = [
        Fact("Help", _since(episode), status_of("episode", episode.state)),
        Fact("Level of need", level_in_words(episode, framework)),
        Fact("Came by", episode.get_route_display()),
    ]
    if allocation:
        who = allocation.practitioner
        under = f"{who.job_title}, {who.organisation.name}, since {long_day(allocation.from_at)}".removeprefix(", ")
        facts.append(Fact(lead, who.name, under=under))
    elif episode.is_open:
        facts.append(Fact(lead, "Nobody yet"))
    return [*facts, Fact("Team", episode.team.name), *_records(record, episode, framework, on)]


def level_in_words(episode: Episode, framework: Framework) -> str:
    """ "3, Universal Partnership Plus"; says so where nobody has decided it."""
    if episode.level is None:
        return "Not decided yet"
    titles = {level.number: level.title for level in framework.levels}
    return f"{episode.level}, {titles[episode.level]}" if episode.level in titles else str(episode.level)


def consent_in_words(consents: Sequence[Consent], refusals: Sequence[Refusal] = ()) -> Fact:
    """Whether anybody agrees to help now: the latest that stands, else the latest no or withdrawal.

    Beside what stands is said who was asked and does not agree.
    """
    standing = next((each for each in consents if each.withdrawn_at is None), None)
    said_no = list(dict.fromkeys(each.said_by for each in refusals))
    if standing is not None:
        who = f"{standing.given_by}, {long_day(standing.given_at)}"
        verb = "does" if len(said_no) == 1 else "do"
        under = f"{', '.join(said_no)} {verb} not agree" if said_no else ""
        return Fact("Consent", who, status_of("consent", standing.method), under)
    withdrawn_at = consents[0].withdrawn_at if consents else None
    if refusals and not (withdrawn_at and withdrawn_at > refusals[0].asked_at):
        who = f"{', '.join(said_no)}, {long_day(refusals[0].asked_at)}"
        return Fact("Consent", who, status_of("consent", "declined"))
    if consents:
        return Fact(
            "Consent",
            f"{consents[0].given_by}, {long_day(consents[0].withdrawn_at)}",
            status_of("consent", "withdrawn"),
        )
    return Fact("Consent", "Nobody has recorded any", status_of("consent", "not_asked"))


def earlier_in_words(record: FamilyRecord) -> list[Fact]:
    """The episodes before this one, newest first."""
    return [
        Fact(
            _since(each), each.team.name, status_of("episode", each.state), f"Level {each.level}" if each.level else ""
        )
        for each in record.episodes[1:]
    ]


def _records(record: FamilyRecord, episode: Episode, framework: Framework, on: date) -> list[Fact]:
    assessment = episode.assessment_state  # type: ignore[attr-defined]
    plan = getattr(episode, "plan", None)
    facts = [consent_in_words(record.consents, record.refusals)]
    tag = status_of("assessment", assessment) if assessment else status_of("task", "todo")
    facts.append(Fact(framework.terms.get("assessment", "Assessment"), "", tag))
    if plan is None:
        return [*facts, Fact(framework.terms.get("plan", "Plan"), "", status_of("task", "todo"))]
    agreed = f"On {long_day(plan.agreed_at)}" if plan.agreed_at else ""
    tag = status_of("plan", "agreed" if plan.agreed_at else "draft")
    facts.append(Fact(framework.terms.get("plan", "Plan"), agreed, tag))
    if record.visits and record.visits[0].planned_for:
        soonest = record.visits[0]
        facts.append(Fact("Next visit", f"{day(soonest.planned_for)} at {clock_time(soonest.planned_for)}"))
    return facts


def _since(episode: Episode) -> str:
    begun = long_day(episode.opened_at)
    return f"{begun} to {long_day(episode.ended_at)}" if episode.ended_at else f"Since {begun}"


def _edit(member: FamilyMember) -> str:
    return url_if_any("person", member.pk, "identity")


def _member(member: FamilyMember, on: date) -> MemberInWords:
    person = member.person
    is_dated = person.date_of_birth or person.due_on or person.died_on
    said = [age_in_words(person, on=on) if is_dated or member.part == "child" else ""]
    said.append(member.relationship)
    if not member.lives_with_family:
        said.append("lives elsewhere")
    known = f" (known as {person.known_as})" if person.known_as else ""
    return MemberInWords(
        person.pk, f"{person.name}{known}", ", ".join(filter(None, said)), person.school, _edit(member)
    )
