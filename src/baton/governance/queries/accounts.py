"""Reads of accounts, where a page asks for somebody by what people know: an e-mail address or a name."""

from datetime import date

from django.db.models import Q, QuerySet

from baton.platform.models import RoleHeld, User
from baton.platform.roles import CASEWORKERS


def account_called(typed: str) -> User | None:
    """The one open account of this e-mail address, or of this name; nobody where several have it. One query."""
    words = typed.strip()
    given, _, family = words.rpartition(" ")
    named = Q(email__iexact=words) | Q(given_name__iexact=given.strip(), family_name__iexact=family)
    found = list(User.objects.filter(named, is_active=True).select_related("organisation")[:2])
    return found[0] if len(found) == 1 else None


def works_with_families(user: User, *, on: date) -> bool:
    """Whether somebody holds a role that works with families. One query."""
    held = RoleHeld.objects.filter(user=user, role__in=CASEWORKERS, from_on__lte=on)
    return held.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)).exists()


def staff_found(text: str) -> QuerySet[User]:
    """Everybody who has or had an account, by name; of those whose name or address has each of the words."""
    found = User.objects.select_related("organisation")
    for word in text.split():
        found = found.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word))
    return found.order_by("family_name", "given_name", "pk")
