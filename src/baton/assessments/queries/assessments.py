"""Which assessments there are."""

from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.assessments.models import Assessment
from baton.assessments.states import SUBMITTED
from baton.episodes.models import Episode
from baton.platform.models import Draft

MOST_AT_ONCE = 50


def get_assessment(assessment_id: int) -> Assessment:
    """The assessment with its episode and family, if the asker may see it; `Http404` otherwise. One query."""
    return get_object_or_404(_with_its_people(), pk=assessment_id)


def current_assessment(episode: Episode) -> Assessment | None:
    """The assessment being written, else the newest authorised one. One query."""
    return _with_its_people().filter(episode=episode).order_by("-number").first()


def all_versions(episode: Episode) -> list[Assessment]:
    """Every version of the episode's assessment, newest first. One query."""
    return list(_with_its_people().filter(episode=episode).order_by("-number")[:MOST_AT_ONCE])


def assessments_to_authorise(*, at: datetime) -> QuerySet[Assessment]:
    """The assessments that wait for a manager, of the families the asker holds, longest waiting first. One query."""
    waiting = Assessment.objects.filter(state=SUBMITTED, submitted_at__lte=at)
    return waiting.select_related("family", "episode", "submitted_by").order_by("submitted_at")[:MOST_AT_ONCE]


def paths_half_typed(*, holder: str, under: str) -> frozenset[str]:
    """The forms below a path in which this person has typed without saving. One query."""
    return frozenset(Draft.objects.filter(holder=holder, path__startswith=under).values_list("path", flat=True))


def _with_its_people() -> QuerySet[Assessment]:
    return Assessment.objects.select_related(
        "episode__team", "family__team", "started_by", "submitted_by", "authorised_by"
    )
