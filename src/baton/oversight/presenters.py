"""Phrases about oversight and supervision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from baton.episodes.models import Deadline, Episode
from baton.episodes.presenters import due_in_words
from baton.episodes.queries.stories import framework_of
from baton.oversight.models import OversightNote, SignOff, Supervision
from baton.platform.dates_in_words import long_day

Entry = dict[str, Any]
ANOTHER_TIME = "another_time"  # the choice of oversight at none of the framework's points


def points_offered(episode: Episode, owed: Mapping[str, Deadline]) -> list[tuple[str, str, str]]:
    """The framework's points as ids, titles and hints: those that are owed first, with when; then any other time."""
    prompts = {prompt.id: prompt for prompt in framework_of(episode).oversight}
    order = [*owed, *(key for key in prompts if key not in owed)]
    offered = [(key, _sentence(prompts[key].title), _due(owed.get(key))) for key in order]
    return [*offered, (ANOTHER_TIME, "At another time" if prompts else "Oversight of the work", "")]


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]


def _due(deadline: Deadline | None) -> str:
    return f"Due by {due_in_words(deadline.due_on, deadline.due_at)}" if deadline else ""


def entries(
    episode: Episode, notes: Sequence[OversightNote], supervisions: Sequence[Supervision], sign_offs: Sequence[SignOff]
) -> list[Entry]:
    """All that managers added, newest first, as a timeline shows it."""
    titles = {prompt.id: prompt.title for prompt in framework_of(episode).oversight}
    found = [_note(each, titles) for each in notes] + [_supervision(each) for each in supervisions]
    found += [_sign_off(each) for each in sign_offs]
    return sorted(found, key=_when, reverse=True)


def _when(entry: Entry) -> datetime:
    at: datetime = entry["at"]
    return at


def _note(note: OversightNote, titles: Mapping[str, str]) -> Entry:
    point = f": {titles.get(note.point, note.point)}" if note.point else ""
    return {"title": f"Management oversight{point}", "by": note.by.name, "at": note.at, "texts": [("", note.note)]}


def _supervision(held: Supervision) -> Entry:
    texts = [("", held.discussion)] + ([("Agreed", held.agreed)] if held.agreed else [])
    return {
        "title": f"Supervision with {held.practitioner.name}",
        "by": held.by.name,
        "at": held.held_at,
        "texts": texts,
    }


def _sign_off(given: SignOff) -> Entry:
    until = f", until {long_day(given.until_on)}" if given.until_on else ""
    return {"title": f"Senior sign-off{until}", "by": given.by.name, "at": given.at, "texts": [("", given.reason)]}
