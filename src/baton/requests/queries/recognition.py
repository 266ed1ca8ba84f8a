"""Whether the people in a request are known: exactly for many requests at once, and by likeness for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Prefetch, QuerySet

from baton.episodes.models import Allocation, Episode
from baton.people.models import Family, FamilyMember, Person
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.policies import MONTHS_LOOKED_BACK

MOST_MATCHES = 5
OPEN = ("waiting", "open")

# The same person: linked to one we know, or the same name and date of birth. Under row security only the equality of
# dates can use an index, and a date of birth leaves few names to compare.
NAMED = """named as (
    select p.request_id, p.part, p.person_id, p.date_of_birth,
           lower(p.given_name) as given, lower(p.family_name) as family
      from requests_requestperson p where p.request_id = any(%(requests)s))"""
KNOWN = f"""with {NAMED}, matched as (
    select request_id, person_id from named where person_id is not null
    union
    select n.request_id, k.id from named n join people_person k on k.date_of_birth = n.date_of_birth
     where lower(k.family_name) = n.family and n.given in (lower(k.given_name), lower(k.known_as)))
select m.request_id, bool_or(exists (
           select 1 from episodes_episode e where e.family_id = b.family_id and e.state in ('waiting', 'open')))
  from matched m join people_familymember b on b.person_id = m.person_id and b.until_on is null
 group by m.request_id"""  # noqa: S608
EARLIER = f"""with {NAMED}, matched as (
    select n.request_id, q.request_id as other_id
      from named n join requests_requestperson q on q.person_id = n.person_id and q.request_id <> n.request_id
    union
    select n.request_id, q.request_id
      from named n join requests_requestperson q on q.date_of_birth = n.date_of_birth and q.request_id <> n.request_id
     where n.part = 'child' and q.part = 'child' and lower(q.family_name) = n.family and lower(q.given_name) = n.given)
select m.request_id, e.id
  from matched m join requests_helprequest r on r.id = m.request_id join requests_helprequest e on e.id = m.other_id
 where e.received_at <= r.received_at and e.received_at >= r.received_at - make_interval(months => %(months)s)
 order by e.received_at desc"""  # noqa: S608
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
    return {request_id: bool(under_way) for request_id, under_way in _rows(KNOWN, request_ids)}


def earlier_requests_of_many(request_ids: Sequence[int]) -> dict[int, int]:
    """How many requests about the same people came in the twelve months before each. One query."""
    counts: dict[int, int] = {}
    for request_id, _ in _rows(EARLIER, request_ids):
        counts[request_id] = counts.get(request_id, 0) + 1
    return counts


def earlier_requests(request_id: int) -> QuerySet[HelpRequest]:
    """The requests about the same people in the twelve months before, newest first, at most twenty. Two queries."""
    ids = [other for _, other in _rows(EARLIER, [request_id])]
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


def _rows(sql: str, request_ids: Sequence[int]) -> list[tuple[int, int]]:
    if not request_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, {"requests": list(request_ids), "months": MONTHS_LOOKED_BACK})
        return list(cursor.fetchall())
