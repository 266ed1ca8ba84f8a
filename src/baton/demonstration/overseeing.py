"""What managers add: oversight where the framework prompts it, and supervision."""

from datetime import datetime

from baton.demonstration.calendar import later
from baton.demonstration.texts import say
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.oversight.actions import record_oversight, record_supervision
from baton.platform.models import User
from baton.practice.happenings import Happening

FORGOTTEN = 0.15


def oversee(walk: Walk, episode: Episode, manager: User, after: Happening, happened_at: datetime) -> None:
    """A note at the framework's point for what happened, mostly within the working week, sometimes never."""
    points = [prompt.id for prompt in walk.framework.oversight if after in prompt.events]
    if not points or walk.random.random() < FORGOTTEN:
        return
    at = later(walk.random, happened_at, usual=4, late=11, how_often_late=0.15)
    if at > walk.until:
        return
    with walk.step(manager, at):
        record_oversight(episode=episode, point=points[0], note=say(walk.random, "oversight"), by=manager, at=at)


def supervise(walk: Walk, episode: Episode, manager: User, lead: User, at: datetime) -> None:
    """The family is talked about in the lead practitioner's supervision."""
    with walk.step(manager, at):
        record_supervision(
            episode=episode,
            practitioner=lead,
            held_at=at,
            discussion=say(walk.random, "supervision"),
            agreed=say(walk.random, "supervision_agreed"),
            by=manager,
            at=at,
        )
