"""Episodes of help, opened by the hub and allocated by the manager."""

from datetime import datetime, timedelta

from baton.episodes.actions import allocate, open_episode
from baton.episodes.models import Episode
from baton.people.models import Family
from baton.platform.guard import acting_as, handing_over_to
from baton.platform.models import User
from tests.factories.families import a_family
from tests.factories.places import Place
from tests.factories.times import MONDAY

# A reason of each place's own list.
REASONS = {"dorset": "family_conflict", "doncaster": "parenting", "derby": "parental_conflict"}


def an_episode(
    place: Place, *, family: Family | None = None, level: int = 3, framework: str = "dorset", at: datetime = MONDAY
) -> Episode:
    """An episode the hub opened for `place.team`, waiting for a lead practitioner."""
    family = family or a_family(team=place.team, by=place.hub_adviser)
    with acting_as(place.hub_adviser), handing_over_to(place.team.pk):
        return open_episode(
            team=place.team,
            family=family,
            place=framework,
            level=level,
            reasons=[REASONS[framework]],
            requested_at=at,
            by=place.hub_adviser,
            at=at + timedelta(hours=20),
        )


def an_allocated_episode(
    place: Place,
    *,
    to: User | None = None,
    family: Family | None = None,
    level: int = 3,
    framework: str = "dorset",
    at: datetime = MONDAY,
) -> Episode:
    """An episode led by `to` (the place's worker if nobody is named), allocated a day after the request."""
    episode = an_episode(place, family=family, level=level, framework=framework, at=at)
    with acting_as(place.manager):
        allocate(
            episode=episode,
            to=to or place.worker,
            children=2,
            needs="Mornings are hard and school is missed.",
            by=place.manager,
            at=at + timedelta(days=1),
        )
        episode.refresh_from_db()
    return episode
