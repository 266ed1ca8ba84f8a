"""What this person may do for a family now. Who may is the areas' to say; what is not yet possible says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.assessments.models import Assessment
from baton.caseload import policies
from baton.caseload.queries.family import FamilyRecord
from baton.episodes.models import Episode
from baton.episodes.permissions import may_manage, may_work_on
from baton.platform.jinja import url_if_any
from baton.platform.models import User
from baton.platform.refusals import Policy, unmet


@dataclass(frozen=True)
class Way:
    """Something one may do: where it is done, or why not yet."""

    text: str
    href: str
    why_not: str = ""


def ways_for(user: User, record: FamilyRecord) -> list[Way]:
    """What the person may do now, in the order in which work goes; nothing where help has ended."""
    episode = record.episode
    if episode is None or not episode.is_open:
        return []
    facts = _facts(record, episode)
    found = _of_worker(episode, facts) if may_work_on(user, episode) else []
    found += _of_manager(episode, facts) if may_manage(user, episode) else []
    return [way for way in found if way.href or way.why_not]


def step_up_url(user: User, record: FamilyRecord) -> str:
    """Where somebody who works with the family says that a child is not safe; nothing before help begins."""
    episode = record.episode
    if episode is None or not may_work_on(user, episode):
        return ""
    return url_if_any("step-up", episode.pk) if episode.is_open else ""


def _of_worker(episode: Episode, facts: policies.OfferFacts) -> list[Way]:
    return [
        Way("Record a visit", url_if_any("record-visit", episode.pk)),
        Way("Plan a visit", url_if_any("plan-visit", episode.pk)),
        Way("Record consent", url_if_any("record-consent", episode.family_id)),
        _assessment(episode),
        Way("Score a tool", url_if_any("score-tool", episode.pk)),
        Way("Plan", url_if_any("plan", episode.pk)),
        Way("Record a planning meeting", url_if_any("record-meeting", episode.pk, "planning")),
        _way("Record a review", url_if_any("record-meeting", episode.pk, "review"), policies.TO_OFFER_REVIEW, facts),
        Way("Propose to close", url_if_any("propose-closure", episode.pk)),
    ]


def _of_manager(episode: Episode, facts: policies.OfferFacts) -> list[Way]:
    assessment_id = episode.assessment_id  # type: ignore[attr-defined]
    authorise = url_if_any("authorise-assessment", assessment_id) if assessment_id else ""
    return [
        Way("Change lead practitioner" if facts.has_lead else "Allocate", url_if_any("allocate", episode.pk)),
        _way("Authorise the assessment", authorise, policies.TO_OFFER_AUTHORISING, facts),
        Way("Record oversight", url_if_any("record-oversight", episode.pk)),
        _way("Record supervision", url_if_any("record-supervision", episode.pk), policies.TO_OFFER_SUPERVISION, facts),
        _way("Close", url_if_any("close-episode", episode.pk), policies.TO_OFFER_CLOSING, facts),
    ]


def _assessment(episode: Episode) -> Way:
    assessment_id, state = episode.assessment_id, episode.assessment_state  # type: ignore[attr-defined]
    if assessment_id is None:
        return Way("Start the assessment", url_if_any("start-assessment", episode.pk))
    being_written = state in (Assessment.State.STARTED, Assessment.State.RETURNED)
    text = "Carry on with the assessment" if being_written else "Read the assessment"
    return Way(text, url_if_any("assessment", assessment_id))


def _way(text: str, href: str, needed: Sequence[Policy], facts: policies.OfferFacts) -> Way:
    why_not = " ".join(unmet(needed, facts))
    return Way(text, "" if why_not else href, why_not)


def _facts(record: FamilyRecord, episode: Episode) -> policies.OfferFacts:
    closure, state = getattr(episode, "closure", None), episode.assessment_state  # type: ignore[attr-defined]
    return policies.OfferFacts(
        has_lead=record.lead is not None,
        assessment_is_written=state == Assessment.State.SUBMITTED,
        plan_is_begun=getattr(episode, "plan", None) is not None,
        closure_waits=closure is not None and closure.waits_for_manager,
    )
