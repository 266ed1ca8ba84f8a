"""The hub's answer to a request, and the record that begins with it."""

from dataclasses import dataclass, replace
from datetime import datetime

from baton.consent.actions import Told, record_consent
from baton.consent.models import Consent
from baton.episodes.actions import open_episode, record_event
from baton.episodes.models import Episode
from baton.people.actions import hand_family_to, register_family
from baton.people.models import Family
from baton.platform import guard
from baton.platform.actions import action, finish_what_follows
from baton.platform.clock import LONDON
from baton.platform.models import Team, User
from baton.platform.refusals import require
from baton.practice.frameworks import Decision, Framework
from baton.practice.happenings import Happening
from baton.practice.loading import framework_in_force
from baton.requests.actions.families import bring_in
from baton.requests.models import HelpRequest
from baton.requests.permissions import may_screen
from baton.requests.policies import OPENS_EPISODE, SIGNPOST, TO_SCREEN, ScreeningFacts
from baton.requests.queries import families_of_people_in

NOT_YET = HelpRequest.AnsweredHow.NOT_YET
SAFETY_FIRST = "Nothing yet: a child's safety came first."
OPEN = (Episode.State.WAITING, Episode.State.OPEN)


@dataclass(frozen=True)
class Answer:
    """What the hub decides and what it told the enquirer. `decision` is an id of the framework's decisions.

    `family` is one we know; without it, the only one the linked people belong to, unless `is_new_family`.
    """

    decision: str
    reason: str = ""
    answer: str = ""
    answered_how: str = ""
    level: int | None = None
    team: Team | None = None
    family: Family | None = None
    is_new_family: bool = False
    signposted_to: str = ""


@action(allowed=may_screen, events=(Happening.REQUEST_RECEIVED, Happening.REQUEST_SCREENED))
def screen(*, request: HelpRequest, answer: Answer, place: str, by: User, at: datetime) -> HelpRequest:
    """Answer a request with a decision of the place's framework (DOR 1.2, 5.1). It may open an episode for a team.

    Raises `Refused` by `TO_SCREEN`. Passing to social care is never refused for what is not written yet.
    """
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    framework = framework_in_force(place, on=request.received_at.astimezone(LONDON).date())
    decision = next((each for each in framework.decisions if each.id == answer.decision), None)
    family = _family_meant(request, answer)
    require(TO_SCREEN, _facts(request, answer, framework, decision, family))
    answer = _only_what_is_asked(answer, decision)
    _write(request, answer, by=by, at=at)
    if answer.team is not None:
        _open(request, family, answer.team, place=place, by=by, at=at)
    else:
        request.family = family
    request.save()
    return request


def _only_what_is_asked(answer: Answer, decision: Decision | None) -> Answer:
    """The answer without the team or the signpost of another decision, which the page may still have held."""
    kind = decision.kind if decision else ""
    return replace(
        answer,
        team=answer.team if kind == OPENS_EPISODE else None,
        signposted_to=answer.signposted_to.strip() if kind == SIGNPOST else "",
    )


def _family_meant(request: HelpRequest, answer: Answer) -> Family | None:
    """The family chosen, or the only one the linked people belong to; locked, so that nobody opens a second episode."""
    known = families_of_people_in(request.pk)
    family = answer.family or (known[0] if len(known) == 1 and not answer.is_new_family else None)
    return Family.objects.select_for_update().get(pk=family.pk) if family else None


def _facts(
    request: HelpRequest, answer: Answer, framework: Framework, decision: Decision | None, family: Family | None
) -> ScreeningFacts:
    early_help = {level.number for level in framework.levels if level.is_early_help}
    return ScreeningFacts(
        is_answered=request.is_answered,
        decision=decision.kind if decision else "",
        reason_is_written=bool(answer.reason.strip()),
        answer_is_written=bool(answer.answer.strip()),
        answered_how_is_said=bool(answer.answered_how) and answer.answered_how != NOT_YET,
        signpost_is_named=bool(answer.signposted_to.strip()),
        team_is_named=answer.team is not None,
        level_is_early_help=answer.level in early_help,
        consent_is_given=request.consent == HelpRequest.ConsentState.GIVEN,
        children=sum(named.part == "child" for named in request.people.all()),
        family_has_open_episode=family is not None and _has_open_episode(family),
        family_is_chosen=family is not None or answer.is_new_family or not families_of_people_in(request.pk),
    )


def _has_open_episode(family: Family) -> bool:
    return Episode.objects.filter(family=family, state__in=OPEN).exists()


def _write(request: HelpRequest, answer: Answer, *, by: User, at: datetime) -> None:
    """Write the decision into the request; what passing to social care left out is written down as still to be told."""
    told = bool(answer.answer.strip())
    request.state, request.screener, request.screened_at = HelpRequest.State.ANSWERED, by, at
    request.decision, request.level = answer.decision, answer.level
    request.decision_reason = answer.reason.strip() or SAFETY_FIRST
    request.answer = answer.answer if told else SAFETY_FIRST
    request.answered_how = (answer.answered_how or NOT_YET) if told else NOT_YET
    request.signposted_to, request.team = answer.signposted_to, answer.team


def _open(request: HelpRequest, family: Family | None, team: Team, *, place: str, by: User, at: datetime) -> None:
    """Begin the team's record of the family: its people, the episode, and what the front door knows."""
    if family is None:
        family = register_family(team=team, name=request.surnames, by=by, at=at)
    elif family.team_id != team.pk:
        family = hand_family_to(family=family, team=team, by=by, at=at)
    people = bring_in(request=request, family=family, by=by, at=at)
    with guard.handing_over_to(team.pk):
        episode = open_episode(
            team=team,
            family=family,
            place=place,
            level=request.level,
            reasons=request.reasons,
            requested_at=request.received_at,
            by=by,
            at=at,
        )
        _record_front_door(request, episode, at=at)
        if request.consent == HelpRequest.ConsentState.GIVEN:
            record_consent(
                family=family,
                given_by=request.consent_by,
                person=people.get(request.consent_by.strip().casefold()),
                method=request.consent_method or Consent.Method.VERBAL,
                given_at=request.consent_at or request.received_at,
                told=Told(where=Consent.Where.FRONT_DOOR, scope=request.consent_notes),
                by=by,
                at=at,
            )
        finish_what_follows()
    request.family, request.episode = family, episode


def _record_front_door(request: HelpRequest, episode: Episode, *, at: datetime) -> None:
    source = request.get_source_display().lower()
    from_whom = ", ".join(part for part in (request.enquirer_name, request.enquirer_organisation or source) if part)
    record_event(
        kind=Happening.REQUEST_RECEIVED,
        episode=episode,
        record=request,
        at=request.received_at,
        summary=f"Request {request.reference} from {from_whom}",
    )
    record_event(
        kind=Happening.REQUEST_SCREENED, episode=episode, record=request, at=at, summary=request.decision_reason
    )
