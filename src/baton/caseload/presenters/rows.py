"""One row of a list of work, whatever it is about."""

from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from baton.assessments.models import Assessment
from baton.caseload.queries.work import WITHDRAWAL, is_past
from baton.consent.models import in_words
from baton.episodes.models import Allocation, Deadline, Episode
from baton.plans.models import Closure, PlanAction
from baton.platform.dates_in_words import LONDON, clock_time, day, long_day
from baton.platform.jinja import url_if_any
from baton.platform.statuses import Status, status_of
from baton.visits.models import Visit


@dataclass(frozen=True)
class Row:
    """What a row says: whose family, where it leads, what is under the name, and what stands at its right."""

    text: str
    href: str
    under: str = ""
    when: str = ""
    tag: Status | None = None


def status_by_clock(lasts_until: datetime | None, warn_from: datetime | None, at: datetime) -> Status:
    """Overdue, due soon or upcoming, for what is open."""
    if lasts_until is not None and lasts_until < at:
        return status_of("deadline", "overdue")
    soon = warn_from is not None and warn_from <= at
    return status_of("deadline", "due_soon" if soon else "upcoming")


def due_row(deadline: Deadline, at: datetime) -> Row:
    """Something that is due, of one family."""
    for_whom = f" for {deadline.person.given_name}" if deadline.person else ""
    return Row(
        text=f"{deadline.title}{for_whom}",
        href=_family(deadline.family_id),
        under=f"{deadline.family.name} family",
        when=due_in_words(deadline),
        tag=status_by_clock(deadline.lasts_until, deadline.warn_from, at),
    )


def oversight_row(deadline: Deadline, at: datetime) -> Row:
    """Something a manager owes, leading to where it is written down."""
    row = due_row(deadline, at)
    point = deadline.timescale.startswith("oversight_")
    page = "record-oversight" if point else "record-supervision" if deadline.timescale == "supervision" else ""
    href = url_if_any(page, deadline.episode_id) if page else ""
    return Row(row.text, href or row.href, row.under, row.when, row.tag)


def owned_row(deadline: Deadline, at: datetime) -> Row:
    """Something that is due, of one family, and who owes it."""
    row = due_row(deadline, at)
    owner = deadline.owner.name if deadline.owner else deadline.owed_by.replace("_", " ").capitalize()
    return Row(row.text, row.href, f"{row.under}, {owner}", row.when, row.tag)


def due_in_words(deadline: Deadline) -> str:
    """The last day in time, or the instant where hours are counted."""
    if deadline.due_on:
        return day(deadline.due_on)
    return f"{day(deadline.due_at)} at {clock_time(deadline.due_at)}" if deadline.due_at else ""


def family_row(allocation: Allocation, at: datetime) -> Row:
    """A family somebody leads, with the next deadline and the last visit; annotated by `my_families`."""
    seen, until = allocation.last_visit_at, allocation.next_until  # type: ignore[attr-defined]
    visited = f"Last visit {long_day(seen)}" if seen else "Not visited yet"
    if until is None:
        return Row(f"{allocation.family.name} family", _family(allocation.family_id), visited, "Nothing is due")
    return Row(
        text=f"{allocation.family.name} family",
        href=_family(allocation.family_id),
        under=visited,
        when=f"{allocation.next_title}: {day(until)}",  # type: ignore[attr-defined]
        tag=status_by_clock(until, allocation.next_warn, at),  # type: ignore[attr-defined]
    )


def visit_row(visit: Visit, at: datetime) -> Row:
    """A planned visit, or one that has passed and is not recorded."""
    when = f"{day(visit.planned_for)} at {clock_time(visit.planned_for)}" if visit.planned_for else "No date yet"
    past = is_past(visit, at)
    href = url_if_any("record-planned-visit", visit.pk) or _family(visit.family_id)
    tag = Status("Record it", "yellow") if past else None
    return Row(f"{visit.family.name} family", href, visit.purpose, when, tag)


def sent_back_row(episode: Episode, at: datetime) -> Row:
    """An assessment, else a proposal to close, that a manager sent back; annotated by `my_sent_back`."""
    family = f"{episode.family.name} family"
    assessment_id = episode.returned_assessment  # type: ignore[attr-defined]
    if assessment_id is not None:
        href = url_if_any("assessment", assessment_id) or _family(episode.family_id)
        return Row(family, href, "Your assessment", "", status_of("assessment", "returned"))
    closure: Closure = episode.closure
    by = f"{closure.returned_by.name}: " if closure.returned_by else ""
    under = shorten(f"Your proposal to close. {by}{closure.returned_because}", 140, placeholder="…")
    href = url_if_any("propose-closure", episode.pk) or _family(episode.family_id)
    return Row(family, href, under, "", status_of("closure", "returned"))


def action_row(action: PlanAction, at: datetime) -> Row:
    """Something the person promised in a plan."""
    href = url_if_any("plan", action.goal.plan.episode_id) or _family(action.family_id)
    late = action.due_on < _today(at)
    tag = status_of("deadline", "overdue") if late else None
    return Row(action.what, href, f"{action.family.name} family", day(action.due_on), tag)


def waiting_row(episode: Episode, at: datetime) -> Row:
    """A family that waits for a lead practitioner; annotated by `waiting_episodes`."""
    until, warn = episode.lasts_until, episode.warn_from  # type: ignore[attr-defined]
    href = url_if_any("allocate", episode.pk) or _family(episode.family_id)
    under = f"{f'Level {episode.level}. ' if episode.level else ''}Asked for {long_day(episode.requested_at)}"
    if until is None:
        return Row(f"{episode.family.name} family", href, under)
    when = f"Allocate by {day(until)} at {clock_time(until)}"
    return Row(f"{episode.family.name} family", href, under, when, status_by_clock(until, warn, at))


def authorise_row(assessment: Assessment, at: datetime) -> Row:
    """An assessment that waits for the manager."""
    href = url_if_any("authorise-assessment", assessment.pk) or _family(assessment.family_id)
    by = f"From {assessment.submitted_by.name}" if assessment.submitted_by else ""
    return Row(f"{assessment.family.name} family", href, by, f"Since {long_day(assessment.submitted_at)}")


def closure_row(closure: Closure, at: datetime) -> Row:
    """A closure that waits for the manager."""
    href = url_if_any("close-episode", closure.episode_id) or _family(closure.family_id)
    by, since = f"From {closure.proposed_by.name}", f"Since {long_day(closure.proposed_at)}"
    return Row(f"{closure.family.name} family", href, by, since)


def agreement_row(told: dict[str, Any], at: datetime) -> Row:
    """Agreement somebody withdrew, or would not give, which waits for the manager to consider it."""
    about, on = in_words(told["about_purpose"], told["about_organisation"]), long_day(told["since"])
    is_withdrawal = told["of"] == WITHDRAWAL
    page = "consider-withdrawal" if is_withdrawal else "consider-refusal"
    said = f"{told['who']} {'no longer agrees' if is_withdrawal else 'does not agree'}: {about}"
    href = url_if_any(page, told["record"]) or _family(told["of_family"])
    return Row(f"{told['name']} family", href, said, f"Since {on}" if is_withdrawal else f"Asked on {on}")


def _family(family_id: int) -> str:
    return url_if_any("family", family_id)


def _today(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def locality_row(episode: Episode) -> Row:
    """A family of a locality, for its coordinator."""
    return Row(
        text=f"{episode.family.name} family",
        href=_family(episode.family_id),
        under=episode.team.name,
        when=f"Since {long_day(episode.opened_at)}",
        tag=status_of("episode", episode.state),
    )
