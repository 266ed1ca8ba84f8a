"""Opening an episode and ending it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest

from baton.episodes.actions.events import record_event, refresh_at_end
from baton.episodes.models import Allocation, Episode
from baton.episodes.permissions import may_open_episode
from baton.people.models import Family
from baton.platform.actions import action
from baton.platform.clock import LONDON
from baton.platform.models import Team, User
from baton.practice.happenings import Happening
from baton.practice.loading import framework_in_force


@action(allowed=may_open_episode)
def open_episode(
    *,
    team: Team,
    family: Family,
    place: str,
    level: int | None,
    reasons: Sequence[str],
    requested_at: datetime,
    route: str = Episode.Route.REQUEST,
    by: User,
    at: datetime,
) -> Episode:
    """Open an episode for a family, held by a team, under the framework in force on the day of the request."""
    framework = framework_in_force(place, on=requested_at.astimezone(LONDON).date())
    episode = Episode.objects.create(
        family=family,
        team=team,
        route=route,
        level=level,
        reasons=list(reasons),
        framework_place=framework.place,
        framework_version=framework.version,
        requested_at=requested_at,
        opened_at=at,
    )
    refresh_at_end(episode)
    return episode


def end_episode(
    *, episode: Episode, state: str, kind: Happening, record: models.Model, at: datetime, summary: str
) -> None:
    """Within an action: end the episode and its lead practitioner's allocation, and record how it ended."""
    Episode.objects.select_for_update(no_key=True).values_list("pk").get(pk=episode.pk)  # nobody is allocated meanwhile
    ends = Greatest(F("from_at"), Value(at))  # a step-up may be dated before the last allocation was written down
    Allocation.objects.filter(episode=episode, until_at__isnull=True).update(until_at=ends)
    episode.state = state
    episode.ended_at = at
    episode.save(update_fields=["state", "ended_at"])
    record_event(kind=kind, episode=episode, record=record, at=at, summary=summary)
