"""Who looked, and what they changed. PostgreSQL says which entries the asker may read."""

from typing import Any

from django.db import connection
from django.db.models import CharField, Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404

from baton.people.models import Family
from baton.people.queries import get_held_family
from baton.platform.models import AccessEntry, AuditEntry, Change, User
from baton.platform.roles import Role


def family_to_watch(family_id: int, asker: User) -> Family | None:
    """The family, for whoever manages it; none for information governance, which sees who looked and not at whom.

    `Http404` for everybody else.
    """
    if asker.has_role(Role.GOVERNANCE):
        return Family.objects.filter(pk=family_id).select_related("team").first()
    return get_held_family(family_id)


def looks_at(family_id: int) -> QuerySet[AccessEntry]:
    """Every look at a family's record, and at its requests before they led to it, newest first. Two queries."""
    return _of_family(family_id).select_related("by__organisation").order_by("-at", "-id")


def people_who_looked(family_id: int) -> QuerySet[Any, dict[str, Any]]:
    """Each person who looked once, with `times` and `last_at`, the latest first."""
    named = ("by_id", "by__given_name", "by__family_name", "by__organisation__name")
    found = _of_family(family_id).values(*named)
    people: QuerySet[Any, dict[str, Any]] = found.annotate(times=Count("id"), last_at=Max("at")).order_by("-last_at")
    return people


def _of_family(family_id: int) -> QuerySet[AccessEntry]:
    with connection.cursor() as cursor:
        cursor.execute("select guard.looks_at_its_requests(%s)", [family_id])
        its_requests = cursor.fetchall()[0][0]
    return AccessEntry.objects.filter(Q(family_id=family_id) | Q(family_id__isnull=True, what__in=its_requests))


def changes_of(family_id: int) -> QuerySet[Change]:
    """What became of a family's records, newest first."""
    return Change.objects.filter(family_id=family_id).select_related("by").order_by("-id")


def activity_of(person: User) -> QuerySet[Any, dict[str, Any]]:
    """What somebody looked at and did, newest first: rows of `at`, `done` (action or page), `family_id`, `kind`."""
    looked = AccessEntry.objects.filter(by=person).values(
        "at", "family_id", done=Cast("what", CharField()), kind=Value("look"), number=F("id")
    )
    did = AuditEntry.objects.filter(by=person).values(
        "at", "family_id", done=Cast("action", CharField()), kind=Value("action"), number=F("id")
    )
    both: QuerySet[Any, Any] = looked.union(did, all=True)
    return both.order_by("-at", "-number")


def get_person(user_id: int) -> User:
    """Whose activity is asked for; `Http404` where there is no such account."""
    return get_object_or_404(User.objects.select_related("organisation"), pk=user_id)
