"""Every change to the spine of the work."""

from baton.episodes.actions.allocation import allocate
from baton.episodes.actions.corrections import note_correction
from baton.episodes.actions.dates import set_date
from baton.episodes.actions.deadlines import deadlines_refreshed_later, rebuild_deadlines, refresh_deadlines
from baton.episodes.actions.events import (
    event_of,
    record_event,
    record_events,
    refresh_at_end,
    refresh_for_family,
    take_back_event,
)
from baton.episodes.actions.opening import end_episode, open_episode
from baton.episodes.actions.step_up import step_up

__all__ = [
    "allocate",
    "deadlines_refreshed_later",
    "end_episode",
    "event_of",
    "note_correction",
    "open_episode",
    "rebuild_deadlines",
    "record_event",
    "record_events",
    "refresh_at_end",
    "refresh_deadlines",
    "refresh_for_family",
    "set_date",
    "step_up",
    "take_back_event",
]
