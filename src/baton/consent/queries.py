"""Reads of agreement to help."""

from django.db.models import BooleanField, F, Func, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from baton.consent.models import Consent
from baton.episodes.models import Allocation, Episode
from baton.episodes.queries.episodes import IS_HELD
from baton.people.models import Family, FamilyMember


def get_consent(consent_id: int) -> Consent:
    """One agreement with its family, if the asker holds that; `Http404` otherwise. One query."""
    held = Consent.objects.filter(IS_HELD).select_related("family__team", "person")
    return get_object_or_404(held, pk=consent_id)


def get_held_family(family_id: int) -> Family:
    """The family, if the asker holds it rather than knows of it as the hub does; `Http404` otherwise. One query."""
    is_held = Func(F("id"), function="guard.holds", output_field=BooleanField())
    return get_object_or_404(Family.objects.filter(is_held).select_related("team"), pk=family_id)


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
