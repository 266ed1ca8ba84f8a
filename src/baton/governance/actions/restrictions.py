"""Closing a family to everybody but the people named, and opening it again."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from baton.governance.models import NamedPerson, Restriction, RestrictionReview
from baton.governance.permissions import may_restrict
from baton.governance.policies import (
    TO_KEEP_RESTRICTED,
    TO_LIFT,
    TO_NAME,
    TO_RESTRICT,
    TO_UNNAME,
    ClosingFacts,
    NamingFacts,
)
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require


@action(allowed=may_restrict)
def restrict_family(
    *, family_id: int, reason: str, named: Mapping[User, str], review_on: date, by: User, at: datetime
) -> Restriction:
    """Close a family to everybody but `named`, each with why they may see it. Raises `Refused` by `TO_RESTRICT`."""
    already = Restriction.objects.filter(family=family_id, lifted_at__isnull=True).exists()
    require(TO_RESTRICT, ClosingFacts(reason, len(named), already, at.date(), review_on))
    restriction = Restriction.objects.create(
        family_id=family_id, reason=reason, review_on=review_on, set_by=by, set_at=at
    )
    for user, because in named.items():
        name_person(restriction=restriction, user=user, because=because, by=by, at=at)
    return restriction


@action(allowed=may_restrict)
def name_person(*, restriction: Restriction, user: User, because: str, by: User, at: datetime) -> NamedPerson:
    """Let somebody see a restricted family. Raises `Refused` by `TO_NAME`."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    now = _named_now(restriction).filter(user=user).exists()
    require(TO_NAME, NamingFacts(is_lifted=restriction.lifted_at is not None, is_named_already=now))
    named = NamedPerson(restriction=restriction, family_id=restriction.family_id, user=user, because=because)
    named.named_by, named.named_at = by, at
    named.save()
    return named


@action(allowed=may_restrict)
def unname_person(*, named: NamedPerson, by: User, at: datetime) -> NamedPerson:
    """Let somebody no longer see a restricted family. Raises `Refused` by `TO_UNNAME`: somebody must stay."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=named.restriction_id)
    others = _named_now(restriction).exclude(pk=named.pk).count()
    require(TO_UNNAME, NamingFacts(is_lifted=restriction.lifted_at is not None, named_beside_them=others))
    named.until_at, named.ended_by = at, by
    named.save(update_fields=["until_at", "ended_by"])
    return named


@action(allowed=may_restrict)
def keep_restricted(
    *, restriction: Restriction, words: str, review_on: date, by: User, at: datetime
) -> RestrictionReview:
    """Somebody looked, and the family must stay restricted until the next look. Raises `Refused`."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    facts = ClosingFacts(words, 1, False, at.date(), review_on)
    require(TO_KEEP_RESTRICTED, facts)
    require(TO_LIFT[:1], NamingFacts(is_lifted=restriction.lifted_at is not None))
    restriction.review_on = review_on
    restriction.save(update_fields=["review_on"])
    return RestrictionReview.objects.create(
        restriction=restriction, family_id=restriction.family_id, words=words, review_on=review_on,
        reviewed_by=by, reviewed_at=at,
    )  # fmt: skip


@action(allowed=may_restrict)
def lift_restriction(*, restriction: Restriction, because: str, by: User, at: datetime) -> Restriction:
    """Give a family back to those whose work it is; names end. Raises `Refused` by `TO_LIFT`."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    require(TO_LIFT, NamingFacts(is_lifted=restriction.lifted_at is not None, reason=because))
    for named in _named_now(restriction):
        named.until_at, named.ended_by = at, by
        named.save(update_fields=["until_at", "ended_by"])
    restriction.lifted_by, restriction.lifted_at, restriction.lifted_because = by, at, because
    restriction.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    return restriction


def _named_now(restriction: Restriction) -> QuerySet[NamedPerson]:
    return NamedPerson.objects.filter(restriction=restriction, until_at__isnull=True)
