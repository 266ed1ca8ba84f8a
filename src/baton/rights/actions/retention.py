"""Holding a record, reviewing whether it is still needed, disposing of it: decided by one, approved by another."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import Error, connection, transaction
from django.db.models import QuerySet

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require
from baton.practice.calendar import day_of
from baton.rights.models import Disposal, Hold, RequestReview, RetentionReview
from baton.rights.models.retention import Reviewed
from baton.rights.permissions import may_answer
from baton.rights.policies.retention import TO_APPROVE, TO_DECIDE_DISPOSAL, TO_KEEP, DisposalFacts, a_reason_is_given
from baton.rights.queries.retention import KeptFamily, kept_family, kept_request

PROPOSAL = "Baton’s proposal, to be confirmed by the council"
DISPOSE_FAMILY, DISPOSE_REQUEST = "select guard.dispose_family(%s, %s)", "select guard.dispose_request(%s, %s)"
ReviewOfAny = TypeVar("ReviewOfAny", RetentionReview, RequestReview)
AGAINST = "Something stands against it: a hold, open work, a request, or a record it shares with another family."


@action(allowed=may_answer)
def hold_family(*, family_id: int, reason: str, review_on: date, by: User, at: datetime) -> Hold:
    """Let nothing of a record be disposed of until the hold ends. Raises `Refused` without a reason or a day."""
    require((a_reason_is_given,), DisposalFacts(until=None, today=day_of(at), reason=reason))
    if review_on <= day_of(at):
        raise Refused("Say when the hold is looked at again: a day that has not come.")
    return Hold.objects.create(family_id=family_id, reason=reason, set_at=at, set_by=by, review_on=review_on)


@action(allowed=may_answer)
def end_hold(*, hold: Hold, because: str, by: User, at: datetime) -> Hold:
    """End a hold. Raises `Refused` when it has ended, or without a reason."""
    now = Hold.objects.select_for_update(no_key=True).get(pk=hold.pk)
    if now.ended_at:
        raise Refused("This hold has ended already.")
    require((a_reason_is_given,), DisposalFacts(until=None, today=day_of(at), reason=because))
    now.ended_at, now.ended_by, now.ended_because = at, by, because
    now.save(update_fields=["ended_at", "ended_by", "ended_because"])
    return now


@action(allowed=may_answer)
def review_record(
    *, family_id: int, decision: str, because: str, keep_until: date | None = None, by: User, at: datetime
) -> RetentionReview:
    """Decide whether a record is kept longer or disposed of. Disposes of nothing. Raises `Refused`."""
    decided = RetentionReview.objects.filter(family_id=family_id)
    told = _reviewed(kept_family(family_id, on=day_of(at)), decided, decision, because, keep_until, at)
    return RetentionReview.objects.create(family_id=family_id, **told, decided_at=at, decided_by=by)


@action(allowed=may_answer)
def review_request(
    *, request_id: int, decision: str, because: str, keep_until: date | None = None, by: User, at: datetime
) -> RequestReview:
    """The same for a request that became nobody's record. Raises `Refused`."""
    decided = RequestReview.objects.filter(request=request_id)
    told = _reviewed(kept_request(request_id, on=day_of(at)), decided, decision, because, keep_until, at)
    return RequestReview.objects.create(request_id=request_id, **told, decided_at=at, decided_by=by)


@action(allowed=may_answer)
def take_back_disposal(*, review: RetentionReview, by: User, at: datetime) -> RetentionReview:
    """Take back that a record is disposed of, before it was. Raises `Refused` when it was taken back already."""
    return _take_back(RetentionReview.objects.select_for_update(no_key=True).get(pk=review.pk), by=by, at=at)


@action(allowed=may_answer)
def take_back_request_disposal(*, review: RequestReview, by: User, at: datetime) -> RequestReview:
    """The same for a request. Raises `Refused` when it was taken back already."""
    return _take_back(RequestReview.objects.select_for_update(no_key=True).get(pk=review.pk), by=by, at=at)


@action(allowed=may_answer)
def approve_disposal(*, review: RetentionReview, by: User, at: datetime) -> Disposal:
    """Approve what another officer decided: the record goes, and a certificate stays. It cannot be taken back.

    Raises `Refused` by `TO_APPROVE`, and where PostgreSQL finds that something stands against it.
    """
    return _approve(kept_family(review.family_id, on=day_of(at)), review, DISPOSE_FAMILY, by=by, at=at)


@action(allowed=may_answer)
def approve_request_disposal(*, review: RequestReview, by: User, at: datetime) -> Disposal:
    """The same for a request that became nobody's record. Raises `Refused` by `TO_APPROVE`."""
    return _approve(kept_request(review.request_id, on=day_of(at)), review, DISPOSE_REQUEST, by=by, at=at)


def _approve(kept: KeptFamily, review: Reviewed, statement: str, *, by: User, at: datetime) -> Disposal:
    decided = review.decision == Reviewed.Decision.DISPOSE and review.taken_back_at is None
    require(TO_APPROVE, _facts(kept, at, decided_by=review.decided_by_id, by=by.pk, is_to_be_disposed_of=decided))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [review.pk, at])
            (disposal_id,) = cursor.fetchone()
    except Error as error:
        if getattr(error.__cause__, "sqlstate", "") in ("BR001", "BR002", "BR003"):
            raise Refused(AGAINST) from error
        raise
    return Disposal.objects.get(pk=disposal_id)


def _take_back(now: ReviewOfAny, *, by: User, at: datetime) -> ReviewOfAny:
    if now.taken_back_at or now.decision != Reviewed.Decision.DISPOSE:
        raise Refused("There is nothing to take back.")
    now.taken_back_at, now.taken_back_by = at, by
    now.save(update_fields=["taken_back_at", "taken_back_by"])
    return now


def _reviewed(
    kept: KeptFamily,
    before: QuerySet[ReviewOfAny],
    decision: str,
    because: str,
    keep_until: date | None,
    at: datetime,
) -> dict[str, Any]:
    """What a review says, where it may be made."""
    disposes = decision == Reviewed.Decision.DISPOSE
    require(TO_DECIDE_DISPOSAL if disposes else TO_KEEP, _facts(kept, at, reason=because, keep_until=keep_until))
    if before.filter(decision="dispose", taken_back_at__isnull=True).exists():
        raise Refused("Disposal was decided already: approve it, or take it back.")
    if kept.kept is None or kept.kept.until is None:
        raise Refused("The schedule says no day for this record.")
    rule = kept.kept.rule
    return {
        "rule": rule.id,
        "rule_title": rule.title,
        "rule_source": str(rule.source) if rule.source else PROPOSAL,
        "until": kept.kept.until,
        "decision": decision,
        "because": because,
        "keep_until": None if disposes else keep_until,
    }


def _facts(family: KeptFamily, at: datetime, **said: object) -> DisposalFacts:
    return DisposalFacts(
        until=family.kept.until if family.kept else None,
        today=day_of(at),
        holds=family.holds,
        open_work=family.open_work,
        open_requests=family.open_requests,
        **said,  # type: ignore[arg-type]
    )
