"""What a plan's record says, and moments to ask."""

from datetime import timedelta
from typing import Any

from baton.episodes.models import Episode, Event
from baton.episodes.queries.deadlines import explained
from baton.platform.guard import acting_as
from tests.factories import Place
from tests.factories.plans import (
    PLANNED,
    REVIEW_ON,
)

LATER = PLANNED + timedelta(days=3)


MUCH_LATER = PLANNED + timedelta(weeks=12)


def kinds_of(episode: Episode, place: Place) -> list[str]:
    with acting_as(place.worker):
        return list(Event.objects.filter(episode=episode).order_by("at", "id").values_list("kind", flat=True))


def statuses(episode: Episode, place: Place, timescale: str, at: Any) -> list[str]:
    with acting_as(place.worker):
        return [d.status.value for d in explained(episode, at=at) if d.timescale == timescale]


def terms(**words: Any) -> dict[str, Any]:
    told = {
        "visit_every_weeks": 2,
        "alone": {},
        "contingency": "Ring",
        "review_on": REVIEW_ON,
        "version": 0,
        "at": PLANNED,
    }
    return told | words
