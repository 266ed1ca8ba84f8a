"""Reads of what is kept for how long, what is due for review, what is held, and what was disposed of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from baton.practice.calendar import add_months
from baton.practice.frameworks import RetentionRule
from baton.practice.loading import framework_in_force
from baton.rights.models import Disposal, Hold, RequestReview, RetentionReview
from baton.rights.policies.retention import Kept, KeptFacts, kept_until, rule_for

FACTS = (
    "select id, name, helped_until, answered_on, born, holds, open_work, open_requests from guard.kept_families(%s, %s)"
)


CALLED = (
    "select k.id, k.reference from unnest(%s::bigint[]) as asked(id), lateral guard.kept_requests(null, asked.id) k"
)
OF_A_REQUEST = "select id, reference, surnames, answered_on, holds, open_requests from guard.kept_requests(%s, %s)"


@dataclass(frozen=True)
class KeptFamily:
    """A family, or a request that belongs to none, whose record is kept, and what stands against disposing of it."""

    id: int
    name: str
    facts: KeptFacts
    holds: int
    open_work: int
    open_requests: int
    kept: Kept | None
    reference: str = ""  # of a request

    @property
    def is_request(self) -> bool:
        return bool(self.reference)


def rules(*, on: date) -> tuple[RetentionRule, ...]:
    """The place's retention schedule in force on a day."""
    return framework_in_force(settings.BATON_PLACE, on=on).retention


def due_for_review(*, on: date) -> list[KeptFamily]:
    """Families whose time is over by the schedule, the first first; not those kept on by a review. Two queries."""
    schedule = rules(on=on)
    fewest = min((rule.years for rule in schedule), default=0)
    found = _families(add_months(on, -12 * fewest), None, schedule)
    kept_on = set(
        RetentionReview.objects.filter(decision="keep", keep_until__gt=on).values_list("family_id", flat=True)
    )
    due = [each for each in found if each.kept and each.kept.until and each.kept.until < on and each.id not in kept_on]
    return sorted(due, key=lambda each: (each.kept.until if each.kept and each.kept.until else on, each.id))


def requests_due_for_review(*, on: date) -> list[KeptFamily]:
    """Requests of no family whose time is over, the first first; not those kept on by a review. Two queries."""
    schedule = rules(on=on)
    fewest = min((rule.years for rule in schedule), default=0)
    kept_on = set(RequestReview.objects.filter(decision="keep", keep_until__gt=on).values_list("request_id", flat=True))
    found = _requests(add_months(on, -12 * fewest), None, schedule)
    return [each for each in found if each.kept and each.kept.until and each.kept.until < on and each.id not in kept_on]


def kept_request(request_id: int, *, on: date) -> KeptFamily:
    """One request of no family and until when it is kept; `Http404` where the officer may not know it. One query."""
    found = _requests(on, request_id, rules(on=on))
    if not found:
        raise Http404("There is no such request for this person.")
    return found[0]


def reviews_of_request(request_id: int) -> QuerySet[RequestReview]:
    """What was decided at each review of a request, the newest first. One query."""
    found = RequestReview.objects.filter(request=request_id).select_related("decided_by", "taken_back_by")
    return found.order_by("-decided_at", "-pk")


def get_request_review(review_id: int) -> RequestReview:
    """One review of a request; `Http404` otherwise. One query."""
    return get_object_or_404(RequestReview.objects.select_related("decided_by"), pk=review_id)


def requests_to_approve() -> QuerySet[RequestReview]:
    """Disposals of requests that were decided and wait for a second person, the oldest first. One query."""
    found = RequestReview.objects.filter(decision="dispose", taken_back_at__isnull=True)
    return found.select_related("decided_by").order_by("decided_at", "pk")


def without_a_day(*, on: date) -> list[KeptFamily]:
    """Families of which nobody can say how long they are kept, because a birthday is not known. One query."""
    schedule = rules(on=on)
    fewest = min((rule.years for rule in schedule), default=0)
    found = _families(add_months(on, -12 * fewest), None, schedule)
    return [each for each in found if each.kept and each.kept.until is None]


def kept_family(family_id: int, *, on: date) -> KeptFamily:
    """One family and until when it is kept; `Http404` where the officer may not know it. One query."""
    found = _families(on, family_id, rules(on=on))
    if not found:
        raise Http404("There is no such family for this person.")
    return found[0]


def reviews_of(family_id: int) -> QuerySet[RetentionReview]:
    """What was decided at each review of a family, the newest first. One query."""
    found = RetentionReview.objects.filter(family_id=family_id).select_related("decided_by", "taken_back_by")
    return found.order_by("-decided_at", "-pk")


def get_review(review_id: int) -> RetentionReview:
    """One review; `Http404` otherwise. One query."""
    return get_object_or_404(RetentionReview.objects.select_related("decided_by"), pk=review_id)


def to_approve() -> QuerySet[RetentionReview]:
    """Disposals that were decided and wait for a second person, the oldest first. One query."""
    found = RetentionReview.objects.filter(decision="dispose", taken_back_at__isnull=True)
    return found.select_related("decided_by").order_by("decided_at", "pk")


def holds_standing() -> QuerySet[Hold]:
    """Holds that stand, the first to be looked at first. One query."""
    return Hold.objects.filter(ended_at__isnull=True).select_related("set_by").order_by("review_on", "pk")


def get_hold(hold_id: int) -> Hold:
    """One hold; `Http404` otherwise. One query."""
    return get_object_or_404(Hold.objects.select_related("set_by"), pk=hold_id)


def disposals() -> QuerySet[Disposal]:
    """The certificates, the newest first. One query."""
    return Disposal.objects.select_related("decided_by", "approved_by").order_by("-approved_at", "-pk")


def get_disposal(disposal_id: int) -> Disposal:
    """One certificate; `Http404` otherwise. One query."""
    return get_object_or_404(disposals(), pk=disposal_id)


def family_names(families: Iterable[int]) -> dict[int, str]:
    """What families are called, for an officer who may know them. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.family_names(%s)", [sorted(families)])
        return dict(cursor.fetchall())


def references_of(requests: Iterable[int]) -> dict[int, str]:
    """The references of requests of no family, for an officer who may know them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CALLED, [sorted(requests)])
        return dict(cursor.fetchall())


def _families(ended_before: date, only: int | None, schedule: tuple[RetentionRule, ...]) -> list[KeptFamily]:
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [ended_before, only])
        rows = cursor.fetchall()
    found = []
    for family_id, name, helped_until, answered_on, born, holds, open_work, asked in rows:
        facts = KeptFacts(helped_until, answered_on, tuple(born))
        rule = rule_for(schedule, facts)
        kept = kept_until(rule, facts) if rule else None
        found.append(KeptFamily(family_id, name, facts, holds, open_work, asked, kept))
    return found


def _requests(answered_before: date, only: int | None, schedule: tuple[RetentionRule, ...]) -> list[KeptFamily]:
    with connection.cursor() as cursor:
        cursor.execute(OF_A_REQUEST, [answered_before, only])
        rows = cursor.fetchall()
    found = []
    for request_id, reference, surnames, answered_on, holds, asked in rows:
        facts = KeptFacts(None, answered_on, ())
        rule = rule_for(schedule, facts)
        kept = kept_until(rule, facts) if rule else None
        name = f"Request {reference}, {surnames}" if surnames else f"Request {reference}"
        found.append(KeptFamily(request_id, name, facts, holds, int(answered_on is None), asked, kept, reference))
    return found
