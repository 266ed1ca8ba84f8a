"""How help ends: proposed by the lead practitioner, closed or sent back by the manager."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from baton.episodes.actions import end_episode, record_event
from baton.episodes.models import Episode
from baton.episodes.queries.stories import framework_of
from baton.plans.actions.revisions import in_short, locked_episode
from baton.plans.models import Closure, Goal
from baton.plans.permissions import may_close, may_decide, may_propose_closure
from baton.plans.policies.closure import (
    TO_CLOSE,
    TO_CLOSE_UNSTARTED,
    TO_PROPOSE,
    TO_SEND_BACK,
    ClosingFacts,
    ProposalFacts,
    ReturnFacts,
    UnstartedFacts,
)
from baton.plans.queries.closures import OF_CLOSING, missing_records
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.happenings import Happening


@dataclass(frozen=True)
class Ending:
    """What is told of how help ends."""

    reason: str
    leads_next: str
    summary: str
    sustaining: str = ""
    familys_view: str = ""


@action(allowed=may_propose_closure, events=(Happening.CLOSURE_DECIDED,))
def propose_closure(
    *,
    episode: Episode,
    ending: Ending,
    results: Mapping[int, str],
    version: int,
    by: User,
    at: datetime,
) -> Closure:
    """Propose to end help, with how each goal ended (`results`, by the goal's id) and who leads next (DOR 16.1, DLP).

    Proposing again changes the proposal and puts it before the manager anew. `version` is 0 for the first.
    Raises `Refused` when a policy of `TO_PROPOSE` is not met and `EditedMeanwhile` when somebody was quicker.
    """
    episode = locked_episode(episode.pk)
    goals = list(Goal.objects.filter(plan__episode=episode))
    closure = Closure.objects.select_related("proposed_by").filter(episode=episode).first()
    if (closure.version if closure else 0) != version:
        raise _edited_meanwhile(closure, goals)
    for goal in goals:
        goal.result = results.get(goal.pk, goal.result)
    require(TO_PROPOSE, _proposal_facts(episode, goals, ending.leads_next))
    Goal.objects.bulk_update(goals, ["result"])
    closure = closure or Closure(family_id=episode.family_id)
    closure.episode = episode
    for name, words in asdict(ending).items():
        setattr(closure, name, words)
    closure.proposed_by, closure.proposed_at, closure.returned_because = by, at, ""
    closure.version = version + 1
    closure.save()
    record_event(kind=Happening.CLOSURE_DECIDED, episode=episode, record=closure, at=at, summary=_line(closure))
    return closure


@action(allowed=may_decide)
def send_closure_back(*, closure: Closure, reason: str, by: User, at: datetime) -> Closure:
    """Send a proposal back to the lead practitioner, who may propose again. Raises `Refused` without a reason."""
    episode = locked_episode(closure.episode_id)
    closure = Closure.objects.get(pk=closure.pk)
    facts = ReturnFacts(episode_is_open=episode.is_open, waits_for_manager=closure.waits_for_manager, reason=reason)
    require(TO_SEND_BACK, facts)
    closure.returned_because, closure.returned_by, closure.returned_at = reason, by, at
    closure.save(update_fields=["returned_because", "returned_by", "returned_at"])
    return closure


@action(allowed=may_close, events=(Happening.CLOSURE_SUMMARY_RECORDED, Happening.CLOSED))
def close_episode(*, episode: Episode, why_without: str = "", by: User, at: datetime) -> Closure:
    """End help as it was proposed (DOR 17.2). Missing records do not block: the manager says why it ends without them.

    Raises `Refused` when a policy of `TO_CLOSE` is not met.
    """
    episode = locked_episode(episode.pk)
    closure = Closure.objects.filter(episode=episode).first()
    missing = [record.title for record in missing_records(episode, counting=OF_CLOSING)]
    require(
        TO_CLOSE,
        ClosingFacts(
            episode_is_open=episode.is_open,
            is_proposed=closure is not None,
            is_sent_back=closure is not None and bool(closure.returned_because),
            goals_without_outcome=Goal.objects.filter(plan__episode=episode, result="").count(),
            leads_next=closure.leads_next if closure else "",
            missing=missing,
            why_without=why_without,
        ),
    )
    assert closure is not None  # noqa: S101 - closure_is_proposed says so
    closure.still_missing, closure.closed_without_because = missing, why_without if missing else ""
    _close(episode, closure, by=by, at=at)
    return closure


@action(allowed=may_close, events=(Happening.CLOSURE_SUMMARY_RECORDED, Happening.CLOSED))
def close_unstarted(*, episode: Episode, reason: str, summary: str, leads_next: str, by: User, at: datetime) -> Closure:
    """End what nobody has begun to work on, because the family declined or no longer needs it.

    Raises `Refused` once somebody leads the work.
    """
    episode = locked_episode(episode.pk)
    waiting = episode.state == Episode.State.WAITING
    require(TO_CLOSE_UNSTARTED, UnstartedFacts(episode_is_open=episode.is_open, work_began=not waiting))
    closure = Closure(
        episode=episode,
        family_id=episode.family_id,
        reason=reason,
        summary=summary,
        leads_next=leads_next,
        proposed_by=by,
        proposed_at=at,
    )
    _close(episode, closure, by=by, at=at)
    return closure


def _close(episode: Episode, closure: Closure, *, by: User, at: datetime) -> None:
    closure.episode, closure.closed_by, closure.closed_at = episode, by, at
    closure.save()
    record_event(
        kind=Happening.CLOSURE_SUMMARY_RECORDED,
        episode=episode,
        record=closure,
        at=at,
        summary=in_short(closure.summary),
    )
    end_episode(
        episode=episode,
        state=Episode.State.CLOSED,
        kind=Happening.CLOSED,
        record=closure,
        at=at,
        summary=_line(closure),
    )


def _proposal_facts(episode: Episode, goals: list[Goal], leads_next: str) -> ProposalFacts:
    return ProposalFacts(
        episode_is_open=episode.is_open,
        work_began=episode.state != Episode.State.WAITING,
        goals_without_outcome=sum(1 for goal in goals if not goal.result),
        leads_next=leads_next,
    )


def _edited_meanwhile(closure: Closure | None, goals: list[Goal]) -> EditedMeanwhile:
    if closure is None:
        return EditedMeanwhile({}, version=0, by="")
    theirs = {each.name: getattr(closure, each.name) for each in fields(Ending)}
    theirs |= {f"result_{goal.pk}": goal.result for goal in goals}
    return EditedMeanwhile(theirs, version=closure.version, by=closure.proposed_by.name)


def _line(closure: Closure) -> str:
    titles = {each.id: each.title for each in framework_of(closure.episode).closure_reasons}
    return in_short(f"{titles.get(closure.reason, closure.reason)}. Next: {closure.leads_next}")
