"""Reads of single episodes."""

from django.db.models import BooleanField, F, Func, QuerySet
from django.http import Http404

from baton.episodes.models import Allocation, Deadline, Episode
from baton.platform.prepared import prepared, the_one

# The hub may know that there is an episode; who opens casework must hold the family as well.
IS_HELD = Func(F("family_id"), function="guard.holds", output_field=BooleanField())


def get_episode(episode_id: int) -> Episode:
    """The episode with its family and team, if the asker holds the family; `Http404` otherwise. One query."""
    return the_one(_held_episode(episode_id))


@prepared
def _held_episode(episode_id: int) -> QuerySet[Episode]:
    return Episode.objects.filter(IS_HELD, pk=episode_id).select_related("family__team", "team")


def get_open_deadline(deadline_id: int) -> Deadline:
    """A kept deadline with its episode and family, if the asker may see it and it is open; `Http404` otherwise."""
    deadlines = Deadline.objects.select_related("episode__team", "family__team", "person")
    deadline = deadlines.filter(pk=deadline_id, state=Deadline.State.OPEN).first()
    if deadline is None:
        raise Http404
    return deadline


def present_allocation(episode: Episode) -> Allocation | None:
    """Who leads now, since when and with which note; None while nobody does."""
    allocations = Allocation.objects.filter(episode=episode, until_at__isnull=True)
    return allocations.select_related("practitioner__organisation", "allocated_by").first()
