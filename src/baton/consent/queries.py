"""Reads of agreement to help."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.consent.models import Consent


def get_consent(consent_id: int) -> Consent:
    """One agreement with its family, if the asker may see it; `Http404` otherwise."""
    return get_object_or_404(Consent.objects.select_related("family__team", "person"), pk=consent_id)


def consents_of(family_id: int) -> QuerySet[Consent]:
    """What a family agreed to and withdrew, newest first, at most a hundred. One query."""
    found = Consent.objects.filter(family_id=family_id).select_related(
        "recorded_by", "withdrawal_recorded_by", "considered_by"
    )
    return found.order_by("-given_at", "-pk")[:100]


def has_consent(family_id: int) -> bool:
    """Whether anybody of the family agrees to help now. One query."""
    return Consent.objects.filter(family_id=family_id, withdrawn_at__isnull=True).exists()
