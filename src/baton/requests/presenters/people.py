"""The people of a request and whom we know they may be, as a page shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from baton.matching.queries.finding import Match
from baton.platform.dates_in_words import long_day
from baton.requests.models import RequestPerson
from baton.requests.presenters.answers import person_line
from baton.requests.queries import KnownFamily


def people_named(people: Sequence[RequestPerson], matches: Mapping[int, Sequence[Match]]) -> list[dict[str, Any]]:
    """Everybody named, the children first, with whom they may be."""
    in_order = sorted(people, key=lambda person: (person.part != "child", person.pk))
    return [
        {
            "named": person,
            "name": person.name,
            "part": person.get_part_display(),
            "facts": person_line(person),
            "linked": person.person_id,
            "matches": [_match(match, person) for match in matches.get(person.pk, ())],
        }
        for person in in_order
    ]


def families_known(families: Sequence[KnownFamily]) -> list[dict[str, Any]]:
    """The families that linked people belong to, and whether help is under way."""
    return [
        {
            "name": f"{known.family.name} family",
            "team": known.family.team.name if known.family.team else "No team",
            "under_way": known.episode is not None,
            "state": known.episode.state if known.episode else "",
            "lead": known.lead,
        }
        for known in families
    ]


def _match(match: Match, named: RequestPerson) -> dict[str, Any]:
    person = match.person
    return {
        "person": person,
        "name": person.name,
        "born": long_day(person.date_of_birth) or "date of birth not known",
        "family": f"{match.family.name} family",
        "why": _why(match),
        "how_sure": match.likeness.how_sure,
        "is_linked": named.person_id == person.pk,
    }


def _why(match: Match) -> str:
    """What is alike, and what is not."""
    against = f"; but {', '.join(match.likeness.why_not)}" if match.likeness.why_not else ""
    return f"{', '.join(match.likeness.why)}{against}"
