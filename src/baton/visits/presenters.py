"""Phrases about visits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from baton.people.models import Person
from baton.platform.dates_in_words import long_day, moment
from baton.visits.models import Visit
from baton.visits.policies import IN_PUBLIC, PUBLIC

LABELS = {
    "planned_for": "Planned for",
    "outcome": "How it went",
    "happened_at": "When",
    "place": "Where",
    "seen": "Who was seen",
    "failed_because": "Why nobody was seen",
    "purpose": "Purpose",
    "action": "Action",
    "reflection": "Reflection",
    "analysis": "Analysis",
}
WRITE_UP = (("Purpose", "purpose"), ("Action", "action"), ("Reflection", "reflection"), ("Analysis", "analysis"))


def people_to_tick(persons: Mapping[int, Person], *, on: date) -> list[tuple[str, str]]:
    """Ids and names with ages: "Ashby Quillfeather, 13"."""
    return [(str(key), _with_age(person, on)) for key, person in persons.items()]


def _with_age(person: Person, on: date) -> str:
    born = person.date_of_birth
    if person.died_on and person.died_on <= on:
        return f"{person.name}, died on {long_day(person.died_on)}"
    if born is None or born > on:
        return person.name
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return f"{person.name}, {age}" if age < 18 else person.name


def seen_in_words(visit: Visit) -> str:
    """ "Ashby (alone), Marigold", the youngest first; nothing when nobody was."""
    youngest_first = sorted(visit.seen.all(), key=lambda seen: seen.person.date_of_birth or date.min, reverse=True)
    return ", ".join(f"{seen.person.given_name}{' (alone)' if seen.alone else ''}" for seen in youngest_first)


def is_written_up(visit: Visit) -> bool:
    """Whether purpose, action, reflection and analysis are all written."""
    return all(getattr(visit, name).strip() for _, name in WRITE_UP)


def rows(visits: list[Visit], *, may_work: bool) -> list[dict[str, Any]]:
    """Visits as a list shows them; who may not work on the family is led to read a planned one, not to record it."""
    return [_row(visit, records=may_work and visit.state == Visit.State.PLANNED) for visit in visits]


def _row(visit: Visit, *, records: bool) -> dict[str, Any]:
    return {
        "when": moment(visit.happened_at or visit.planned_for),
        "href": reverse("record-planned-visit" if records else "visit", args=[visit.pk]),
        "move": reverse("move-visit", args=[visit.pk]) if records else "",
        "status": visit.state,
        "place": visit.get_place_display(),
        "by": visit.practitioner.name,
        "text": _text(visit),
        "unfinished": visit.state == Visit.State.MADE and not is_written_up(visit),
    }


def _text(visit: Visit) -> str:
    if visit.state == Visit.State.MADE:
        return f"Saw {seen_in_words(visit)}."
    return visit.failed_because if visit.state == Visit.State.FAILED else visit.purpose


def facts(visit: Visit) -> list[tuple[str, str]]:
    """When, where and with whom, as rows of a summary."""
    rows = [
        ("When", moment(visit.happened_at or visit.planned_for)),
        ("Where", visit.get_place_display() or "Not said"),
        ("Practitioner", visit.practitioner.name),
    ]
    if visit.state == Visit.State.FAILED:
        rows.append(("Why nobody was seen", visit.failed_because))
    if visit.state == Visit.State.MADE:
        rows.append(("Who was seen", seen_in_words(visit)))
    return rows + ([("Recorded", _recorded(visit))] if visit.recorded_at else [])


def written(visit: Visit) -> list[tuple[str, str]]:
    """The write-up under its headings; of a visit that was not made, what there is of it."""
    texts = [(title, getattr(visit, name)) for title, name in WRITE_UP]
    return texts if visit.state == Visit.State.MADE else [(title, text) for title, text in texts if text]


def _recorded(visit: Visit) -> str:
    by = f" by {visit.recorded_by.name}" if visit.recorded_by else ""
    return f"{moment(visit.recorded_at)}{by}"


def warnings(visit: Visit, *, write_up_due: datetime | None, has_written_consent: bool) -> list[dict[str, str]]:
    """What to put right about a visit that was made: sentences, each with a way on where there is one."""
    if visit.state != Visit.State.MADE:
        return []
    found = []
    if not is_written_up(visit):
        until = f" Write it up by {moment(write_up_due)}." if write_up_due else ""
        link = reverse("record-planned-visit", args=[visit.pk])
        found.append(
            {"text": f"This visit is not recorded in full yet.{until}", "href": link, "link": "Write it up now"}
        )
    if not has_written_consent:
        link = reverse("record-consent", args=[visit.family_id])
        found.append({"text": "Nobody has agreed in writing yet.", "href": link, "link": "Record consent"})
    if visit.place == PUBLIC:
        found.append({"text": IN_PUBLIC, "href": "", "link": ""})
    return found
