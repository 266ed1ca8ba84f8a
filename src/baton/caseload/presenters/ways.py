"""What this person may do for a family now. The areas say who may and when; what is not yet possible says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.assessments.models import Assessment
from baton.assessments.permissions import may_judge, may_score, may_start
from baton.caseload.queries.family import FamilyRecord
from baton.consent.permissions import may_record_consent
from baton.episodes.models import Episode
from baton.episodes.permissions import may_manage, may_work_on
from baton.oversight.permissions import may_sign_off
from baton.oversight.policies import SignOffFacts, SupervisionFacts, somebody_was_supervised, the_framework_asks_for_it
from baton.oversight.queries import asks_for_sign_off
from baton.plans.permissions import may_close, may_propose_closure
from baton.plans.policies.closure import (
    ClosingFacts,
    ProposalFacts,
    closure_is_not_sent_back,
    closure_is_proposed,
    work_began,
)
from baton.platform.jinja import url_if_any
from baton.platform.models import User
from baton.platform.refusals import Policy, unmet


@dataclass(frozen=True)
class Way:
    """Something one may do: where it is done, or why not yet."""

    text: str
    href: str
    why_not: str = ""


def ways_for(user: User, record: FamilyRecord, *, at: datetime) -> list[Way]:
    """What the person may do now, in the order in which work goes; nothing where help has ended."""
    episode = record.episode
    if episode is None or not episode.is_open:
        return []
    found = _of_worker(user, record, episode) + _of_manager(user, record, episode, at)
    return [way for way in found if way.href or way.why_not]


def step_up_url(user: User, record: FamilyRecord) -> str:
    """Where somebody who works with the family says that a child is not safe; nothing while no help is open."""
    episode = record.episode
    if episode is None or not episode.is_open or not may_work_on(user, episode):
        return ""
    return url_if_any("step-up", episode.pk)


def _of_worker(user: User, record: FamilyRecord, episode: Episode) -> list[Way]:
    found = []
    if may_work_on(user, episode):
        found += [Way("Record a visit", url_if_any("record-visit", episode.pk))]
        found += [Way("Plan a visit", url_if_any("plan-visit", episode.pk))]
    if may_record_consent(user, record.family):
        found += [Way("Record consent", url_if_any("record-consent", record.family.pk))]
    if may_start(user, episode):
        found += [_assessment(episode)]
    if may_score(user, episode):
        found += [Way("Score a tool", url_if_any("score-tool", episode.pk))]
    if may_propose_closure(user, episode):
        found += [
            Way("Write the plan", url_if_any("plan", episode.pk)),
            Way("Record a planning meeting", url_if_any("record-meeting", episode.pk, "planning")),
            Way("Record a review", url_if_any("record-meeting", episode.pk, "review")),
            _way("Propose to close", url_if_any("propose-closure", episode.pk), (work_began,), _proposal(episode)),
        ]
    return found


def _of_manager(user: User, record: FamilyRecord, episode: Episode, at: datetime) -> list[Way]:
    found = []
    if may_manage(user, episode):
        supervised = SupervisionFacts(held_at=at, now=at, there_is_a_practitioner=record.lead is not None)
        supervision = url_if_any("record-supervision", episode.pk)
        found += [
            Way("Change lead practitioner" if record.lead else "Allocate", url_if_any("allocate", episode.pk)),
            Way("Record oversight", url_if_any("record-oversight", episode.pk)),
            _way("Record supervision", supervision, (somebody_was_supervised,), supervised),
        ]
    if may_judge(user, Assessment(episode=episode)) and _state(episode) == Assessment.State.SUBMITTED:
        found += [Way("Authorise the assessment", url_if_any("authorise-assessment", _assessment_id(episode)))]
    if may_sign_off(user, episode):
        asked = SignOffFacts(framework_asks_for_it=asks_for_sign_off(episode), episode_is_open=episode.is_open)
        sign_off = url_if_any("sign-off", episode.pk)
        found += [_way("Sign off longer help", sign_off, (the_framework_asks_for_it,), asked)]
    if may_close(user, episode):
        found += [_closing(episode)]
    return found


def _assessment(episode: Episode) -> Way:
    assessment_id, state = _assessment_id(episode), _state(episode)
    if assessment_id is None:
        return Way("Start the assessment", url_if_any("start-assessment", episode.pk))
    being_written = state in (Assessment.State.STARTED, Assessment.State.RETURNED)
    text = "Carry on with the assessment" if being_written else "Read the assessment"
    return Way(text, url_if_any("assessment", assessment_id))


def _closing(episode: Episode) -> Way:
    if episode.state == Episode.State.WAITING:
        return Way("Close without starting", url_if_any("close-episode", episode.pk))
    closure = getattr(episode, "closure", None)
    facts = ClosingFacts(
        episode_is_open=episode.is_open,
        is_proposed=closure is not None,
        is_sent_back=closure is not None and bool(closure.returned_because),
        goals_without_outcome=0,
        leads_next="",
        missing=(),
        why_without="",
    )
    needed = (closure_is_proposed, closure_is_not_sent_back)
    return _way("Decide on closing", url_if_any("close-episode", episode.pk), needed, facts)


def _proposal(episode: Episode) -> ProposalFacts:
    began = episode.state != Episode.State.WAITING
    return ProposalFacts(episode_is_open=episode.is_open, work_began=began, goals_without_outcome=0, leads_next="")


def _way(text: str, href: str, needed: Sequence[Policy], facts: object) -> Way:
    why_not = " ".join(unmet(needed, facts))
    return Way(text, "" if why_not else href, why_not)


def _assessment_id(episode: Episode) -> int | None:
    return episode.assessment_id  # type: ignore[attr-defined, no-any-return]


def _state(episode: Episode) -> str | None:
    return episode.assessment_state  # type: ignore[attr-defined, no-any-return]
