"""An episode whose request is on record, so that the clocks that start with it run."""

from datetime import datetime

from baton.episodes.actions import refresh_deadlines
from baton.episodes.models import Episode, Event
from baton.people.models import Family
from baton.platform.guard import acting_as
from tests.factories import Place, an_episode
from tests.factories.times import MONDAY


def a_requested_episode(
    place: Place, *, family: Family | None = None, framework: str = "dorset", at: datetime = MONDAY
) -> Episode:
    """As the requests area leaves it: the request received, screened, and waiting for a lead practitioner."""
    episode = an_episode(place, family=family, framework=framework, at=at)
    with acting_as(place.manager):
        Event.objects.create(
            episode=episode,
            family_id=episode.family_id,
            kind="request_received",
            at=at,
            recorded_at=at,
            record="requests_helprequest",
            record_id=episode.pk,
        )
        refresh_deadlines(episode_id=episode.pk, at=episode.opened_at)
    return episode
