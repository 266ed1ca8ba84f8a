"""Whether the people in a request are known: exactly for many requests at once, and by likeness for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from baton.episodes.models import Allocation, Episode
from baton.matching.likeness.facts import Facts, compact, plain
from baton.matching.queries.finding import Match, matches_for
from baton.people.models import Family, FamilyMember
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.policies import MONTHS_LOOKED_BACK

MOST_MATCHES = 5
OPEN = ("waiting", "open")

KNOWN = "select request_id, under_way from guard.known_in(%s)"
EARLIER = "select request_id, earlier_id from guard.earlier_than(%s, %s)"


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
    found, _ = matches_for([facts_named(each) for each in named]) if named else ([], [])
    return {each.pk: matches[:most] for each, matches in zip(named, found, strict=True)}


def facts_named(named: RequestPerson) -> Facts:
    """Somebody named in a request. Its address is where the children live, and their parents."""
    at_home = named.part != FamilyMember.Part.WIDER
    return Facts(
        given=tuple(filter(None, [plain(named.given_name)])),
        family=tuple(filter(None, [plain(named.family_name)])),
        born=named.date_of_birth,
        sex="" if named.sex == "U" else named.sex,
        schools=tuple(filter(None, [plain(named.school)])),
        phones=tuple(filter(None, [compact(named.phone)])),
        postcodes=tuple(filter(None, [compact(named.request.postcode)])) if at_home else (),
        addresses=tuple(filter(None, [plain(named.request.address)])) if at_home else (),
    )


def _lead_of(episode: Episode | None) -> str:
    leads = [allocation.practitioner.name for allocation in episode.allocations.all()] if episode else []
    return leads[0] if leads else ""


def _rows(sql: str, *asked: Any) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())
