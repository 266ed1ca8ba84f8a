"""Phrases about episodes, allocations and deadlines."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from baton.episodes.models import Allocation, Correction, Deadline, Episode
from baton.episodes.permissions import may_manage
from baton.episodes.queries.stories import framework_of
from baton.platform.dates_in_words import day, moment
from baton.platform.models import User
from baton.practice.deadlines import Deadline as Derived


def due_in_words(due_on: date | None, due_at: datetime | None) -> str:
    """ "Friday 18 December 2026" or "18 December 2026 at 2:30pm"; nothing for no date."""
    return day(due_on) if due_on else moment(due_at)


def status_at(lasts_until: datetime | None, warn_from: datetime | None, at: datetime) -> str:
    """How an open deadline stands at a moment."""
    if lasts_until is not None and at > lasts_until:
        return "overdue"
    return "due_soon" if warn_from is not None and at >= warn_from else "upcoming"


def waiting_rows(episodes: Sequence[Any], *, user: User, at: datetime) -> list[dict[str, Any]]:
    """The waiting list. Each episode carries `lasts_until` and `warn_from` of its allocation clock."""
    return [_waiting_row(episode, user, at) for episode in episodes]


def _waiting_row(episode: Any, user: User, at: datetime) -> dict[str, Any]:
    return {
        "family": episode.family.name,
        "href": reverse("allocate", args=[episode.pk]) if may_manage(user, episode) else "",
        "team": episode.team.name,
        "level": f"Level {episode.level}" if episode.level else "Not set",
        "reasons": ", ".join(reason_titles(episode)) or "None given",
        "requested": moment(episode.requested_at),
        "due": moment(episode.lasts_until) if episode.lasts_until else "No timescale set",
        "status": status_at(episode.lasts_until, episode.warn_from, at) if episode.lasts_until else "",
    }


def reason_titles(episode: Episode) -> list[str]:
    """The reasons for help in the framework's own words; one it no longer lists keeps its id."""
    titles = {reason.id: reason.title for reason in framework_of(episode).reasons}
    return [titles.get(reason, reason) for reason in episode.reasons]


def episode_facts(episode: Episode, lead: Allocation | None) -> list[tuple[str, str]]:
    """The story of a request in short, as rows of a summary."""
    rows = [
        ("Request received", moment(episode.requested_at)),
        ("Came by", episode.get_route_display()),
        ("Level of need", _level(episode)),
        ("Reasons", ", ".join(reason_titles(episode)) or "None given"),
        ("Team", episode.team.name),
    ]
    if lead is not None:
        rows.append((lead_title(episode), f"{lead.practitioner.name}, since {moment(lead.from_at)}"))
    return rows


def _level(episode: Episode) -> str:
    if episode.level is None:
        return "Not decided yet"
    try:
        return f"{episode.level}: {framework_of(episode).level(episode.level).title}"
    except KeyError:
        return str(episode.level)


def lead_title(episode: Episode) -> str:
    """What this place calls a lead practitioner."""
    return framework_of(episode).terms.get("lead_practitioner", "Lead practitioner")


def workers_offered(workers: Sequence[Any], *, agency: bool = False) -> list[tuple[str, str, str]]:
    """Ids, names and hints of people to choose from. Each carries its caseload."""
    return [(str(worker.pk), _name(worker, agency), caseload(worker)) for worker in workers]


def _name(worker: User, agency: bool) -> str:
    return f"{worker.name} ({worker.organisation.name})" if agency else worker.name


def caseload(worker: Any) -> str:
    """ "4 families with 9 children. 2 overdue, 1 due soon." """
    if not worker.families:
        return "No families"
    held = f"{_counted(worker.families, 'family', 'families')} with {_counted(worker.children, 'child', 'children')}."
    late = [f"{count} {word}" for count, word in ((worker.overdue, "overdue"), (worker.due_soon, "due soon")) if count]
    return f"{held} {', '.join(late).capitalize()}." if late else f"{held} Nothing overdue."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def explained_deadline(derived: Derived, row: Deadline) -> dict[str, Any]:
    """A deadline with its framework's own date, why, and what rival readings give."""
    return {
        "title": derived.title,
        "for_whom": row.person.given_name if row.person else "",
        "now": due_in_words(derived.due_on, derived.due_at) or "No date yet",
        "framework_date": due_in_words(derived.framework_due_on, derived.framework_due_at) or "No date yet",
        "explanation": derived.explanation,
        "source": str(derived.source),
        "rivals": [
            {
                "due": due_in_words(rival.due_on, rival.due_at) or "No date yet",
                "note": rival.reading.note,
                "source": str(rival.source),
            }
            for rival in derived.rivals
            if rival.is_needed
        ],
    }


def corrections_in_words(corrections: Sequence[Correction], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was changed in a record, as `episodes/corrections.html` shows it. `labels` name the fields."""
    return [
        {
            "when": moment(each.at),
            "by": each.by.name,
            "because": each.because,
            "before": [(labels.get(name, name), words) for name, words in each.before.items()],
        }
        for each in corrections
    ]
