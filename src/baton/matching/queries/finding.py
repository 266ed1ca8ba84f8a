"""The one way people are found: candidates from the database, weighed by the score."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from baton.matching.likeness.facts import Facts, compact
from baton.matching.likeness.ranking import Ranked, all_forms, facts_from, rank
from baton.matching.likeness.scoring import POSSIBLE, Likeness, likeness
from baton.matching.likeness.typed import Typed, understand
from baton.people.models import Family, FamilyMember, Person
from baton.platform.prepared import is_one_of, prepared

CANDIDATES = 50
MOST_FOUND = 25
FITS = -8.0  # bits below which somebody is not worth reading about
LIKE = "select person_id, family_id, facts from guard.people_like(%s, %s, %s, %s, %s, %s, %s, %s)"
MANY = """
select asked.row, found.person_id, found.family_id, found.facts
  from jsonb_array_elements(%s::jsonb) with ordinality as asked(it, row)
 cross join lateral guard.people_like(
    array(select jsonb_array_elements_text(it -> 'names')), array(select jsonb_array_elements_text(it -> 'forms')),
    array(select jsonb_array_elements_text(it -> 'born'))::date[], null, null,
    array(select jsonb_array_elements_text(it -> 'keys')), false, %s) as found"""


class Candidate(NamedTuple):
    """Somebody the database offers; without a person there is only somebody whom the asker may not open."""

    person_id: int | None
    family_id: int | None
    facts: Mapping[str, Any] | None


@dataclass(frozen=True)
class Found:
    """Somebody a search found, in a family the asker may open, and why."""

    member: FamilyMember
    ranked: Ranked

    @property
    def person(self) -> Person:
        return self.member.person

    @property
    def family(self) -> Family:
        return self.member.family


@dataclass(frozen=True)
class Findings:
    """All that a search found, best first. `known_elsewhere`: others are known whom the asker may not open.

    `looked_wide` says whether names with similar letters were looked for too.
    """

    people: Sequence[Found]
    known_elsewhere: bool
    looked_wide: bool
    typed: Typed


@dataclass(frozen=True)
class Match:
    """A known person who may be the one somebody is about to enter, in a family the asker may open."""

    member: FamilyMember
    likeness: Likeness

    @property
    def person(self) -> Person:
        return self.member.person

    @property
    def family(self) -> Family:
        return self.member.family


def find(text: str, *, on: date, wide: bool = False, most: int = MOST_FOUND) -> Findings:
    """People whom the words in the one box may mean, best first. At most three queries.

    Letters that are alike are looked for where nothing else finds anybody, or where somebody asks for it (`wide`): that
    is ten times as slow among a million people.
    """
    typed = understand(text, on=on)
    if typed.is_empty:
        return Findings((), False, wide, typed)
    found, elsewhere = _ranked(typed, wide=wide)
    if not found and not wide and typed.names:
        found, elsewhere = _ranked(typed, wide=True)
        wide = True
    people = _records([(candidate.person_id, candidate.family_id) for _, candidate in found[:most]])
    answers = [
        Found(people[candidate.person_id, candidate.family_id], ranked)
        for ranked, candidate in found[:most]
        if (candidate.person_id, candidate.family_id) in people
    ]
    return Findings(answers, elsewhere, wide, typed)


def matches_for(asked: Sequence[Facts], *, least: float = POSSIBLE) -> tuple[list[list[Match]], list[bool]]:
    """For each of some people about to be entered: who they may be, surest first; and whether one is known elsewhere.

    Two queries, however many are asked for.
    """
    rows = _candidates_for(asked)
    scored: list[list[tuple[Likeness, Candidate]]] = [[] for _ in asked]
    elsewhere = [False] * len(asked)
    for row, candidate in rows:
        if candidate.facts is None:
            elsewhere[row] = True
            continue
        score = likeness(asked[row], facts_from(candidate.facts))
        if score.sure >= least:
            scored[row].append((score, candidate))
    people = _records([(each.person_id, each.family_id) for found in scored for _, each in found])
    return [
        [
            Match(people[each.person_id, each.family_id], score)
            for score, each in sorted(found, key=lambda pair: -pair[0].bits)
            if (each.person_id, each.family_id) in people
        ]
        for found in scored
    ], elsewhere


def _ranked(typed: Typed, *, wide: bool) -> tuple[list[tuple[Ranked, Candidate]], bool]:
    keys = [*typed.postcodes, *typed.numbers]
    names, forms = list(typed.names), all_forms(typed.names)
    asked: list[Any] = [names, forms, list(typed.birthdays), typed.born_from, typed.born_to, keys, wide, CANDIDATES]
    with connection.cursor() as cursor:
        cursor.execute(LIKE, asked)
        candidates = [Candidate(person, family, _read(facts)) for person, family, facts in cursor.fetchall()]
    found = [(rank(typed, facts_from(each.facts)), each) for each in candidates if each.facts is not None]
    fitting = [pair for pair in found if pair[0].bits >= FITS or not pair[0].why_not]
    return sorted(fitting, key=lambda pair: (-pair[0].bits, pair[1].person_id)), len(found) < len(candidates)


def _candidates_for(asked: Sequence[Facts]) -> list[tuple[int, Candidate]]:
    told = [
        {
            "names": [*each.given[:1], *each.family[:1]],
            "forms": all_forms(each.given[:1]),
            "born": [day.isoformat() for day in Typed(born=each.born).birthdays],
            "keys": [*each.postcodes, *each.phones, *(compact(value) for _, value in each.identifiers)],
        }
        for each in asked
    ]
    with connection.cursor() as cursor:
        cursor.execute(MANY, [json.dumps(told), CANDIDATES])
        return [(row - 1, Candidate(person, family, _read(facts))) for row, person, family, facts in cursor.fetchall()]


def _records(ids: Sequence[tuple[int | None, int | None]]) -> dict[tuple[int | None, int | None], FamilyMember]:
    """Their newest membership of these families, of those that row security lets the asker read."""
    wanted = [(person, family) for person, family in ids if person and family]
    members = _members([person for person, _ in wanted], [family for _, family in wanted]) if wanted else []
    in_order = sorted(members, key=lambda member: (member.until_on is None, member.until_on or date.min, member.pk))
    return {(member.person_id, member.family_id): member for member in in_order}


@prepared
def _members(people: list[int], families: list[int]) -> QuerySet[FamilyMember]:
    found = FamilyMember.objects.filter(is_one_of("person_id", people), is_one_of("family_id", families))
    return found.select_related("person", "family__team")


def _read(facts: Any) -> Mapping[str, Any] | None:
    """A document of the database, which comes as text on a bare cursor."""
    read: Mapping[str, Any] | None = json.loads(facts) if isinstance(facts, str) else facts
    return read
