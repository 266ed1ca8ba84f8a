"""Reads of what people said is wrong in their record."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.rights.models import Correction


def corrections_of(family_id: int) -> QuerySet[Correction]:
    """What was asked to be put right in a family's record, the newest first, at most a hundred. One query."""
    found = Correction.objects.filter(family_id=family_id).select_related("registered_by", "decided_by")
    return found.order_by("-received_on", "-pk")[:100]


def open_corrections() -> QuerySet[Correction]:
    """What waits for a decision, the first to come first. One query a page."""
    return Correction.objects.filter(decision="").select_related("registered_by").order_by("received_on", "pk")


def get_correction(correction_id: int) -> Correction:
    """One request to put something right, if the asker may see it; `Http404` otherwise. One query."""
    return get_object_or_404(Correction, pk=correction_id)
