"""Whether the people in a request are known: exactly for many requests at once, and by likeness for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from baton.episodes.models import Allocation, Episode
from baton.people.models import Family, FamilyMember, Person
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.policies import MONTHS_LOOKED_BACK

MOST_MATCHES = 5
OPEN = ("waiting", "open")

KNOWN = "select request_id, under_way from guard.known_in(%s)"
EARLIER = "select request_id, earlier_id from guard.earlier_than(%s, %s)"
SEARCH = """
select asked.named_id, found.person_id, found.family_id, found.sure
  from unnest(%s::bigint[], %s::text[], %s::date[]) as asked(named_id, words, born)
 cross join lateral guard.search_people(asked.words, asked.born, %s) as found"""


@dataclass(frozen=True)
class Match:
    """A known person whom somebody named in a request may be, how sure that is, and why."""

    person: Person
    family: Family
    sure: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class KnownFamily:
    """A family that linked people belong to, its open episode and who leads the work."""

    family: Family
    episode: Episode | None
    lead: str


def known_in_many(request_ids: Sequence[int]) -> dict[int, bool]:
    """Which requests name somebody we know, by link or by name and birth; True where help is under way. One query."""
    return {request_id: bool(under_way) for request_id, under_way in _rows(KNOWN, list(request_ids))}


def earlier_requests_of_many(request_ids: Sequence[int]) -> dict[int, int]:
    """How many requests about the same people came in the twelve months before each. One query."""
    counts: dict[int, int] = {}
    for request_id, _ in _rows(EARLIER, list(request_ids), MONTHS_LOOKED_BACK):
        counts[request_id] = counts.get(request_id, 0) + 1
    return counts


def earlier_requests(request_id: int) -> QuerySet[HelpRequest]:
    """The requests about the same people in the twelve months before, newest first, at most twenty. Two queries."""
    ids = [other for _, other in _rows(EARLIER, [request_id], MONTHS_LOOKED_BACK)]
    return HelpRequest.objects.filter(pk__in=ids[:20]).order_by("-received_at")


def families_of_people_in(request_id: int) -> list[Family]:
    """The families that the linked people of a request belong to now. One query."""
    people = RequestPerson.objects.filter(request_id=request_id, person__isnull=False).values("person_id")
    members = FamilyMember.objects.filter(person_id__in=people, until_on__isnull=True)
    return list(Family.objects.filter(pk__in=members.values("family_id")).select_related("team").order_by("pk"))


def known_families(request_id: int) -> list[KnownFamily]:
    """Those families with the help under way for each. At most four queries."""
    families = families_of_people_in(request_id)
    leads = Allocation.objects.filter(until_at__isnull=True).select_related("practitioner")
    episodes = Episode.objects.filter(family__in=families, state__in=OPEN).select_related("team")
    found = {e.family_id: e for e in episodes.prefetch_related(Prefetch("allocations", leads))} if families else {}
    return [KnownFamily(family, found.get(family.pk), _lead_of(found.get(family.pk))) for family in families]


def possible_matches(named: Sequence[RequestPerson], *, most: int = MOST_MATCHES) -> dict[int, list[Match]]:
    """Known people whom each of the named may be, surest first, by the id of the named. Two queries in all."""
    asked = [(each.pk, each.name, each.date_of_birth) for each in named]
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, [[each[column] for each in asked] for column in range(3)] + [most])
        rows = [row for row in cursor.fetchall() if row[1]]
    members = FamilyMember.objects.filter(person_id__in={row[1] for row in rows}, until_on__isnull=True)
    known = {(m.person_id, m.family_id): m for m in members.select_related("person", "family__team")}
    by_id = {each.pk: each for each in named}
    matches: dict[int, list[Match]] = {each.pk: [] for each in named}
    for named_id, person_id, family_id, sure in sorted(rows, key=lambda row: -row[3]):
        member = known.get((person_id, family_id))
        if member is not None:
            why = reasons_to_match(by_id[named_id], member.person)
            matches[named_id].append(Match(member.person, member.family, sure, why))
    return matches


def reasons_to_match(named: RequestPerson, person: Person) -> tuple[str, ...]:
    """What is alike and what is not, in words."""
    return _names_alike(named, person), _births_alike(named.date_of_birth, person.date_of_birth)


def _names_alike(named: RequestPerson, person: Person) -> str:
    given, family = named.given_name.casefold(), named.family_name.casefold()
    same_family = family == person.family_name.casefold()
    if same_family and given == person.given_name.casefold():
        return "same name"
    if same_family and person.known_as and given == person.known_as.casefold():
        return f"known as {person.known_as}"
    return "same family name" if same_family else "similar name"


def _births_alike(told: date | None, known: date | None) -> str:
    if told is None or known is None:
        return "date of birth not known"
    if told == known:
        return "same date of birth"
    if (told.year, told.month, told.day) == (known.year, known.day, known.month):
        return "day and month of birth swapped"
    return "another date of birth"


def _lead_of(episode: Episode | None) -> str:
    leads = [allocation.practitioner.name for allocation in episode.allocations.all()] if episode else []
    return leads[0] if leads else ""


def _rows(sql: str, *asked: Any) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())
