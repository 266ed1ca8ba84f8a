"""Reads of agreement to help."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from baton.consent.models import Consent
from baton.episodes.models import Allocation, Episode
from baton.people.models import FamilyMember


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


def open_episode_of(family_id: int) -> Episode | None:
    """The family's episode that is open now, with its lead's allocation; nothing between episodes. Two queries."""
    leads = Allocation.objects.filter(until_at__isnull=True).select_related("practitioner")
    episodes = Episode.objects.filter(family_id=family_id, state__in=(Episode.State.WAITING, Episode.State.OPEN))
    return episodes.select_related("team").prefetch_related(Prefetch("allocations", leads)).first()


def who_can_agree(family_id: int) -> QuerySet[FamilyMember]:
    """Everybody in the family now, adults first: young people give their own agreement too. One query."""
    members = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True).select_related("person")
    return members.order_by("-part", "person__date_of_birth")
