"""What happened, as a timeline tells it, and where each thing's record is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from baton.episodes.models import Event
from baton.platform.jinja import url_if_any
from baton.practice.happenings import Happening

Find = Callable[[Event], str]


@dataclass(frozen=True)
class Told:
    """One entry of a timeline."""

    title: str
    at: datetime
    text: str
    by: str
    href: str
    when: str = ""
    tag: str = ""
    link: str = "Open the record"


def _own(name: str) -> Find:
    return lambda event: url_if_any(name, event.record_id)


def _of_episode(name: str) -> Find:
    return lambda event: url_if_any(name, event.episode_id)


def _of_family(name: str) -> Find:
    return lambda event: url_if_any(name, event.family_id)


# Which page shows a record, by the table it is kept in.
PAGES: dict[str, Find] = {
    "visits_visit": _own("visit"),
    "plans_meeting": _own("meeting"),
    "assessments_assessment": _own("assessment"),
    "requests_helprequest": _own("request"),
    "plans_closure": _of_episode("closure"),
    "plans_plan": _of_episode("plan"),
    "plans_planrevision": _of_episode("plan"),
    "oversight_oversightnote": _of_episode("oversight"),
    "oversight_supervision": _of_episode("oversight"),
    "oversight_signoff": _of_episode("oversight"),
    "consent_consent": _of_family("consents"),
    "consent_renewal": _of_family("consents"),
    "consent_refusal": _of_family("consents"),
    "sharing_decision": _own("sharing-decision"),
    "documents_document": _own("document"),
}


def told(events: Iterable[Event]) -> list[Told]:
    """The events as entries of a timeline, in the order given. Needs `recorded_by` and `person` read with them."""
    return [_told(event) for event in events]


def title_of(kind: str) -> str:
    """The plain words for a kind of event: "Visit made"."""
    return Happening(kind).title if kind in set(Happening) else kind.replace("_", " ").capitalize()


def _told(event: Event) -> Told:
    whom = f" ({event.person.given_name})" if event.person else ""
    find = PAGES.get(event.record)
    title = title_of(event.kind)
    return Told(
        title=f"{title}{whom}",
        at=event.at,
        text="" if event.summary == title else event.summary,
        by=event.recorded_by.name if event.recorded_by else "",
        href=find(event) if find else "",
    )
