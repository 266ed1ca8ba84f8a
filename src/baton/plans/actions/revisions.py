"""Working on a plan one at a time, and keeping what changed after it was agreed."""

from textwrap import shorten

from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.plans.models import Plan, PlanRevision
from baton.plans.policies.plan import TO_CHANGE, ChangeFacts
from baton.platform.actions import current_action
from baton.platform.models import User
from baton.platform.refusals import NotAllowed, require
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening

LINE = 120


def locked_episode(episode_id: int) -> Episode:
    """The episode, held until the action ends, so that two people change its plan one after the other."""
    episode = Episode.objects.select_for_update(no_key=True).filter(pk=episode_id).first()
    if episode is None:
        raise NotAllowed("This family is held by others.")
    return episode


def plan_to_change(episode_id: int) -> Plan:
    """The plan of an episode, started where there was none, while help goes on. Raises `Refused`."""
    underway = current_action()
    episode = locked_episode(episode_id)
    require(TO_CHANGE, ChangeFacts(episode_is_open=episode.is_open))
    plan, _ = Plan.objects.get_or_create(
        episode=episode,
        defaults={"family_id": episode.family_id, "edited_by": person_acting(), "edited_at": underway.at},
    )
    plan.episode = episode
    return plan


def note_change(plan: Plan, *sentences: str) -> None:
    """Note who changed the plan; after it was agreed, also what: one revision a day, one event a revision."""
    underway = current_action()
    plan.edited_by, plan.edited_at = person_acting(), underway.at
    plan.save(update_fields=["edited_by", "edited_at"])
    if not plan.is_agreed or not sentences:
        return
    revision, _ = PlanRevision.objects.get_or_create(
        plan=plan,
        revised_on=day_of(underway.at),
        defaults={"family_id": plan.family_id, "revised_at": underway.at, "revised_by": person_acting()},
    )
    revision.changes = [*revision.changes, *sentences]
    revision.save(update_fields=["changes"])
    count = len(revision.changes)
    record_event(
        kind=Happening.PLAN_REVISED,
        episode=plan.episode,
        record=revision,
        at=revision.revised_at,
        summary=revision.changes[0] if count == 1 else f"{count} changes to the plan",
    )


def in_short(text: str) -> str:
    """The beginning of a text, for one line."""
    return shorten(text, LINE, placeholder="…")


def person_acting() -> User:
    """Whose action is under way. Plans are never changed by nobody."""
    by = current_action().by
    if by is None:
        raise NotAllowed("A plan is changed by a person.")
    return by
