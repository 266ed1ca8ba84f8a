"""Stepping up to social care. Nothing may block it; what is missing is noted and recorded afterwards."""

from collections.abc import Sequence
from datetime import datetime

from baton.episodes.actions.events import record_event
from baton.episodes.actions.opening import end_episode
from baton.episodes.models import Episode, StepUp
from baton.episodes.permissions import may_work_on
from baton.platform.actions import action
from baton.platform.models import User
from baton.practice.happenings import Happening


@action(allowed=may_work_on, events=(Happening.STEPPED_UP,))
def step_up(
    *,
    episode: Episode,
    decided_at: datetime,
    immediate: bool,
    told_to: str,
    reason: str,
    family_told: str,
    still_missing: Sequence[str] = (),
    by: User,
    at: datetime,
) -> StepUp:
    """Record that a child was not safe and social care was told: when, whom and why (DOR 6 to 7). Never refused.

    `still_missing` are the sentences of what an ordinary ending would have asked for, kept to be put right. A second
    telling of the same step-up corrects the first. An episode that had ended stays ended as it was, and the step-up is
    noted in it.
    """
    told = {
        "decided_at": decided_at,
        "immediate": immediate,
        "told_to": told_to,
        "reason": reason,
        "family_told": family_told,
        "still_missing": list(still_missing),
    }
    first = {"family_id": episode.family_id, "by": by, "recorded_at": at}
    stepped_up, _ = StepUp.objects.update_or_create(episode=episode, defaults=told, create_defaults=told | first)
    kind, summary = Happening.STEPPED_UP, f"Passed to social care: {told_to}"
    if episode.state == Episode.State.CLOSED:
        record_event(kind=kind, episode=episode, record=stepped_up, at=decided_at, summary=summary)
    else:
        ends_as = Episode.State.STEPPED_UP
        end_episode(episode=episode, state=ends_as, kind=kind, record=stepped_up, at=decided_at, summary=summary)
    return stepped_up
