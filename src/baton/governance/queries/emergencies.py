"""Reads of emergencies: who opened which family, and what they looked at and did meanwhile."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404

from baton.governance.models import Emergency
from baton.people.models import Family
from baton.platform.models import AccessEntry, AuditEntry, User

MOST_AT_ONCE = 100
SEEN = ("user__organisation", "reviewed_by")


def emergencies_to_look_at(asker: User) -> QuerySet[Emergency]:
    """Every emergency that somebody else opened and the asker may see, those nobody looked at first."""
    found = Emergency.objects.exclude(user=asker).select_related(*SEEN)
    return found.order_by("-reviewed_at", "-from_at", "-id")


def get_emergency(emergency_id: int) -> Emergency:
    """One emergency that the asker may see; `Http404` otherwise."""
    return get_object_or_404(Emergency.objects.select_related(*SEEN), pk=emergency_id)


def emergencies_now(asker_id: int, *, at: datetime) -> QuerySet[Emergency]:
    """What the asker has open in an emergency, and what others opened and nobody reviewed, if the asker may see that.

    `called` is the family's name.
    """
    name = Family.objects.filter(pk=OuterRef("family_id")).values("name")  # not joined: who governs sees no family
    wanted = Q(user_id=asker_id, until_at__gt=at) | Q(~Q(user_id=asker_id), reviewed_at__isnull=True)
    return Emergency.objects.filter(wanted).annotate(called=Subquery(name)).order_by("until_at")[:MOST_AT_ONCE]


def done_in(emergency: Emergency) -> QuerySet[Any, dict[str, Any]]:
    """What was opened and done meanwhile, first to last: rows of `at`, `done`, `kind` and `family_id`. One query."""
    when: dict[str, Any] = {"by": emergency.user_id, "family_id": emergency.family_id}
    when |= {"recorded_at__gte": emergency.from_at, "recorded_at__lte": emergency.until_at}
    looked = AccessEntry.objects.filter(**when).values(
        "at", "family_id", done=Cast("what", CharField()), kind=Value("look"), number=F("id")
    )
    did = AuditEntry.objects.filter(**when).values(
        "at", "family_id", done=Cast("action", CharField()), kind=Value("action"), number=F("id")
    )
    both: QuerySet[Any, Any] = looked.union(did, all=True)
    return both.order_by("at", "number")
