"""Closing a family to everybody but the people named, and opening it again."""

from collections.abc import Mapping
from datetime import datetime

from baton.governance.models import NamedPerson, Restriction
from baton.governance.permissions import may_restrict
from baton.governance.policies import TO_RESTRICT, ClosingFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require


@action(allowed=may_restrict)
def restrict_family(*, family_id: int, reason: str, named: Mapping[User, str], by: User, at: datetime) -> Restriction:
    """Close a family to everybody but `named`, each with why they may see it. Raises `Refused` by `TO_RESTRICT`."""
    already = Restriction.objects.filter(family=family_id, lifted_at__isnull=True).exists()
    require(TO_RESTRICT, ClosingFacts(reason=reason, named=len(named), is_restricted_already=already))
    restriction = Restriction.objects.create(family_id=family_id, reason=reason, set_by=by, set_at=at)
    for user, because in named.items():
        name_person(restriction=restriction, user=user, because=because, by=by, at=at)
    return restriction


@action(allowed=may_restrict)
def name_person(*, restriction: Restriction, user: User, because: str, by: User, at: datetime) -> NamedPerson:
    """Let somebody see a restricted family."""
    named = NamedPerson(restriction=restriction, family_id=restriction.family_id, user=user, because=because)
    named.named_by, named.named_at = by, at
    named.save()
    return named


@action(allowed=may_restrict)
def unname_person(*, named: NamedPerson, by: User, at: datetime) -> NamedPerson:
    """Let somebody no longer see a restricted family."""
    named.until_at = at
    named.save(update_fields=["until_at"])
    return named


@action(allowed=may_restrict)
def lift_restriction(*, restriction: Restriction, by: User, at: datetime) -> Restriction:
    """Give a family back to those whose work it is."""
    restriction.lifted_by, restriction.lifted_at = by, at
    restriction.save(update_fields=["lifted_by", "lifted_at"])
    return restriction
