"""Reads of what is before a panel. PostgreSQL shows a chair the families brought to their own, until it has decided."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.governance.models import PanelCase
from baton.people.models import Family
from baton.platform.models import Locality


def before_panels() -> QuerySet[PanelCase]:
    """What the asker's panels have to decide on, the longest waiting first. One query."""
    found = PanelCase.objects.filter(decided_at__isnull=True)
    return found.select_related("family", "locality", "brought_by__organisation").order_by("brought_at", "id")


def count_before_panels() -> int:
    """How many families wait for the asker's panels. One query."""
    return PanelCase.objects.filter(decided_at__isnull=True).count()


def get_panel_case(panel_case_id: int) -> PanelCase:
    """One family on which a panel of the asker has to decide; `Http404` otherwise."""
    return get_object_or_404(before_panels(), pk=panel_case_id)


def panel_cases_of(family_id: int) -> QuerySet[PanelCase]:
    """Each time a family was brought to a panel, the latest first. One query."""
    found = PanelCase.objects.filter(family_id=family_id).select_related("locality", "brought_by", "decided_by")
    return found.order_by("-brought_at", "-id")


def is_before_a_panel(family_id: int) -> bool:
    """Whether a panel has to decide on a family. One query."""
    return PanelCase.objects.filter(family_id=family_id, decided_at__isnull=True).exists()


def locality_of(family_id: int) -> Locality | None:
    """The locality whose team holds a family; none where no locality does. One query."""
    family = Family.objects.select_related("team__locality").get(pk=family_id)
    return family.team.locality if family.team else None
